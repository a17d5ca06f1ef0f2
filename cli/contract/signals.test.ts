import { EventEmitter } from "node:events";
import { expect, test } from "@jest/globals";
import { withSignals } from "./signals";

/** Signals by the time at which they come, during a run that ends after all of them. */
async function signalled(...signals: readonly (readonly [ms: number, signal: string])[]) {
  const process = new EventEmitter();
  let time = 5_000;
  const seen = { ended: 0, stopped: false };
  const host = {
    on: (signal: string, listener: () => void) => process.on(signal, listener),
    off: (signal: string, listener: () => void) => process.off(signal, listener),
    now: () => time,
    note: () => {},
    end: () => void seen.ended++,
  };
  await withSignals(host, async (stop) => {
    for (const [ms, signal] of signals) {
      time = 5_000 + ms;
      process.emit(signal);
    }
    seen.stopped = stop.aborted;
  });
  return { ...seen, listeners: process.eventNames() };
}

test("one Ctrl-C that arrives twice, from the terminal and from npx, stops the run and lets it clean up", async () => {
  expect(await signalled([0, "SIGINT"], [3, "SIGINT"])).toEqual({ ended: 0, stopped: true, listeners: [] });
  expect(await signalled([0, "SIGHUP"], [999, "SIGTERM"])).toMatchObject({ ended: 0, stopped: true });
});

test("a second Ctrl-C ends the process", async () => {
  expect(await signalled([0, "SIGINT"], [3, "SIGINT"], [1_000, "SIGINT"])).toMatchObject({ ended: 1 });
});
