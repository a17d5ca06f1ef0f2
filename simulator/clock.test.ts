import { afterEach, expect, jest, test } from "@jest/globals";

afterEach(() => {
  jest.restoreAllMocks();
});

test("time goes on when the system clock is set back", () => {
  const systemTime = jest.spyOn(Date, "now").mockReturnValue(2_000_000_000_000);
  jest.isolateModules(() => {
    const { realClock } = require("./clock") as typeof import("./clock");
    const before = realClock.now();
    systemTime.mockReturnValue(1_000_000_000_000);
    expect(realClock.now()).toBeGreaterThanOrEqual(before);
  });
});

test("time is in whole milliseconds since the epoch, also under a test's fake timers", () => {
  jest.isolateModules(() => {
    const { realClock } = require("./clock") as typeof import("./clock");
    jest.useFakeTimers({ now: 0 });
    const now = realClock.now();
    jest.useRealTimers();
    expect(Number.isInteger(now)).toBe(true);
    expect(new Date(now).getUTCFullYear()).toBeGreaterThanOrEqual(2025);
  });
});
