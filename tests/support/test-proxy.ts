/** An HTTP proxy, and behind it hosts that speak TLS in front of a simulator: for tests of what proxies do. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, type Server as NetServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { generate } from "selfsigned";

/**
 * What the proxy does with a CONNECT. A text is the whole of its response; `closes`: none; `silent`: none, and the
 * connection stays; `lies`: 200, and plain text to whatever comes; `stalls`: 200, and nothing more; `wrong-host`: it leads
 * to a host with another certificate.
 */
export type Manner = "honest" | "closes" | "silent" | "lies" | "stalls" | "wrong-host" | { readonly says: string };

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** Where a simulator behind it is reached. */
export const TEST_HOSTS: readonly string[] = ["*.plivo.test"];

/** A certificate of its own, for all hosts of the tests. */
export async function identity(): Promise<Identity> {
  const altNames = [
    { type: 2 as const, value: "*.plivo.test" },
    { type: 7 as const, ip: "127.0.0.1" },
  ];
  const { private: key, cert } = await generate([{ name: "commonName", value: "plivo.test" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames },
    ],
  });
  return { key, cert };
}

/** A status line, headers and body, as a proxy writes them. */
export function refusal(status: number, body = "", headers: Readonly<Record<string, string>> = {}): Manner {
  const all = Object.entries({ ...headers, "content-length": String(Buffer.byteLength(body)) });
  return {
    says: `HTTP/1.1 ${status} No\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
  };
}

/** One host behind the proxy. */
export class Host {
  readonly #tunnels = new Set<Duplex>();
  manner: Manner = "honest";
  /** How many CONNECTs meet that manner; those after them are served honestly. */
  times = Number.POSITIVE_INFINITY;
  /** Told of each CONNECT that will never end by itself. */
  onSilent: () => void = () => undefined;
  /** The headers of each CONNECT. */
  readonly connects: IncomingMessage["headers"][] = [];

  constructor(
    readonly name: string,
    readonly identity: Identity,
    private readonly ports: { readonly honest: number; readonly wrongHost: number },
  ) {}

  get url(): string {
    return `https://${this.name}/v1`;
  }

  serve({ headers }: IncomingMessage, socket: Duplex): void {
    this.connects.push(headers);
    this.#tunnels.add(socket);
    socket.on("close", () => this.#tunnels.delete(socket)).on("error", () => socket.destroy());
    const manner = this.times > 0 ? this.manner : "honest";
    if (manner !== "honest") this.times -= 1;
    this.#act(manner, socket);
  }

  #act(manner: Manner, socket: Duplex): void {
    if (typeof manner === "object") return void socket.end(manner.says);
    if (manner === "closes") return void socket.destroy();
    if (manner === "silent" || manner === "stalls") {
      if (manner === "stalls") socket.write("HTTP/1.1 200 OK\r\n\r\n");
      this.onSilent();
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (manner === "lies") {
      // A response that would forge whatever was asked for.
      const body = JSON.stringify({ api_id: "a", trunk_id: "666", objects: [], meta: { total_count: 0 } });
      const text = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
      return void socket.once("data", () => socket.write(text));
    }
    const port = manner === "wrong-host" ? this.ports.wrongHost : this.ports.honest;
    const behind = connect(port, "127.0.0.1");
    behind.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    socket.pipe(behind).pipe(socket);
    socket.on("close", () => behind.destroy());
  }

  /** Ends every connection, and waits until the other side has seen it. */
  async drop(): Promise<void> {
    const closed = [...this.#tunnels].map((tunnel) => new Promise((resolve) => tunnel.once("close", resolve)));
    for (const tunnel of this.#tunnels) tunnel.end();
    await Promise.all(closed);
  }
}

export class TestProxy {
  readonly #server: Server;
  readonly #servers: NetServer[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #hosts = new Map<string, Host>();
  readonly #identity = identity();
  port = 0;

  constructor() {
    this.#server = createServer((_, response) => void response.writeHead(501).end());
    this.#server.on("connect", (request, socket) => this.#serve(request, socket));
  }

  #serve(request: IncomingMessage, socket: Duplex): void {
    const host = this.#hosts.get(String(request.url).replace(/:443$/, ""));
    if (host) host.serve(request, socket);
    else socket.destroy();
  }

  /** The same proxy, spoken to through TLS. */
  async secureUrl(): Promise<string> {
    const server = createHttpsServer(await this.#identity);
    server.on("connect", (request, socket) => this.#serve(request, socket));
    server.on("tlsClientError", () => undefined);
    return `https://127.0.0.1:${await this.#listen(server)}`;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What has to be trusted, as PEM. */
  async certificate(): Promise<string> {
    return (await this.#identity).cert;
  }

  async start(): Promise<this> {
    this.port = await this.#listen(this.#server);
    return this;
  }

  /** A host whose TLS ends in front of that port. */
  async host(port: number): Promise<Host> {
    const own = await this.#identity;
    const ports = { honest: await this.#front(own, port), wrongHost: await this.#front(await identity(), port) };
    const name = `h${this.#hosts.size}.plivo.test`;
    const host = new Host(name, own, ports);
    this.#hosts.set(name, host);
    return host;
  }

  async #front(options: Identity, port: number): Promise<number> {
    const server = createTlsServer(options, (socket) => {
      const plain = connect(port, "127.0.0.1");
      plain.on("error", () => socket.destroy()).on("close", () => socket.destroy());
      socket.on("error", () => plain.destroy()).on("close", () => plain.destroy());
      socket.pipe(plain).pipe(socket);
    });
    server.on("tlsClientError", () => undefined);
    return this.#listen(server);
  }

  async #listen(server: NetServer): Promise<number> {
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket.on("close", () => this.#sockets.delete(socket)));
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(closed);
  }
}
