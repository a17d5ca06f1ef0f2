import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { SimulatorAccount, SimulatorContext } from "../context";
import { ApiError } from "../errors";
import { intrude } from "../page/intruder";
import { contentPolicy, renderPage } from "../page/page";
import { linkTo, readKey, readView } from "../page/view";
import { EventStreams, type StreamTimers } from "./event-streams";
import { addEntry } from "./request-log";

const METHODS: Readonly<Record<string, string>> = {
  "/": "GET",
  "/favicon.ico": "GET",
  "/events": "GET",
  "/intruder": "POST",
};
const MAX_FORM_BYTES = 256 * 1024;

/** Serves the page, its events, and what it sends. */
export class PageServer {
  readonly #streams: EventStreams;
  /** In every form. A page of another origin cannot read it, and so cannot send it. */
  readonly #token = randomBytes(18).toString("base64url");

  constructor(
    private readonly context: SimulatorContext,
    timers: StreamTimers,
  ) {
    this.#streams = new EventStreams(timers, () => stateOf(context));
  }

  /** Whether a path is one of these. */
  serves(path: string): boolean {
    return Object.hasOwn(METHODS, path);
  }

  /** Something may have changed. */
  changed(): void {
    this.#streams.changed();
  }

  /** Ends the events of every open page. */
  end(): void {
    this.#streams.end();
  }

  /** Serves one of the paths. */
  async serve(request: IncomingMessage, response: ServerResponse, url: URL, originProblem?: string): Promise<void> {
    if (originProblem !== undefined) return sendText(response, 403, originProblem);
    const allow = METHODS[url.pathname] ?? "GET";
    const method = request.method === "HEAD" && url.pathname === "/" ? "GET" : request.method;
    if (method !== allow) return sendText(response, 405, `method not allowed; allowed: ${allow}`, { allow });
    if (url.pathname === "/events") return this.#streams.open(response);
    if (url.pathname === "/intruder") return this.#intrude(request, response, url);
    if (url.pathname === "/favicon.ico") return void response.writeHead(204).end();
    this.#sendPage(response, url, 200);
  }

  #sendPage(response: ServerResponse, url: URL, status: number, problem?: string): void {
    response.writeHead(status, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": contentPolicy,
      "cache-control": "no-store",
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
    });
    const { accounts, requests } = this.context;
    const view = readView(url.searchParams);
    response.end(renderPage({ accounts: [...accounts.values()], requests, view, token: this.#token, problem }));
  }

  async #intrude(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    // Every browser sends it with a POST; that it is this simulator's own has been checked.
    if (request.headers.origin === undefined) return sendText(response, 403, "a form must send its Origin");
    const form = await readForm(request);
    if (form === undefined) return sendText(response, 400, "the body must be a form of the simulator's page");
    if (!isSame(form.get("token") ?? "", this.#token)) {
      return this.#sendPage(response, url, 403, "this page is from before the simulator started; try again");
    }
    const view = readView(url.searchParams);
    const { status, problem } = this.#act(form, view.account);
    if (problem !== undefined) return this.#sendPage(response, url, status, problem);
    response.writeHead(303, { location: linkTo(view) }).end();
  }

  #act(form: URLSearchParams, authId: string): { status: number; problem?: string } {
    const { accounts, behaviour, requests, keepRequests, onRequest } = this.context;
    const account: SimulatorAccount | undefined = accounts.get(authId) ?? [...accounts.values()][0];
    const key = readKey(form.get("object") ?? "");
    if (account === undefined || key === undefined) return { status: 400, problem: "there is no such object" };
    try {
      const { entry, problem } = intrude(account, behaviour, key, form);
      addEntry(requests, entry, keepRequests);
      onRequest(entry);
      this.changed();
      return { status: entry.status, ...(problem !== undefined && { problem }) };
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      return { status: thrown.status, problem: thrown.message };
    }
  }
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_FORM_BYTES) chunks.push(chunk);
  }
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "");
  return isForm && size <= MAX_FORM_BYTES ? new URLSearchParams(Buffer.concat(chunks).toString("utf8")) : undefined;
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function stateOf({ accounts, requests }: SimulatorContext): string {
  const rows = [...accounts.values()].flatMap(({ store }) =>
    [store.trunks, store.credentials, store.ipAccessControlLists, store.originationUris, store.numbers].map((table) => [
      ...table.values(),
    ]),
  );
  return JSON.stringify([rows, requests.length]);
}

function sendText(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers }).end(`${text}\n`);
}
