import { expect, test } from "@jest/globals";
import type { Fault, FaultRule } from "pulumi-plivo/simulator";
import { realClock } from "../clock";
import { rejection } from "../testing/scripted-server";
import { simulatedClient } from "../testing/simulated-client";

const credential = { name: "eu", username: "user1", password: "hunter2!" };
const broken: Fault = { kind: "status", status: 500 };

test.each<{ what: string; fault?: Fault; told: number }>([
  { what: "a write that was done", told: 1 },
  { what: "a write that was rejected", fault: { kind: "status", status: 400 }, told: 0 },
  { what: "an indeterminate write", fault: broken, told: 1 },
  { what: "a write without a response", fault: { kind: "drop-after" }, told: 1 },
])("the operation is told of $what: $told", async ({ fault, told }) => {
  let writes = 0;
  const onWrite = () => {
    writes += 1;
  };
  const { plivo, simulator } = await simulatedClient({}, { operation: { onWrite } });
  if (fault) simulator.faults.add({ do: fault });
  await plivo.credentials.create(credential).catch(() => undefined);
  expect(writes).toBe(told);
});

test("a read is no write, whatever comes of it", async () => {
  let writes = 0;
  const onWrite = () => {
    writes += 1;
  };
  const { plivo, simulator } = await simulatedClient({}, { operation: { onWrite }, options: { maxRetries: 1 } });
  simulator.faults.add({ times: 9, do: broken });
  await rejection(plivo.trunks.list());
  expect(writes).toBe(0);
});

test("the time limit of a request is the clock's, or real time where the clock has none", async () => {
  const hang: FaultRule = { do: { kind: "hang", acts: false } };
  const virtual = await simulatedClient({}, { options: { maxRetries: 0 } });
  virtual.simulator.faults.add(hang);
  expect((await rejection(virtual.plivo.trunks.get("1"))).message).toContain("no complete response within 30 s");
  expect(virtual.clock.elapsed).toBe(30_000);

  const options = { maxRetries: 0, requestTimeout: 1 };
  const real = await simulatedClient({}, { dependencies: { clock: realClock }, options });
  real.simulator.faults.add(hang);
  const start = realClock.now();
  const plivo = real.client.withContext({ deadline: start + 60_000, log: () => undefined });
  expect((await rejection(plivo.trunks.get("1"))).message).toContain("no complete response within 1 s");
  expect(realClock.now() - start).toBeGreaterThan(900);
});
