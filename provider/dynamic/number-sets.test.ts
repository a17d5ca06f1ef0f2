/** Sets of phone numbers as the host sees them: what is logged of the numbers that come and go. */
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { resources } from "../resources/index";
import { simulatedAccount } from "../resources/testing/simulated-account";
import { dynamicProvider } from "./adapter";
import { Session } from "./session";
import { FakeHost, UNKNOWN } from "./testing/fake-host";

const __provider = 'exports.handler=()=>require("pulumi-plivo/provider").x;';
const numbers = ["14155550100", "14155550101"];
const seed: Seed = {
  originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: "sip.example.com" }],
  trunks: [{ trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" }],
  numbers,
};

async function hostOf() {
  const simulated = await simulatedAccount({ seed });
  const session = new Session(
    () => simulated.account,
    (line) => void simulated.warnings.push(line),
  );
  return { ...simulated, host: new FakeHost(dynamicProvider(resources.TrunkPhoneNumbers, session)) };
}

test.each([
  { what: "plain", plain: { numbers }, lines: ["info: phone number set 100: attaches 1 (14155550101)"] },
  { what: "what may be a secret", plain: {}, lines: [] },
])("a refresh names the phone numbers that have left their trunk, where the set is $what", async ({ plain, lines }) => {
  const set = await hostOf();
  const created = await set.host.check({}, { __provider, __plain: plain, trunkId: "100", numbers });
  const { id, properties: outputs } = await set.host.create(created.inputs);
  set.simulator.store.route("14155550101", null);
  // In a process of its own; the engine compares what it has read with the inputs of the last run.
  const session = new Session(set.newAccount, (line) => void set.warnings.push(line));
  const host = new FakeHost(dynamicProvider(resources.TrunkPhoneNumbers, session));
  const { properties, inputs } = await host.read(id, outputs);
  expect(properties.numbers).toEqual(["14155550100"]);
  await host.diff(id, properties, created.inputs);
  expect(set.warnings).toEqual(lines);
  // What check has found is kept for the next diff, in whatever the state takes over.
  const keys = [created.inputs, outputs, properties, inputs].map((values) => values?.__hidden);
  expect(keys).toEqual(keys.map(() => (lines.length > 0 ? undefined : ["numbers"])));
});

test("a set is checked where its trunk is not known yet, as in the preview of a new trunk", async () => {
  const { host } = await hostOf();
  const { inputs, failures } = await host.check({}, { __provider, trunkId: UNKNOWN, numbers });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({ trunkId: UNKNOWN, numbers });
});

test.each([
  { what: "one set", others: [], title: '"in-numbers"' },
  { what: "two sets", others: ["more-numbers"], title: "100" },
])("of $what on a trunk, a preview never gives the phone numbers of one to another", async ({ others, title }) => {
  const { host, warnings } = await hostOf();
  const [first = "", second = ""] = numbers;
  const setOf = (name: string, number: string) => ({
    __provider,
    __urn: `urn:pulumi:dev::p::pulumi-nodejs:dynamic:Resource::${name}`,
    __plain: { numbers: [number] },
    trunkId: "100",
    numbers: [number],
  });
  const { inputs } = await host.check({}, setOf("in-numbers", first));
  for (const name of others) await host.check({}, setOf(name, second));
  await host.diff("100", { ...inputs, numbers: [second] }, inputs);
  expect(warnings).toEqual([
    `info: phone number set ${title}: attaches 1 (${first}), puts back or detaches 1 (${second})`,
  ]);
});
