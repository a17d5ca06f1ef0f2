import type { ServerResponse } from "node:http";

/** Timers that end with the simulator. */
export interface StreamTimers {
  every(ms: number, run: () => void): () => void;
}

/** Changes that come within this time are reported together. */
const GATHER_MS = 250;
/** How often a change is noticed that no request made: a test may write to the store itself. */
const CHECK_MS = 1000;

/**
 * Server-sent events to every page that is open: `change`, without saying what. A page then fetches what it shows; so
 * a page that missed an event misses nothing. Nothing runs while no page is open.
 */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  #stopChecking: (() => void) | undefined;
  #stopGathering: (() => void) | undefined;
  #lastState = "";

  /** @param stateOf everything that a page shows, as a text to compare */
  constructor(
    private readonly timers: StreamTimers,
    private readonly stateOf: () => string,
  ) {}

  /** Begins a stream. It starts with a `change`: there may have been one since the page was rendered. */
  open(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    this.#open.add(response);
    response.on("close", () => this.#close(response));
    send(response);
    if (this.#open.size > 1) return;
    this.#lastState = this.stateOf();
    this.#stopChecking = this.timers.every(CHECK_MS, () => this.#check());
  }

  /** Something may have changed. */
  changed(): void {
    if (this.#open.size === 0 || this.#stopGathering !== undefined) return;
    this.#stopGathering = this.timers.every(GATHER_MS, () => this.#sendAll());
  }

  /** Ends every stream, however slowly its page reads. */
  end(): void {
    for (const response of this.#open) response.end();
    this.#open.clear();
    this.#stop();
  }

  #close(response: ServerResponse): void {
    this.#open.delete(response);
    if (this.#open.size === 0) this.#stop();
  }

  #stop(): void {
    this.#stopChecking?.();
    this.#stopGathering?.();
    this.#stopGathering = undefined;
  }

  #check(): void {
    const state = this.stateOf();
    if (state === this.#lastState) return;
    this.#lastState = state;
    this.changed();
  }

  #sendAll(): void {
    this.#stopGathering?.();
    this.#stopGathering = undefined;
    for (const response of this.#open) send(response);
  }
}

/** A page that does not read has an event waiting already; when it reads that one, it fetches what is new by then. */
function send(response: ServerResponse): void {
  if (!response.writableNeedDrain) response.write("event: change\ndata: now\n\n");
}
