import { expect, test } from "@jest/globals";
import { Gathering } from "./gathering";
import { InFlightWrites } from "./in-flight-writes";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time passes in sleeps only, and while one lasts `meanwhile` happens. */
function setup({ isScarce = true, meanwhile = (_: number) => {} } = {}) {
  let now = 0;
  const slept: number[] = [];
  const sleep = async (ms: number, signal?: AbortSignal) => {
    slept.push(ms);
    meanwhile(slept.length);
    await turn();
    signal?.throwIfAborted();
    now += ms;
  };
  const writes = new InFlightWrites();
  const gathering = new Gathering({ clock: { now: () => now, sleep }, writes, isScarce: () => isScarce });
  return { gathering, writes, slept, now: () => now };
}

test("where calls are plenty nobody is waited for, whoever writes", async () => {
  const { gathering, writes, slept } = setup({ isScarce: false });
  void writes.during(() => new Promise(() => {}));
  await gathering.end(() => 1);
  expect(slept).toEqual([]);
});

test("where calls are scarce, others are waited for until nobody comes any more", async () => {
  let size = 1;
  const { gathering, slept } = setup({
    meanwhile: (nth) => {
      if (nth < 3) size += 2;
    },
  });
  await gathering.end(() => size);
  expect([size, slept]).toEqual([5, [20, 20, 20]]);
});

test("whoever writes is waited for", async () => {
  const { gathering, writes } = setup();
  let end = () => {};
  const writing = writes.during(() => new Promise<void>((resolve) => (end = resolve)));
  let over = false;
  const waiting = gathering.end(() => 1).then(() => (over = true));
  await Promise.resolve();
  expect(over).toBe(false);
  end();
  await writing;
  await waiting;
});

test("a write that does not end is not waited for longer than a quarter of a second", async () => {
  const { gathering, writes, now } = setup();
  void writes.during(() => new Promise(() => {}));
  await gathering.end(() => 1);
  expect(now()).toBe(250);
});

test("where somebody comes all the time, the wait ends all the same", async () => {
  let size = 1;
  const { gathering, now } = setup({ meanwhile: () => void size++ });
  await gathering.end(() => size);
  expect(now()).toBe(250);
});

test("once it is known how many come, nobody waits for more; now and then it is tried again", async () => {
  const { gathering, slept } = setup();
  for (let nth = 1; nth <= 4; nth++) await gathering.end(() => 8);
  expect(slept).toEqual([20, 20]);
});

test("fewer than came before are waited for again", async () => {
  const { gathering, slept } = setup();
  await gathering.end(() => 8);
  await gathering.end(() => 3);
  expect(slept).toEqual([20, 20]);
});
