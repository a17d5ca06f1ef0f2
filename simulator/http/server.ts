import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
// From the module, not the globals: a test's fake timers must not stop the simulator.
import { clearInterval, clearTimeout, setInterval, setTimeout } from "node:timers";
import { recordInternalError, type SimulatorContext } from "../context";
import { INTERNAL_ERROR_STATUS } from "../errors";
import { Api } from "./api";
import { readApiRequest } from "./api-request";
import { PageServer } from "./page-server";
import { addEntry } from "./request-log";
import { findOriginProblem } from "./request-origin";
import { sentStatus, writeResponse } from "./response-writer";

/** About ten seconds. */
const ATTEMPTS_TO_COME_BACK = 100;
const PAUSE_MS = 100;

/** The HTTP server. Real sockets, so that a client's timeouts, resets and redirects are real too. */
export class SimulatorServer {
  readonly #server: Server;
  readonly #api: Api;
  readonly #page: PageServer;
  readonly #timers = new Set<NodeJS.Timeout>();
  #port: number;
  #wasStarted = false;

  constructor(
    private readonly context: SimulatorContext,
    port: number,
    private readonly host: string,
    private readonly hosts: readonly string[],
  ) {
    this.#port = port;
    this.#api = new Api(context);
    this.#page = new PageServer(context, { every: (ms, run) => this.#every(ms, run) });
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((thrown) => this.#reportBug(response, thrown));
    });
    // Longer than any test idles: else a client that reuses a connection gets a reset that is not scripted.
    this.#server.keepAliveTimeout = 600_000;
  }

  get port(): number {
    return this.#port;
  }

  /**
   * Listens on the port, after `stop` on the same one as before: another process may have got it meanwhile, most often for
   * a connection that soon ends.
   */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#listen();
      } catch (error) {
        const isTaken = typeof error === "object" && error !== null && "code" in error && error.code === "EADDRINUSE";
        if (!isTaken || !this.#wasStarted || attempt === ATTEMPTS_TO_COME_BACK) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  }

  #listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, this.host, () => {
        this.#server.off("error", reject);
        const address = this.#server.address();
        if (typeof address === "object" && address !== null) this.#port = address.port;
        this.#wasStarted = true;
        resolve();
      });
    });
  }

  /** Ends every connection and listens no more; connecting is refused from now on. */
  stop(): Promise<void> {
    this.#page.end();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    if (!this.#server.listening) return Promise.resolve();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const url = urlOf(request);
    const originProblem = findOriginProblem(request.headers, [this.host, ...this.hosts]);
    if (this.#page.serves(url.pathname)) return this.#page.serve(request, response, url, originProblem);
    // Of the clock that the rate limit has too: a client measures `Retry-After` by it.
    response.setHeader("date", new Date(this.context.clock.now()).toUTCString());
    const apiRequest = await readApiRequest(request, url, originProblem);
    addEntry(this.context.requests, apiRequest.entry, this.context.keepRequests);
    const { plan, delayMs } = this.#api.decide(apiRequest);
    this.#page.changed();
    if (delayMs > 0) await this.#wait(delayMs);
    apiRequest.entry.status = sentStatus(plan);
    apiRequest.entry.ms = performance.now() - started;
    this.context.onRequest(apiRequest.entry);
    this.#page.changed();
    writeResponse(response, plan, { every: (ms, run) => this.#every(ms, run) });
  }

  #reportBug(response: ServerResponse, thrown: unknown): void {
    recordInternalError(this.context, thrown, "serving a request");
    if (response.headersSent || response.destroyed) response.destroy();
    else response.writeHead(INTERNAL_ERROR_STATUS).end();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.add(timer);
    });
  }

  #every(ms: number, run: () => void): () => void {
    const timer = setInterval(run, ms);
    this.#timers.add(timer);
    return () => {
      clearInterval(timer);
      this.#timers.delete(timer);
    };
  }
}

/** The target as sent, also one that no URL can have (`OPTIONS *`). */
function urlOf(request: IncomingMessage): URL {
  const target = request.url ?? "/";
  return new URL(`http://simulator${target.startsWith("/") ? target : `/${target}`}`);
}
