/**
 * Lost responses to creates, on the real engine through both adapters: in one stack, every kind of object meets every
 * fault, first when it is created and then when it is replaced: by its direction (trunks) and by `replaceOnChanges` (the
 * others). `--target-replace` differs: the provider gets no diff of the old object before the create of the new one.
 */
import { expect, test } from "@jest/globals";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { FaultHandle, FaultRule, Simulator } from "pulumi-plivo/simulator";
import { type Sdk, sdks } from "./support/programs/sdks";
import { inWorld, type World } from "./support/stack/engine";
import { resourceOf } from "./support/stack/fleet";
import { idsByLogicalName, isCreate, kinds, nameIn, objectsAt } from "./support/stack/objects";

/** How a response gets lost, or comes before its object is visible. */
const faults: Readonly<Record<string, readonly FaultRule["do"][]>> = {
  dropped: [{ kind: "drop-after" }],
  "server-error": [{ kind: "status-after", status: 500 }],
  cut: [{ kind: "cut" }],
  empty: [{ kind: "empty" }],
  silent: [{ kind: "hang", acts: true }],
  late: [{ kind: "hide-new", ms: 700 }],
  "dropped-late": [{ kind: "drop-after" }, { kind: "hide-new", ms: 700 }],
};

const namesOf = (fault: string) => kinds.map((kind) => `${fault}-${kind}`);
const everyFault = Object.keys(faults);

/** Each create of these meets its fault once. The name that we make begins with the logical one. */
function loseResponses({ faults: scripted }: Simulator, struck: readonly string[]): readonly FaultHandle[] {
  const handles: FaultHandle[] = [];
  for (const fault of struck) {
    for (const name of namesOf(fault)) {
      const isOurs: FaultRule["when"] = (request) => isCreate(request) && nameIn(request.body).startsWith(`${name}-`);
      for (const ending of faults[fault] ?? [])
        handles.push(scripted.add({ method: "POST", when: isOurs, do: ending }));
    }
  }
  return handles;
}

interface Program {
  /** One of each kind for each of these. */
  readonly named: readonly string[];
  readonly direction: "inbound" | "outbound";
  /** A change of it is a replacement by an object that is the same in all but its name. */
  readonly forceDestroy: boolean;
}

function program(sdk: Sdk, { named, direction, forceDestroy }: Program) {
  const replacing: CustomResourceOptions = { replaceOnChanges: ["forceDestroy"] };
  return async () => {
    const shared = new sdk.Credential("shared", { username: "pbxlondon", password: "s3cret_s3cret!" });
    const target = new sdk.OriginationUri("target", { uri: "sip.example.com" });
    const outbound = { trunkDirection: "outbound", credentialUuid: shared.credentialUuid } as const;
    const inbound = { trunkDirection: "inbound", primaryUriUuid: target.uriUuid } as const;
    for (const fault of named) {
      new sdk.OriginationUri(`${fault}-uri`, { uri: "sip.example.com", forceDestroy }, replacing);
      const login = { username: "pbxparis", password: "s3cret_s3cret!" };
      new sdk.Credential(`${fault}-credential`, { ...login, forceDestroy }, replacing);
      new sdk.IpAccessControlList(`${fault}-list`, { ipAddresses: ["192.0.2.1"], forceDestroy }, replacing);
      new sdk.Trunk(`${fault}-trunk`, direction === "inbound" ? inbound : outbound);
    }
  };
}

/** Exactly one object for each resource, and the state knows it by its id and all its outputs. */
function expectOneEach(world: World, named: readonly string[]): void {
  const names = named.flatMap(namesOf);
  const inState = names.map((name) => [name, [resourceOf(world, name).id]]);
  const found = idsByLogicalName(world.simulator);
  expect(names.map((name) => [name, found[name]])).toEqual(inState);
  expect(Object.keys(found)).toHaveLength(names.length + 2);
  for (const name of names) {
    const { initErrors, outputs } = resourceOf(world, name);
    expect([name, initErrors, outputs?.name]).toEqual([name, undefined, expect.stringMatching(`^${name}-`)]);
    if (name.endsWith("-trunk")) expect(outputs?.trunkDomain).toMatch(/^\d+\.zt\.plivo\.com$/);
  }
}

function creates({ simulator }: World): number {
  return simulator.requests.filter(isCreate).length;
}

/** Loses the responses to the creates of an operation: each object is still created once. */
async function losing(world: World, struck: readonly string[], operation: () => Promise<unknown>): Promise<void> {
  const lost = loseResponses(world.simulator, struck);
  await operation();
  expect(lost.map(({ hits }) => hits)).toEqual(lost.map(() => 1));
}

async function live(sdk: Sdk, world: World): Promise<void> {
  const { stack, run, simulator } = world;
  run(program(sdk, { named: everyFault, direction: "outbound", forceDestroy: false }));
  await losing(world, everyFault, () => stack.up());
  expectOneEach(world, everyFault);
  const count = everyFault.length * kinds.length;
  expect(creates(world)).toBe(count + 2);
  await stack.up({ expectNoChanges: true });

  const olds = new Set(objectsAt(simulator).map(({ id }) => id));
  simulator.clearRequests();
  run(program(sdk, { named: everyFault, direction: "inbound", forceDestroy: true }));
  await losing(world, everyFault, () => stack.up());
  expectOneEach(world, everyFault);
  expect(creates(world)).toBe(count);
  expect(objectsAt(simulator).filter(({ id }) => olds.has(id))).toHaveLength(2);
  await stack.up({ expectNoChanges: true });
  await stack.refresh({ expectNoChanges: true });

  await stack.destroy();
  expect(idsByLogicalName(simulator)).toEqual({});
}

async function replaceSome(sdk: Sdk, world: World): Promise<void> {
  const { stack, run, simulator } = world;
  const [struck, spared] = [["dropped", "cut", "dropped-late"], ["late"]];
  const named = [...struck, ...spared];
  run(program(sdk, { named, direction: "inbound", forceDestroy: false }));
  await stack.up();
  const idsOf = (faults: readonly string[]) => faults.flatMap(namesOf).map((name) => resourceOf(world, name).id);
  const [olds, others] = [idsOf(struck), idsOf(spared)];

  // What `--target-replace` is short for.
  const urns = struck.flatMap(namesOf).map((name) => resourceOf(world, name).urn);
  simulator.clearRequests();
  await losing(world, struck, () => stack.up({ target: urns, replace: urns }));
  expectOneEach(world, named);
  expect(creates(world)).toBe(urns.length);
  expect(idsOf(struck).filter((id) => olds.includes(id))).toEqual([]);
  expect(idsOf(spared)).toEqual(others);
  await stack.up({ expectNoChanges: true });
}

const config = { "plivo:requestTimeout": { value: "2" }, "plivo:maxRetries": { value: "2" } };

test.each(Object.entries(sdks))(
  "%s: whatever response is lost, `up` and `up` again creates exactly one object each, also in a replacement",
  (_, sdk) => inWorld({ config }, (world) => live(sdk, world)),
  180_000,
);

test.each(Object.entries(sdks))(
  "%s: a response that is lost in `--target-replace` confuses nothing: the old one goes, the new one stays",
  (_, sdk) => inWorld({ config }, (world) => replaceSome(sdk, world)),
  180_000,
);
