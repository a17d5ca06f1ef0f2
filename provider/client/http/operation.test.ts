import { expect, test } from "@jest/globals";
import { realClock } from "../clock";
import { type Reply, rejection, setup } from "../testing/scripted-server";

const trunk = { name: "eu", trunkDirection: "inbound", primaryUriUuid: "uri-1" };
const rejected: Reply = { status: 400, json: { error: "no" } };
const broken: Reply = { status: 500 };

test.each<{ what: string; replies: Reply[]; told: number }>([
  { what: "a write that was done", replies: [{ json: { trunk_id: "1" } }], told: 1 },
  { what: "a write that was rejected", replies: [rejected], told: 0 },
  { what: "an indeterminate write", replies: [broken], told: 1 },
  { what: "a write without a response", replies: ["drop"], told: 1 },
])("the operation is told of $what: $told", async ({ replies, told }) => {
  let writes = 0;
  const onWrite = () => {
    writes += 1;
  };
  const { plivo } = await setup(replies, { operation: { onWrite } });
  await plivo.trunks.create(trunk).catch(() => undefined);
  expect(writes).toBe(told);
});

test("a read is no write, whatever comes of it", async () => {
  let writes = 0;
  const onWrite = () => {
    writes += 1;
  };
  const { plivo } = await setup([broken], { operation: { onWrite }, options: { maxRetries: 1 } });
  await rejection(plivo.trunks.list());
  expect(writes).toBe(0);
});

test("the time limit of a request is the clock's, or real time where the clock has none", async () => {
  const virtual = await setup(["hang"], { options: { maxRetries: 0 } });
  expect((await rejection(virtual.plivo.trunks.get("1"))).message).toContain("no complete response within 30 s");
  expect(virtual.clock.elapsed).toBe(30_000);

  const options = { maxRetries: 0, requestTimeout: 1 };
  const real = await setup(["hang"], { dependencies: { clock: realClock }, options });
  const start = realClock.now();
  const plivo = real.client.withContext({ deadline: start + 60_000, log: () => undefined });
  expect((await rejection(plivo.trunks.get("1"))).message).toContain("no complete response within 1 s");
  expect(realClock.now() - start).toBeGreaterThan(900);
});
