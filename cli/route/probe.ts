/** Asks a target whether it is there: OPTIONS over its transport, with a deadline. */
import { createSocket } from "node:dgram";
import { connect as connectTcp, isIP, isIPv6, type Socket } from "node:net";
import { addAbortSignal } from "node:stream";
import { checkServerIdentity, connect as connectTls, type PeerCertificate, type TLSSocket } from "node:tls";
import { type Local, optionsRequest, responseIn, type SipResponse } from "./sip-options";
import type { Target } from "./targets";

export interface Certificate {
  /** ISO date, UTC. */
  readonly validTo: string;
  /** Why no caller should accept it: it has expired, is not valid yet, or is for another host. */
  readonly problem: string | null;
  /** By the authorities that Node.js knows. */
  readonly isTrusted: boolean;
}

export interface ProbeResult {
  /** Any final response shows that a SIP server is there. */
  readonly response: SipResponse | null;
  /** Until the response. */
  readonly ms: number;
  /** Why there is no response. */
  readonly failure: string | null;
  /** Over TLS, where the handshake got so far. */
  readonly certificate: Certificate | null;
}

/** RFC 3261, 17.1.2: a request over UDP is sent again after 0.5, 1, 2 and 4 seconds. */
const RESEND_MS = [500, 1_500, 3_500, 7_500];
/** More is no response to OPTIONS. */
const MOST_BYTES = 65_536;

/** Never rejects. */
export async function probe(target: Target, timeoutMs: number): Promise<ProbeResult> {
  const began = performance.now();
  const seen: { certificate: Certificate | null } = { certificate: null };
  const deadline = AbortSignal.timeout(timeoutMs);
  const result = (response: SipResponse | null, failure: string | null): ProbeResult => ({
    response,
    failure,
    ms: Math.round(performance.now() - began),
    ...seen,
  });
  try {
    if (target.transport === "udp") return result(await overUdp(target, deadline), null);
    const socket = await connected(target, deadline);
    try {
      if (target.transport === "tls") seen.certificate = certificateOf(socket as TLSSocket, target.host);
      return result(await overStream(target, socket), null);
    } finally {
      socket.destroy();
    }
  } catch (error) {
    if (deadline.aborted) return result(null, `no response within ${timeoutMs / 1_000} s`);
    return result(null, failureText(error));
  }
}

function failureText(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ECONNREFUSED") return "connection refused";
  return code === undefined ? message : `${message} (${code})`;
}

function overUdp(target: Target, signal: AbortSignal): Promise<SipResponse> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type: isIPv6(target.address) ? "udp6" : "udp4" });
    const timers: NodeJS.Timeout[] = [];
    let hasEnded = false;
    const end = (settle: () => void) => {
      if (hasEnded) return;
      hasEnded = true;
      timers.forEach(clearTimeout);
      signal.removeEventListener("abort", abort);
      socket.close();
      settle();
    };
    const abort = () => end(() => reject(signal.reason));
    signal.addEventListener("abort", abort, { once: true });
    socket.on("error", (error) => end(() => reject(error)));
    // Connected, so that a closed port is an error and not a silence.
    socket.connect(target.port, target.address, () => {
      const request = optionsRequest(target, socket.address());
      const send = () => socket.send(request.text);
      socket.on("message", (bytes) => {
        const response = responseIn(bytes.toString("latin1"), request);
        if (response) end(() => resolve(response));
      });
      send();
      for (const ms of RESEND_MS) timers.push(setTimeout(send, ms));
    });
  });
}

function connected({ transport, address, port, host }: Target, signal: AbortSignal): Promise<Socket> {
  const place = { host: address, port };
  // Whatever the certificate: it is looked at afterwards, so that all that is wrong with it can be said.
  const socket =
    transport === "tls"
      ? connectTls({ ...place, rejectUnauthorized: false, ...(isIP(host) === 0 && { servername: host }) })
      : connectTcp(place);
  addAbortSignal(signal, socket);
  return new Promise((resolve, reject) => {
    socket.once(transport === "tls" ? "secureConnect" : "connect", () => resolve(socket));
    socket.once("error", reject);
  });
}

function overStream(target: Target, socket: Socket): Promise<SipResponse> {
  const { localAddress = "0.0.0.0", localPort = 0 } = socket;
  const local: Local = { address: localAddress, port: localPort };
  const request = optionsRequest(target, local);
  return new Promise((resolve, reject) => {
    let received = "";
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the connection was closed without a response")));
    socket.on("data", (bytes: Buffer) => {
      received += bytes.toString("latin1");
      const response = responseIn(received, request);
      if (response) resolve(response);
      else if (received.length > MOST_BYTES) reject(new Error("what came is no SIP response"));
    });
    socket.write(request.text);
  });
}

function certificateOf(socket: TLSSocket, host: string): Certificate {
  const certificate = socket.getPeerCertificate();
  const isFor = checkServerIdentity(host, certificate);
  const foreign = isFor === undefined ? null : `is not for ${host}`;
  const problem = dateProblem(certificate, Date.now()) ?? foreign;
  return { validTo: dayOf(certificate.valid_to), problem, isTrusted: socket.authorized };
}

function dateProblem({ valid_from: from, valid_to: to }: PeerCertificate, now: number): string | null {
  if (Date.parse(to) < now) return "has expired";
  return Date.parse(from) > now ? `is not valid before ${dayOf(from)}` : null;
}

/** ISO date, UTC. */
function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}
