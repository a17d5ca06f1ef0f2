/**
 * `kill -9` of everything in an `up` of 50, on the real engine through both adapters: `audit --fix` and one `up` end with
 * exactly 50 objects, no orphan and no pending operation.
 */
import { execFile } from "node:child_process";
import { expect, test } from "@jest/globals";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";
import type { Simulator } from "pulumi-plivo/simulator";
import { builtCli } from "../../cli/shared/testing/command-line";
import { engineProcesses, providerProcesses } from "./support/processes/processes";
import { type Sdk, sdks } from "./support/programs/sdks";
import { engineEnvironment, inWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { isCreate, nameIn, objectsAt } from "./support/stack/objects";
import { until } from "./support/stack/until";

const DONE = 20;
const IN_FLIGHT = 30;

/** An unmanaged object: in no state, and without a generated name. */
const seed = { originationUris: [{ uri_uuid: "uri-1", name: "switchboard", uri: "sip.example.com" }] };

function oneOf(sdk: Sdk, name: string, kind: number, opts: CustomResourceOptions): Resource {
  if (kind === 0) return new sdk.OriginationUri(name, { uri: "sip.example.com" }, opts);
  if (kind === 1) return new sdk.Credential(name, { username: "pbxlondon", password: "s3cret_s3cret!" }, opts);
  if (kind === 2) return new sdk.IpAccessControlList(name, { ipAddresses: ["192.0.2.1"] }, opts);
  return new sdk.Trunk(name, { trunkDirection: "inbound", primaryUriUuid: "uri-1" }, opts);
}

function program(sdk: Sdk) {
  return async () => {
    const dependsOn = Array.from({ length: DONE }, (_, n) => oneOf(sdk, `done-${n}`, n % 4, {}));
    for (let n = 0; n < IN_FLIGHT; n++) oneOf(sdk, `late-${n}`, n % 4, { dependsOn });
  };
}

/** Half of what depends on the rest gets no response to its create, the other half none to its read-back. */
function holdBack({ faults, requests }: Simulator): void {
  const lateNumber = (body: unknown) => /^late-(\d+)-/.exec(nameIn(body))?.[1];
  const isLate = () => requests.some(({ body }) => lateNumber(body) !== undefined);
  const withoutEnd = { times: Number.POSITIVE_INFINITY, do: { kind: "hang", acts: true } } as const;
  faults.add({ ...withoutEnd, method: "POST", when: ({ body }) => Number(lateNumber(body)) % 2 === 1 });
  faults.add({ ...withoutEnd, method: "GET", when: isLate });
}

async function killAll({ stack, simulator }: World): Promise<void> {
  holdBack(simulator);
  const failed = failureOf(stack.up({ parallel: 64 }));
  await until(() => simulator.requests.filter(isCreate).length >= DONE + IN_FLIGHT, failed);
  // The engine first: of a provider that ends before it does, it would still write down that its creates failed.
  for (const id of [...engineProcesses(), ...providerProcesses()]) process.kill(id, "SIGKILL");
  await failed;
  simulator.faults.clear();
}

/** As a user runs it, in the folder of the project. */
async function audit({ folder }: World, ...more: readonly string[]) {
  const env = { ...process.env, ...engineEnvironment(folder) };
  const args = ["audit", "--stack", "dev", "--json", ...more];
  return new Promise<{ code: unknown; kinds: readonly string[]; stderr: string }>((resolve) => {
    execFile(process.execPath, [builtCli, ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      const { findings = [] } = JSON.parse(stdout);
      resolve({ code: error?.code ?? 0, stderr, kinds: findings.map(({ kind }: { kind: string }) => kind) });
    });
  });
}

async function live(sdk: Sdk, world: World): Promise<void> {
  const { stack, run, simulator } = world;
  run(program(sdk));
  await killAll(world);
  const locked = await audit(world, "--fix", "--yes");
  expect(locked).toMatchObject({ code: 4, stderr: expect.stringContaining("run `pulumi cancel --stack dev` first") });
  expect(locked.kinds).toEqual([]);
  expect(objectsAt(simulator)).toHaveLength(1 + DONE + IN_FLIGHT);

  await stack.cancel();
  const fixed = await audit(world, "--fix", "--yes");
  expect([fixed.code, fixed.stderr]).toEqual([0, expect.stringContaining(`removed ${IN_FLIGHT} pending creates`)]);
  expect(objectsAt(simulator)).toHaveLength(1 + DONE);

  await stack.up({ parallel: 64 });
  expect(objectsAt(simulator)).toHaveLength(1 + DONE + IN_FLIGHT);
  expect(world.state()).not.toHaveProperty("pending_operations");
  const { code, kinds } = await audit(world);
  // The object that no stack manages is still there.
  const isNote = (kind: string) => kind === "no-fallback" || kind === "unused";
  expect([code, kinds.filter((kind) => !isNote(kind))]).toEqual([0, ["unmanaged"]]);
}

test.each(Object.entries(sdks).map(([adapter, sdk]) => ({ adapter, sdk })))(
  "$adapter: after kill -9 of everything, `audit --fix` and one `up` end with exactly 50, no orphan, nothing pending",
  ({ sdk }) => inWorld({ simulator: { seed }, withPassphrase: true }, (world) => live(sdk, world)),
  120_000,
);
