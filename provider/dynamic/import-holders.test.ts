/** An object that two entries of the state have for a while, or that two resources ask for: it is never deleted by mistake. */
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { type ResourceToken, resources } from "../resources/index";
import { simulatedAccount } from "../resources/testing/simulated-account";
import { dynamicProvider } from "./adapter";
import { Session } from "./session";
import { FakeHost, type Props } from "./testing/fake-host";

const __provider = 'exports.handler=()=>require("pulumi-plivo/provider").x;';
const seed: Seed = {
  originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: "sip.example.com" }],
  credentials: [{ credential_uuid: "cred-1", name: "london", username: "pbxlondon", password: "Secret!1" }],
  trunks: [{ trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" }],
  numbers: [{ number: "14155550100", app_id: "100" }],
};
const args = { name: "in", trunkDirection: "inbound", primaryUriUuid: "uri-1" };
const login = { name: "london", username: "pbxlondon", password: "Secret!1" };

async function world() {
  const simulated = await simulatedAccount({ seed });
  /** Of the engine, with nothing in memory. */
  const run = () => {
    const account = simulated.newAccount();
    const session = new Session(
      () => account,
      (line) => void simulated.warnings.push(line),
      () => "0123456789",
    );
    return (token: ResourceToken) => new FakeHost(dynamicProvider(resources[token], session));
  };
  const writes = () => simulated.simulator.requests.filter(({ method }) => method !== "GET").length;
  return { ...simulated, run, writes };
}

const news = (name: string, given: Props, id?: string): Props => ({
  __provider,
  __autoName: `${name}-0123456`,
  ...(id !== undefined && { __import: { id, urn: `urn::${name}`, ignored: [] } }),
  ...given,
});

type Host = Awaited<ReturnType<ReturnType<Awaited<ReturnType<typeof world>>["run"]>>>;

/** What the engine has in its state after an `up` of one resource. */
async function up(host: Host, given: Props) {
  const { inputs, failures } = await host.check({}, given);
  expect(failures).toEqual([]);
  const { id, properties } = await host.create(inputs);
  return { id, inputs, properties };
}

async function unchanged(host: Host, { id, inputs, properties }: Awaited<ReturnType<typeof up>>, given: Props) {
  const checked = await host.check(inputs, given);
  return host.diff(id, properties, checked.inputs);
}

test("a rename by import that was interrupted before its delete does not delete the object in the next run", async () => {
  const { run, writes } = await world();
  const one = await up(run()("Trunk"), news("one", args, "100"));
  const two = await up(run()("Trunk"), news("two", args, "100"));
  const next = run()("Trunk");
  expect(await unchanged(next, two, news("two", args, "100"))).toMatchObject({ changes: "none" });
  await next.delete("100", one.properties);
  expect(writes()).toBe(0);
});

test("of two resources that have one object, removing either deletes nothing; both in the program are an error", async () => {
  const { run, writes } = await world();
  const imported = await up(run()("Trunk"), news("two", args, "100"));
  const { __import, ...properties } = imported.properties;
  const created = { ...imported, properties };
  const third = run()("Trunk");
  await unchanged(third, created, news("one", args));
  await third.delete("100", imported.properties);
  const fourth = run()("Trunk");
  await unchanged(fourth, imported, news("two", args));
  await fourth.delete("100", created.properties);
  expect(writes()).toBe(0);
  const fifth = run()("Trunk");
  await unchanged(fifth, created, news("one", args));
  await expect(unchanged(fifth, imported, news("two", args))).rejects.toThrow(
    /trunk 100 belongs to this resource and to another one of the program: remove one of them/,
  );
});

test("a delete waits for the import of the object, which may have failed", async () => {
  const { run, writes } = await world();
  const one = await up(run()("Trunk"), news("one", args, "100"));
  const host = run()("Trunk");
  await host.check({}, news("two", args, "100"));
  await expect(host.delete("100", one.properties)).rejects.toThrow(
    /deleting trunk "in": refused, the option `import` of the program names it; run `pulumi up` again/,
  );
  expect(writes()).toBe(0);
});

test("a resource that imports an object does not hide the lost create of another one of that name", async () => {
  const { run, simulator } = await world();
  const host = run()("Credential");
  await up(host, news("one", login, "cred-1"));
  const { inputs } = await host.check({}, news("two", { ...login, username: "pbxsecond" }));
  simulator.faults.add({ method: "POST", path: /^Zentrunk.Credential.$/, do: { kind: "drop-after" } });
  await expect(host.create(inputs)).rejects.toMatchObject({ details: { id: "unconfirmed:london" } });
  expect([...simulator.store.credentials.values()].map(({ username }) => username)).toEqual(["pbxlondon", "pbxsecond"]);
});

test("an import that a replacement left behind is done for its own resource alone", async () => {
  const { run, writes } = await world();
  const one = await up(run()("Credential"), news("one", login, "cred-1"));
  const replaced = { ...one, id: "cred-2" };
  const host = run()("Credential");
  await unchanged(host, replaced, news("one", login, "cred-1"));
  const before = writes();
  const two = await up(host, news("two", login, "cred-1"));
  expect([two.id, writes() - before]).toEqual(["cred-1", 1]);
});

test("a rename of an imported number warns of the former route that is forgotten", async () => {
  const { run, warnings, writes } = await world();
  const line = { number: "14155550100", trunkId: "100" };
  const one = await up(run()("PhoneNumberAttachment"), news("one", line, "14155550100"));
  const host = run()("PhoneNumberAttachment");
  await up(host, news("two", line, "+1 415 555 0100"));
  await host.delete("14155550100", { ...one.properties, previousApplication: "900" });
  expect(warnings.join()).toContain('previousApplication was "900"');
  expect(writes()).toBe(0);
});

test("a refresh in the same run does not stand in the way of a rename by import", async () => {
  const { run, writes } = await world();
  const one = await up(run()("Trunk"), news("one", args, "100"));
  const host = run()("Trunk");
  await host.read("100", one.properties);
  await host.diff("100", one.properties, one.inputs);
  expect((await up(host, news("two", args, "100"))).id).toBe("100");
  await host.delete("100", one.properties);
  expect(writes()).toBe(0);
});

test("a replacement by command keeps the object while the option names it", async () => {
  const { run, writes } = await world();
  const one = await up(run()("Trunk"), news("one", args, "100"));
  // The host is told nothing of the old object before the new one is made.
  const host = run()("Trunk");
  expect((await up(host, news("one", args, "100"))).id).toBe("100");
  await host.delete("100", one.properties);
  expect(writes()).toBe(0);
});
