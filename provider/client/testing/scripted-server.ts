/**
 * For the client's tests: an HTTP server with scripted responses. It does what the simulator cannot: exact bytes, headers,
 * redirects and compression, responses that contradict the requests, and raw requests. Faults of Plivo's API belong to the
 * simulator.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach } from "@jest/globals";
import { VirtualClock } from "../../../tests/support/virtual/virtual-clock";
import { type ClientDependencies, PlivoClient } from "../client";
import type { ClientOptions } from "../config";
import type { RequestContext } from "../http/request-spec";

export interface Seen {
  readonly method: string;
  /** Behind `/v1/Account/<auth id>/`, without the query. */
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: unknown;
  readonly headers: IncomingMessage["headers"];
}

export type Reply =
  | { status?: number; json?: unknown; text?: string | Buffer; headers?: Record<string, string> }
  /** `drop`: closes without a response. `cut`: half a body. `hang`: nothing. `drip`: a byte now and then, for ever. */
  | "drop"
  | "cut"
  | "hang"
  | "drip";

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => (server.listening ? server.close(resolve) : resolve(null)));
  }
});

let accounts = 0;

export interface Setup {
  readonly options?: Partial<ClientOptions>;
  readonly dependencies?: Partial<ClientDependencies>;
  readonly operation?: Partial<RequestContext>;
}

/** A client against a server that sends `replies` in turn (the last one again and again), or what a function returns. */
export async function setup(replies: Reply[] | ((seen: Seen, n: number) => Reply), given: Setup = {}) {
  const requests: Seen[] = [];
  const server = createServer(async (request, response) => {
    const seen = await seenOf(request);
    const n = requests.push(seen) - 1;
    const reply = typeof replies === "function" ? replies(seen, n) : (replies[Math.min(n, replies.length - 1)] ?? {});
    if (reply === "hang" || reply === "drip") clock.noteStuck();
    respond(request, response, reply);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  // An Auth ID of its own, so that no test meets the rate limiter of another.
  const authId = `MATEST${accounts++}`;
  const authToken = "top-secret-token";
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const clock = new VirtualClock();
  const client = new PlivoClient(
    { authId, authToken, baseUrl, ...given.options },
    { clock, random: () => 0.5, ...given.dependencies },
  );
  const logged: string[] = [];
  const log = (severity: string, line: string) => logged.push(`${severity}: ${line}`);
  const plivo = client.withContext({ deadline: clock.now() + 120_000, log, ...given.operation });
  /** No connection is accepted any more. */
  const stop = () => void server.close();
  return { plivo, client, requests, clock, logged, authId, authToken, baseUrl, stop };
}

async function seenOf(request: IncomingMessage): Promise<Seen> {
  const url = new URL(request.url ?? "/", "http://server");
  const body = await text(request);
  return {
    method: request.method ?? "",
    path: url.pathname.replace(/^\/v1\/Account\/[^/]+\//, ""),
    query: Object.fromEntries(url.searchParams),
    body: body === "" ? undefined : JSON.parse(body),
    headers: request.headers,
  };
}

function respond(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (reply === "hang") return;
  if (reply === "drop") return void request.socket.destroy();
  if (reply === "cut") {
    response.writeHead(200, { "content-length": "100" }).write('{"trunk_id": "1');
    return void setTimeout(() => request.socket.destroy(), 5);
  }
  if (reply === "drip") {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 5);
    return void response.on("close", () => clearInterval(timer));
  }
  const { status = 200, json, text, headers = {} } = reply;
  response.writeHead(status, headers).end(text ?? (json === undefined ? "" : JSON.stringify(json)));
}

/** The requests in short, for comparing sequences: `POST Zentrunk/Trunk/`. */
export function lines(requests: readonly Pick<Seen, "method" | "path">[]): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}

/** What a promise is rejected with; fails the test when it is not rejected. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`rejected with something that is no Error: ${String(error)}`);
  }
  throw new Error("was not rejected");
}

export const TRUNK = {
  trunk_id: "123",
  trunk_domain: "123.zt.plivo.com",
  name: "eu",
  trunk_status: "enabled",
  trunk_direction: "inbound",
  secure: false,
  ipacl_uuid: null,
  credential_uuid: "",
  primary_uri_uuid: "uri-1",
  fallback_uri_uuid: null,
};
