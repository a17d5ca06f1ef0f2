/**
 * Connections through an HTTP proxy. A request gets its connection only when TLS with the host behind the proxy stands:
 * what a proxy says of its own can neither be taken for a response of that host, nor see a byte of a request.
 */
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { Agent, type AgentOptions, request as httpsRequest } from "node:https";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { HttpProxy } from "./proxy";

/** `refused`: a status that is not 200; `unreachable`: no HTTP response; `no-tls`: 200, and then no TLS. */
export type TunnelFault = "refused" | "unreachable" | "no-tls";

/** No connection came about, so nothing was sent. */
export class TunnelError extends Error {
  override readonly name = "TunnelError";

  constructor(
    readonly fault: TunnelFault,
    /** What the network or TLS reported; for a refusal the status alone. */
    message: string,
    readonly code: string,
    /** The proxy's status, not one of the host behind it. */
    readonly refusal: number | null = null,
  ) {
    super(message);
  }
}

type Callback = Parameters<Agent["createConnection"]>[1];
type Done = (error: Error | null, socket?: TLSSocket) => void;
type TargetOptions = RequestOptions & { readonly ca?: AgentOptions["ca"] };

export class TunnelAgent extends Agent {
  readonly #proxy: HttpProxy;
  readonly #limitMs: number;

  /** @param limitMs after which a proxy that says nothing is given up, in real time: nothing else closes its connection */
  constructor(proxy: HttpProxy, limitMs: number, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
    this.#limitMs = limitMs;
  }

  override createConnection(options: TargetOptions, callback?: Callback): undefined {
    const inTime = new AbortController();
    const timer = setTimeout(() => inTime.abort(), this.#limitMs);
    let isOver = false;
    const done: Done = (error, socket) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      // Node's own type wants a socket even beside an error.
      callback?.(error, socket as TLSSocket);
    };
    const connect = connectRequest(this.#proxy, options, inTime.signal);
    connect.once("connect", (response: IncomingMessage, socket: Duplex, head: Buffer) => {
      const failed = refusalOf(response, head);
      if (!failed) return this.#secure(options, socket, inTime.signal, done);
      socket.destroy();
      done(failed);
    });
    // Node takes whatever follows a CONNECT for a tunnel; this is for what is no response at all.
    connect.once("error", (error: NodeJS.ErrnoException) => done(unreachable(error)));
    connect.end();
    return undefined;
  }

  /** TLS from end to end. The connection is handed on only when it stands. */
  #secure(options: TargetOptions, socket: Duplex, signal: AbortSignal, done: Done): void {
    const secure = super.createConnection({ ...options, socket } as RequestOptions) as TLSSocket;
    const end = () => void secure.destroy(new Error("no TLS in time"));
    const failed = (error: NodeJS.ErrnoException) => {
      socket.destroy();
      done(handshakeFailure(error));
    };
    signal.addEventListener("abort", end, { once: true });
    secure.once("error", failed);
    secure.once("secureConnect", () => {
      signal.removeEventListener("abort", end);
      secure.removeListener("error", failed);
      done(null, secure);
    });
  }
}

function connectRequest(proxy: HttpProxy, target: TargetOptions, signal: AbortSignal): ClientRequest {
  const place = `${bracketed(target.host ?? "")}:${target.port}`;
  const options = {
    ...{ method: "CONNECT", host: proxy.host, port: proxy.port, path: place },
    ...{ setHost: false, agent: false, signal, ca: target.ca },
    headers: {
      Host: place,
      // The tunnel is kept for further requests. Old proxies know only the second of these.
      ...{ Connection: "keep-alive", "Proxy-Connection": "keep-alive" },
      ...(proxy.authorization === undefined ? {} : { "Proxy-Authorization": proxy.authorization }),
    },
  } as const;
  return proxy.secure ? httpsRequest(options) : httpRequest(options);
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function refusalOf({ statusCode = 0 }: IncomingMessage, head: Buffer): TunnelError | undefined {
  if (statusCode !== 200) return new TunnelError("refused", String(statusCode), `PROXY_${statusCode}`, statusCode);
  // In TLS the client speaks first.
  if (head.length > 0) return new TunnelError("no-tls", "it spoke first", "EPROTO");
  return undefined;
}

function unreachable({ code = "", message }: NodeJS.ErrnoException): TunnelError {
  return new TunnelError("unreachable", message || code, code || "PROXY_SILENT");
}

/** A certificate that is not trusted is the host's, or that of a proxy that inspects: the code says so. */
function handshakeFailure({ code = "", message }: NodeJS.ErrnoException): TunnelError {
  return new TunnelError("no-tls", message || code, code || "EPROTO");
}
