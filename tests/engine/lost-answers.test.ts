/**
 * Answers to creates that never arrive, on the real engine through both faces: in one stack, every kind of object meets
 * every fault, first when it is made and then when it is replaced.
 */
import { expect, test } from "@jest/globals";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import * as dynamicSdk from "pulumi-plivo";
import type { FaultHandle, FaultRule, Simulator } from "pulumi-plivo/simulator";
import * as pluginSdk from "pulumi-plivo-sdk";
import { inWorld, type World } from "./support/engine";
import { resourceOf } from "./support/fleet";

/** The two have the same classes and arguments (another test compares them); outputs differ in null and undefined. */
const sdks = { dynamic: dynamicSdk, plugin: pluginSdk as unknown as typeof dynamicSdk };

/** How an answer gets lost, or comes before its object can be seen. */
const faults: Readonly<Record<string, readonly FaultRule["do"][]>> = {
  dropped: [{ kind: "drop-after" }],
  "server-error": [{ kind: "status-after", status: 500 }],
  cut: [{ kind: "cut" }],
  empty: [{ kind: "empty" }],
  silent: [{ kind: "hang", acts: true }],
  late: [{ kind: "hide-new", ms: 700 }],
  "dropped-late": [{ kind: "drop-after" }, { kind: "hide-new", ms: 700 }],
};

const kinds = ["uri", "credential", "list", "trunk"] as const;
const logicalNames = Object.keys(faults).flatMap((fault) => kinds.map((kind) => `${fault}-${kind}`));

/** Each create meets its fault once. The name that we make begins with the logical one. */
function loseAnswers({ faults: scripted }: Simulator): readonly FaultHandle[] {
  const handles: FaultHandle[] = [];
  for (const [fault, endings] of Object.entries(faults)) {
    for (const name of kinds.map((kind) => `${fault}-${kind}`)) {
      const isOurs: FaultRule["when"] = ({ path, body }) => isCreate(path) && nameIn(body).startsWith(`${name}-`);
      for (const ending of endings) handles.push(scripted.add({ method: "POST", when: isOurs, do: ending }));
    }
  }
  return handles;
}

function isCreate(path: string): boolean {
  return /^Zentrunk\/\w+\/$/.test(path);
}

function nameIn(body: unknown): string {
  return typeof body === "object" && body !== null && "name" in body ? String(body.name) : "";
}

interface Program {
  readonly direction: "inbound" | "outbound";
  /** A change of it is a replacement by an object that is the same in all but its name. */
  readonly forceDestroy: boolean;
}

function program(sdk: typeof dynamicSdk, { direction, forceDestroy }: Program) {
  const replacing: CustomResourceOptions = { replaceOnChanges: ["forceDestroy"] };
  return async () => {
    const shared = new sdk.Credential("shared", { username: "pbxlondon", password: "s3cret_s3cret!" });
    const target = new sdk.OriginationUri("target", { uri: "sip.example.com" });
    const outbound = { trunkDirection: "outbound", credentialUuid: shared.credentialUuid } as const;
    const inbound = { trunkDirection: "inbound", primaryUriUuid: target.uriUuid } as const;
    for (const fault of Object.keys(faults)) {
      new sdk.OriginationUri(`${fault}-uri`, { uri: "sip.example.com", forceDestroy }, replacing);
      const login = { username: "pbxparis", password: "s3cret_s3cret!" };
      new sdk.Credential(`${fault}-credential`, { ...login, forceDestroy }, replacing);
      new sdk.IpAccessControlList(`${fault}-list`, { ipAddresses: ["192.0.2.1"], forceDestroy }, replacing);
      new sdk.Trunk(`${fault}-trunk`, direction === "inbound" ? inbound : outbound);
    }
  };
}

/** The ids that Plivo holds under each logical name. */
function held({ simulator: { store } }: World): Record<string, string[]> {
  const rows = [
    ...[...store.originationUris.values()].map(({ uri_uuid: id, name }) => ({ id, name })),
    ...[...store.credentials.values()].map(({ credential_uuid: id, name }) => ({ id, name })),
    ...[...store.ipAccessControlLists.values()].map(({ ipacl_uuid: id, name }) => ({ id, name })),
    ...[...store.trunks.values()].map(({ trunk_id: id, name }) => ({ id, name })),
  ];
  const found: Record<string, string[]> = {};
  for (const { id, name } of rows) {
    const logical = name.replace(/-[0-9a-f]{7}$/, "");
    found[logical] = [...(found[logical] ?? []), id];
  }
  return found;
}

/** Exactly one object for each resource, and the state knows it by its id and all its outputs. */
function expectOneEach(world: World): void {
  const inState = logicalNames.map((name) => [name, [resourceOf(world, name).id]]);
  const found = held(world);
  expect(logicalNames.map((name) => [name, found[name]])).toEqual(inState);
  expect(Object.keys(found)).toHaveLength(logicalNames.length + 2);
  for (const name of logicalNames) {
    const { initErrors, outputs } = resourceOf(world, name);
    expect([name, initErrors, outputs?.name]).toEqual([name, undefined, expect.stringMatching(`^${name}-`)]);
    if (name.endsWith("-trunk")) expect(outputs?.trunkDomain).toMatch(/^\d+\.zt\.plivo\.com$/);
  }
}

function creates({ simulator }: World): number {
  return simulator.requests.filter(({ method, path }) => method === "POST" && isCreate(path)).length;
}

async function live(sdk: typeof dynamicSdk, world: World): Promise<void> {
  const { stack, run, simulator } = world;
  const first = loseAnswers(simulator);
  run(program(sdk, { direction: "outbound", forceDestroy: false }));
  await stack.up();
  expect(first.map(({ hits }) => hits)).toEqual(first.map(() => 1));
  expectOneEach(world);
  expect(creates(world)).toBe(logicalNames.length + 2);
  await stack.up({ expectNoChanges: true });

  const olds = new Set(Object.values(held(world)).flat());
  const second = loseAnswers(simulator);
  simulator.clearRequests();
  run(program(sdk, { direction: "inbound", forceDestroy: true }));
  await stack.up();
  expect(second.map(({ hits }) => hits)).toEqual(second.map(() => 1));
  expectOneEach(world);
  expect(creates(world)).toBe(logicalNames.length);
  const left = logicalNames.flatMap((name) => held(world)[name] ?? []).filter((id) => olds.has(id));
  expect(left).toEqual([]);
  await stack.up({ expectNoChanges: true });
  await stack.refresh({ expectNoChanges: true });

  await stack.destroy();
  expect(held(world)).toEqual({});
}

test.each(Object.entries(sdks))(
  "%s: whatever answer is lost, `up` and `up` again makes exactly one object each, also in a replacement",
  (_, sdk) => {
    const config = { "plivo:requestTimeout": { value: "2" }, "plivo:maxRetries": { value: "2" } };
    return inWorld({ config }, (world) => live(sdk, world));
  },
  180_000,
);
