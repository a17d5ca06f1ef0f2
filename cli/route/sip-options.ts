/** The SIP request OPTIONS, which asks a server whether it is there (RFC 3261, 11), and its response. */
import { randomBytes } from "node:crypto";
import { isIPv6 } from "node:net";
import { version } from "../../package.json";
import type { Target } from "./targets";

export interface OptionsRequest {
  readonly text: string;
  /** Of its response, and of no other. */
  readonly callId: string;
}

export interface Local {
  readonly address: string;
  readonly port: number;
}

export function optionsRequest({ transport, host, port }: Target, local: Local): OptionsRequest {
  const scheme = transport === "tls" ? "sips" : "sip";
  const uri = `${scheme}:${bracketed(host)}:${port}${transport === "tcp" ? ";transport=tcp" : ""}`;
  const callId = `${token()}@pulumi-plivo.invalid`;
  const lines = [
    `OPTIONS ${uri} SIP/2.0`,
    `Via: SIP/2.0/${transport.toUpperCase()} ${bracketed(local.address)}:${local.port};branch=z9hG4bK${token()};rport`,
    "Max-Forwards: 70",
    `From: <sip:probe@pulumi-plivo.invalid>;tag=${token()}`,
    `To: <${uri}>`,
    `Call-ID: ${callId}`,
    "CSeq: 1 OPTIONS",
    `Contact: <${scheme}:probe@${bracketed(local.address)}:${local.port}>`,
    "Accept: application/sdp",
    `User-Agent: pulumi-plivo/${version}`,
    "Content-Length: 0",
  ];
  return { text: `${lines.join("\r\n")}\r\n\r\n`, callId };
}

function token(): string {
  return randomBytes(8).toString("hex");
}

function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

export interface SipResponse {
  readonly status: number;
  readonly reason: string;
}

/** A whole head of a final response to this request; `undefined` for all else, such as `100 Trying`. */
export function responseIn(received: string, { callId }: OptionsRequest): SipResponse | undefined {
  for (const message of received.split("\r\n\r\n").slice(0, -1)) {
    const [, status = "", reason = ""] = /^\s*SIP\/2\.0 ([1-6]\d\d) ?([^\r\n]*)/.exec(message) ?? [];
    const id = /^(?:Call-ID|i)[ \t]*:[ \t]*(\S+)/im.exec(message)?.[1];
    if (Number(status) >= 200 && id === callId) return { status: Number(status), reason: reason.slice(0, 80) };
  }
  return undefined;
}
