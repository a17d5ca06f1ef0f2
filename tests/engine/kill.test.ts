/**
 * `kill -9` between Plivo's response and the state, on the real engine through both adapters: what docs/reliability.md
 * says under "What cannot be guaranteed", and that names and states lead to the orphans. audit.test.ts mends it.
 */
import { expect, test } from "@jest/globals";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { RequestLogEntry, Simulator } from "pulumi-plivo/simulator";
import { engineProcesses, providerProcesses } from "./support/processes/processes";
import { type Sdk, sdks } from "./support/programs/sdks";
import { inWorld, type StateResource, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { resourceOf } from "./support/stack/fleet";
import { generatedName, type Held, isCreate, kinds, nameIn, objectsAt } from "./support/stack/objects";
import { until } from "./support/stack/until";

/** How far a create has come when the process is killed. */
type Moment = "done" | "answered" | "unanswered";

const namesOf = (moment: Moment) => kinds.map((kind) => `${moment}-${kind}`);
const inFlight = [...namesOf("answered"), ...namesOf("unanswered")];
const logicalNames = [...namesOf("done"), ...inFlight];

/** An unmanaged object: in no state, and without a generated name. */
const [unmanagedId, unmanagedName] = ["uri-1", "switchboard"];
const seed = { originationUris: [{ uri_uuid: unmanagedId, name: unmanagedName, uri: "sip.example.com" }] };

/** What is killed, and how many creates the engine then remembers as in flight. */
const ends = [
  { what: "the provider alone", victims: () => providerProcesses(), remembered: 0 },
  // The engine first: of a provider that ends before it does, it would still write down that its creates failed.
  { what: "everything", victims: () => [...engineProcesses(), ...providerProcesses()], remembered: inFlight.length },
];

type End = (typeof ends)[number];

interface Case {
  readonly sdk: Sdk;
  readonly end: End;
}

interface Listed {
  readonly id: string;
  readonly name: string;
}

function oneEach(sdk: Sdk, moment: Moment, opts: CustomResourceOptions): Resource[] {
  return [
    new sdk.OriginationUri(`${moment}-uri`, { uri: "sip.example.com" }, opts),
    new sdk.Credential(`${moment}-credential`, { username: "pbxlondon", password: "s3cret_s3cret!" }, opts),
    new sdk.IpAccessControlList(`${moment}-list`, { ipAddresses: ["192.0.2.1"] }, opts),
    new sdk.Trunk(`${moment}-trunk`, { trunkDirection: "inbound", primaryUriUuid: unmanagedId }, opts),
  ];
}

function program(sdk: Sdk) {
  return async () => {
    const dependsOn = oneEach(sdk, "done", {});
    oneEach(sdk, "answered", { dependsOn });
    oneEach(sdk, "unanswered", { dependsOn });
  };
}

/** No response to what creates an "unanswered" one, nor to any read once there is an "answered" one. */
function holdBack({ faults, requests }: Simulator): void {
  const makes = (moment: Moment, { body }: RequestLogEntry) => nameIn(body).startsWith(`${moment}-`);
  const isAnswered = () => requests.some((request) => makes("answered", request));
  const withoutEnd = { times: Number.POSITIVE_INFINITY, do: { kind: "hang", acts: true } } as const;
  faults.add({ ...withoutEnd, method: "POST", when: (request) => makes("unanswered", request) });
  faults.add({ ...withoutEnd, method: "GET", when: isAnswered });
}

/** Everything was created, and half of the creates had a response. */
function isTheMoment({ requests }: Simulator): boolean {
  const creates = requests.filter(isCreate);
  const answered = creates.filter(({ status }) => status === 201);
  return creates.length >= logicalNames.length && answered.length >= kinds.length * 2;
}

/** What Plivo has, as a user can see it. */
async function listed(sdk: Sdk): Promise<readonly Listed[]> {
  const { originationUris } = await sdk.getOriginationUris();
  const { credentials } = await sdk.getCredentials();
  const { ipAccessControlLists } = await sdk.getIpAccessControlLists();
  const { trunks } = await sdk.getTrunks({});
  return [
    ...originationUris.map(({ uriUuid: id, name }) => ({ id, name })),
    ...credentials.map(({ credentialUuid: id, name }) => ({ id, name })),
    ...ipAccessControlLists.map(({ ipaclUuid: id, name }) => ({ id, name })),
    ...trunks.map(({ trunkId: id, name }) => ({ id, name })),
  ];
}

/** As documented: what Plivo has under a generated name, and `pulumi stack export` does not. */
async function findOrphans(sdk: Sdk, { stack, run }: World): Promise<readonly string[]> {
  run(async () => {
    await program(sdk)();
    return { listed: await listed(sdk) };
  });
  const { outputs } = await stack.up();
  const objects: readonly Listed[] = outputs.listed?.value;
  const { deployment } = await stack.exportStack();
  const known = new Set(deployment.resources.map(({ id }: StateResource) => id));
  return objects.filter(({ id, name }) => generatedName.test(name) && !known.has(id)).map(({ id }) => id);
}

/** Kills at the moment when everything exists and a third of it is in the state. Returns what is not. */
async function kill(sdk: Sdk, { victims, remembered }: End, world: World): Promise<readonly Held[]> {
  const { stack, run, simulator } = world;
  holdBack(simulator);
  run(program(sdk));
  const failed = failureOf(stack.up({ parallel: 50 }));
  await until(() => isTheMoment(simulator), failed);
  for (const id of victims()) process.kill(id, "SIGKILL");
  await failed;
  simulator.faults.clear();
  const { deployment } = await stack.exportStack();
  expect(deployment.pending_operations ?? []).toHaveLength(remembered);
  const known = namesOf("done").map((name) => resourceOf(world, name).id);
  const orphans = objectsAt(simulator).filter(({ id, name }) => !known.includes(id) && name !== unmanagedName);
  // One of each, and each is told by its name.
  expect(orphans.map(({ name }) => name.replace(generatedName, "")).sort()).toEqual([...inFlight].sort());
  return orphans;
}

/** The state knows one object of each resource, and nothing else but the orphans is left. */
function expectOneEach(world: World, orphans: readonly Held[]): void {
  const held = objectsAt(world.simulator).map(({ id }) => id);
  const known = logicalNames.map((name) => resourceOf(world, name).id);
  expect(held.sort()).toEqual([unmanagedId, ...known, ...orphans.map(({ id }) => id)].sort());
}

/** What is made after an orphan has another name: the two cannot be mistaken for each other. */
function expectOtherNames(world: World, orphans: readonly Held[]): void {
  const names = inFlight.map((name) => resourceOf(world, name).outputs?.name);
  expect(orphans.filter(({ name }) => names.includes(name))).toEqual([]);
}

async function live({ sdk, end }: Case, world: World): Promise<void> {
  const { stack, run, simulator } = world;
  const orphans = await kill(sdk, end, world);
  // The lock of an engine that was killed.
  if (end.remembered > 0) await stack.cancel();
  await stack.up();
  expectOneEach(world, orphans);
  expectOtherNames(world, orphans);

  const found = await findOrphans(sdk, world);
  expect([...found].sort()).toEqual(orphans.map(({ id }) => id).sort());
  for (const { id, kind } of orphans) simulator.store[kind].delete(id);
  if (end.remembered > 0) await stack.refresh({ clearPendingCreates: true });
  run(program(sdk));
  await stack.preview({ expectNoChanges: true });
  expectOneEach(world, []);
  await stack.destroy();
  expect(objectsAt(simulator)).toMatchObject([{ id: unmanagedId }]);
  expect(world.state()).toMatchObject({ resources: [] });
  expect(world.state()).not.toHaveProperty("pending_operations");
}

const table = Object.entries(sdks).flatMap(([adapter, sdk]) =>
  ends.map((end) => ({ adapter, sdk, end, what: end.what })),
);

test.each(table)(
  "$adapter: when $what is killed, each create in flight leaves one orphan at most, which is found as documented",
  (row) => inWorld({ simulator: { seed } }, (world) => live(row, world)),
  120_000,
);
