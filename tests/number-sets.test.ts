/** Many phone numbers as one resource, through every adapter: what it costs, and that no number is ever in two hands. */
import { expect, test } from "@jest/globals";
import { UNKNOWN } from "../provider/plugin/testing/wire-json";
import type { State } from "./support/adapters/adapter";
import { checked } from "./support/adapters/adapter";
import { adapters, ONE, range, SET, type SetWorld, seedOf, withSet } from "./support/virtual/set-world";

const PAGE = 20;

test.each(adapters)(
  "$adapter: 1,000 of 1,200 numbers are 1.15 requests each, none too many for the limit, and 60 bytes in the state",
  ({ open }) =>
    withSet(open, { seed: seedOf(1_200, "900"), rateLimit: { requests: 300, windowMs: 5_000 } }, async (world) => {
      const pages = 1_200 / PAGE;
      const args = { trunkId: "100", numbers: range(1_000) };
      let state: State = { id: "", inputs: {}, outputs: {} };
      const up = await world.cost(async () => {
        state = await world.up(args);
      });
      expect(up).toBeLessThanOrEqual(1_150);
      expect(JSON.stringify([state.inputs, state.outputs]).length).toBeLessThanOrEqual(60_000);
      expect(await world.cost((it) => it.read(SET, state))).toBeLessThanOrEqual(pages + 3);
      const edited = { ...args, numbers: range(1_002).slice(1) };
      const edit = await world.cost(async (it) => {
        state = await it.update(SET, state, await checked(it, SET, edited, state.inputs));
      });
      expect(edit).toBeLessThanOrEqual(pages + 10);
      expect(await world.cost((it) => it.delete(SET, state))).toBeLessThanOrEqual(1_150);
      expect(world.lost()).toEqual([]);
      expect(new Set(Object.values(world.routes()))).toEqual(new Set(["900"]));
    }),
);

test.each(adapters)("$adapter: 3 numbers on an account of 5,000 are 12 requests at most", ({ open }) =>
  withSet(open, { seed: seedOf(5_000) }, async (world) => {
    const args = { trunkId: "100", numbers: ["14155553000", "14155554000", "14155555000"] };
    let state: State = { id: "", inputs: {}, outputs: {} };
    const up = await world.cost(async () => {
      state = await world.up(args);
    });
    expect(up).toBeLessThanOrEqual(12);
    expect(await world.cost((it) => it.read(SET, state))).toBeLessThanOrEqual(4);
    expect(await world.cost((it) => it.delete(SET, state))).toBeLessThanOrEqual(12);
    expect(world.routes()).toEqual({});
  }),
);

const [a = "", b = "", c = ""] = range(3);

test.each(adapters)(
  "$adapter: a number that another resource of the program has is refused, in whatever spelling, naming it",
  ({ open }) =>
    withSet(open, { seed: seedOf(3) }, async (world) => {
      await world.adapter("sales::hotline").check(ONE, { number: "+1 415 555 0101", trunkId: "100" });
      const set = { trunkId: "100", numbers: [a, "+14155550101", b.slice(0, 3)] };
      const { failures } = await world.adapter("lines").check(SET, set);
      expect(failures.map(({ property }) => property)).toEqual(["numbers[2]", "numbers[1]"]);
      expect(failures[1]?.reason).toMatch(/^is in PhoneNumberAttachment "sales::hotline" of this program already/);
      const other = await world.adapter("more").check(SET, { trunkId: "101", numbers: [c, a] });
      expect(other.failures).toMatchObject([{ property: "numbers[1]", reason: expect.stringMatching(/"lines"/) }]);
      // A replacement is checked twice.
      expect((await world.adapter("sales::hotline").check(ONE, { number: b, trunkId: "101" })).failures).toEqual([]);
    }),
);

test.each(adapters)(
  "$adapter: an exclusive set has its trunk alone, whichever resource of the program is checked first",
  ({ open }) =>
    withSet(open, { seed: seedOf(3) }, async (world) => {
      const failures = async (name: string, token: typeof SET | typeof ONE, args: object) =>
        (await world.adapter(name).check(token, { trunkId: "100", ...args })).failures;
      const exclusive = { numbers: [a], exclusive: true };
      expect(await failures("lines", SET, exclusive)).toEqual([]);
      expect(await failures("hotline", ONE, { number: b })).toEqual([
        {
          property: "trunkId",
          reason: expect.stringMatching(/^is that of TrunkPhoneNumbers "lines" of this program, /),
        },
      ]);
      expect(await failures("lines", SET, exclusive)).toEqual([
        { property: "exclusive", reason: expect.stringMatching(/^cannot be true: PhoneNumberAttachment "hotline" of/) },
      ]);
      expect(await failures("hotline", ONE, { number: b, trunkId: "101" })).toEqual([]);
      expect(await failures("lines", SET, exclusive)).toEqual([]);
      // A set whose trunk is not known yet has none.
      expect(await failures("lines", SET, { ...exclusive, trunkId: UNKNOWN })).toEqual([]);
      expect(await failures("hotline", ONE, { number: b })).toEqual([]);
      // Without it they share the trunk.
      expect(await failures("lines", SET, { ...exclusive, exclusive: false })).toEqual([]);
      expect(await failures("more", SET, { numbers: [c] })).toEqual([]);
    }),
);

test.each(adapters)(
  "$adapter: a number that moves from an attachment to a set is not detached in between",
  ({ open }) =>
    withSet(open, { seed: seedOf(3) }, async (world) => {
      const one = { name: "hotline", token: ONE, args: { number: a, trunkId: "100" } } as const;
      const set = (...numbers: string[]) => ({ name: "lines", token: SET, args: { trunkId: "100", numbers } }) as const;
      await world.engine.up(world.run.adapter, [one, set(b)]);
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, [set(a, b)])).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "100", [b]: "100" });
      // And back, and all at once.
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, [{ ...one, args: { number: b, trunkId: "100" } }])).toEqual([]);
      expect(world.routes()).toEqual({ [b]: "100" });
      world.nextRun();
      expect(await world.engine.destroy(world.run.adapter)).toEqual([]);
      expect(world.routes()).toEqual({});
    }),
);

test.each(adapters)(
  "$adapter: a set that moves to another trunk knows where its numbers were routed before",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      const set = (trunkId: string) => [{ name: "lines", token: SET, args: { trunkId, numbers: [a, b] } }] as const;
      await world.engine.up(world.run.adapter, set("100"));
      world.nextRun();
      expect(await world.engine.up(world.run.adapter, set("101"))).toEqual([]);
      expect(world.routes()).toEqual({ [a]: "101", [b]: "101", [c]: "900" });
      world.nextRun();
      await world.engine.destroy(world.run.adapter);
      expect(world.routes()).toEqual({ [a]: "900", [b]: "900", [c]: "900" });
    }),
);

test.each(adapters)(
  "$adapter: a number that goes from one set to another keeps what it was routed to before",
  ({ open }) =>
    withSet(open, { seed: seedOf(3, "900") }, async (world) => {
      const sets = (first: string[], second: string[]) =>
        [
          { name: "one", token: SET, args: { trunkId: "100", numbers: first } } as const,
          { name: "two", token: SET, args: { trunkId: "101", numbers: second } } as const,
        ].filter(({ args }) => args.numbers.length > 0);
      for (const [first, second] of [
        [[a, b, c], []],
        [[a, b], [c]],
        [[a], [b, c]],
      ] as const) {
        world.nextRun();
        expect(await world.engine.up(world.run.adapter, sets([...first], [...second]))).toEqual([]);
        const on = (trunk: string, numbers: readonly string[]) => numbers.map((number) => [number, trunk]);
        expect(world.routes()).toEqual(Object.fromEntries([...on("100", first), ...on("101", second)]));
      }
      world.nextRun();
      expect(world.lines).toEqual(expect.not.arrayContaining([expect.stringContaining("cannot know")]));
      // The engine comes to the one that loses it after the one that gets it.
      expect(await world.engine.up(world.run.adapter, sets([a, c], [b]))).toEqual([]);
      expect(world.lines.filter((line) => line.includes("cannot know"))).toEqual([
        expect.stringContaining(
          `cannot know what they were routed to before: ${c} (900); set restoreApplication there`,
        ),
      ]);
    }),
);

test.each(adapters)("$adapter: two sets may have the same trunk, and one is deleted without the other", ({ open }) =>
  withSet(open, { seed: seedOf(3, "900") }, async (world) => {
    const set = (name: string, number: string) =>
      ({ name, token: SET, args: { trunkId: "100", numbers: [number] } }) as const;
    await world.engine.up(world.run.adapter, [set("one", a), set("two", b)]);
    world.nextRun();
    expect(await world.engine.up(world.run.adapter, [set("one", a)])).toEqual([]);
    expect(world.routes()).toEqual({ [a]: "100", [b]: "900", [c]: "900" });
  }),
);

test.each(adapters)(
  "$adapter: a number that is moved while the delete waits for the rate limit is left alone",
  ({ open }) =>
    withSet(open, { seed: seedOf(40, "900") }, async (world) => {
      const state = await world.up({ trunkId: "100", numbers: range(40) });
      const last = range(40).at(-1) ?? "";
      world.nextRun();
      await world.clock.sleep(10_000);
      world.exhaustRateLimit(35);
      const moved = world.clock.sleep(2_000).then(() => world.simulator.store.route(last, "101"));
      await world.adapter().delete(SET, state);
      await moved;
      expect(world.routes()[last]).toBe("101");
      expect(Object.values(world.routes()).filter((route) => route === "900")).toHaveLength(39);
    }),
);

test.each(adapters)("$adapter: a list that lags behind, or shifts while it is read, loses no number", ({ open }) =>
  withSet(open, { seed: seedOf(60, "900") }, async (world) => {
    const numbers = range(60);
    world.simulator.faults.add({
      method: "GET",
      path: "Number/",
      after: 1,
      do: { kind: "meanwhile", when: "before", change: (store) => store.numbers.delete(numbers[0] ?? "") },
    });
    const state = await world.up({ trunkId: "100", numbers: numbers.slice(1) });
    world.simulator.faults.clear();
    expect(state.outputs.numbers).toEqual(numbers.slice(1));
    const objects = numbers.slice(1, 21).map((number) => ({ number, application: null }));
    const respond = () => ({
      status: 200,
      body: { api_id: "x", meta: { limit: 20, offset: 0, total_count: 20 }, objects },
    });
    world.simulator.faults.add({ method: "GET", path: "Number/", times: 99, do: { kind: "respond", respond } });
    world.nextRun();
    await world.adapter().delete(SET, state);
    expect(new Set(Object.values(world.routes()))).toEqual(new Set(["900"]));
  }),
);

test.each(adapters)("$adapter: a preview says which numbers come and go", ({ open }) =>
  withSet(open, { seed: seedOf(3) }, async (world) => {
    const state = await world.up({ trunkId: "100", numbers: [a, b] });
    world.nextRun();
    const news = await checked(world.adapter(), SET, { trunkId: "100", numbers: [c, a] }, state.inputs);
    await world.adapter().diff(SET, state, news);
    expect(world.lines.filter((line) => line.includes("attaches"))).toEqual([
      expect.stringContaining(`attaches 1 (${c}), puts back or detaches 1 (${b})`),
    ]);
  }),
);

test.each(adapters)("$adapter: an outage ends an operation early, and what was done is in the state", ({ open }) =>
  withSet(open, { seed: seedOf(200, "900") }, async (world) => {
    world.simulator.faults.add({ method: "POST", after: 50, times: 9_999, do: { kind: "drop-before" } });
    const args = { trunkId: "100", numbers: range(200) };
    const error = await world.up(args).catch((failure: unknown) => failure);
    expect(String(error)).toMatch(/creating phone number set 100: attaching .*; the same for .* more/);
    expect(String(error).length).toBeLessThan(3_000);
    world.simulator.faults.clear();
    const state = Reflect.get(Object(error), "state") as State;
    expect(state.outputs.numbers).toHaveLength(50);
    world.nextRun();
    const repaired = await world.adapter().update(SET, state, await checked(world.adapter(), SET, args, state.inputs));
    expect(new Set(Object.values(world.routes()))).toEqual(new Set(["100"]));
    world.nextRun();
    await world.adapter().delete(SET, repaired);
    expect(new Set(Object.values(world.routes()))).toEqual(new Set(["900"]));
  }),
);

/** As when the provider is killed: Plivo has got so many writes, and the state has nothing of them. */
async function killed(world: SetWorld, writes: number, run: () => Promise<unknown>): Promise<void> {
  world.simulator.faults.add({ method: "POST", after: writes, times: 9_999, do: { kind: "drop-before" } });
  await run().catch(() => undefined);
  world.simulator.faults.clear();
  world.nextRun();
}

const kills = adapters.flatMap((row) => [0, 1, 30, 60].map((writes) => ({ ...row, writes })));

test.each(kills)("$adapter: killed after $writes of 60 writes, the next run ends as declared", ({ open, writes }) =>
  withSet(open, { seed: seedOf(62, "900") }, async (world) => {
    const args = { trunkId: "100", numbers: range(60) };
    const on = (id: string) => Object.entries(world.routes()).flatMap(([number, to]) => (to === id ? [number] : []));
    await killed(world, writes, () => world.up(args));
    const state = await world.up(args);
    expect([on("100"), on("900")]).toEqual([range(60), range(62).slice(60)]);
    const edited = { ...args, numbers: range(60).slice(30) };
    const edit = async () =>
      world.adapter().update(SET, state, await checked(world.adapter(), SET, edited, state.inputs));
    await killed(world, writes / 2, edit);
    await edit();
    // The first kill has taken the previous routes of so many numbers along: those are routed to nothing.
    expect(on("100")).toEqual(edited.numbers);
    expect(on("900").length).toBeGreaterThanOrEqual(Math.max(2, 32 - writes));
  }),
);
