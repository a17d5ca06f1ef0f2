/** Ctrl-C, a polite kill and the end of the terminal: the first stops a run, and a later one ends the process. */

/** `npx` passes a Ctrl-C on that the terminal has sent to this process too: both are one. */
const SAME_WITHIN_MS = 1_000;
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface SignalHost {
  on(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
  off(signal: (typeof SIGNALS)[number], listener: () => void): unknown;
  /** In ms. */
  now(): number;
  note(text: string): void;
  /** Ends the process. */
  end(): void;
}

export async function withSignals<T>(host: SignalHost, run: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let stoppedAt = 0;
  const onSignal = () => {
    if (!stop.signal.aborted) {
      stoppedAt = host.now();
      host.note("stopping; press Ctrl-C again only if you must");
      return stop.abort();
    }
    if (host.now() - stoppedAt < SAME_WITHIN_MS) return;
    host.note("ended before everything was removed; run the same command again");
    host.end();
  };
  for (const signal of SIGNALS) host.on(signal, onSignal);
  try {
    return await run(stop.signal);
  } finally {
    for (const signal of SIGNALS) host.off(signal, onSignal);
  }
}
