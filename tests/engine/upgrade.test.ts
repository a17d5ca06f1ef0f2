/**
 * States that earlier versions wrote, replayed: whatever is in tests/upgrade/ shows no change, sends no write, and can be
 * managed and destroyed. `PLIVO_RECORD_STATES=<name> scripts/test engine -- upgrade` records the states of this version
 * instead; a recorded state is never edited.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { FaultRule, Seed, Simulator } from "pulumi-plivo/simulator";
import { type Sdk, sdks } from "./support/programs/sdks";
import { inWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { resourceOf } from "./support/stack/fleet";
import { idsByLogicalName } from "./support/stack/objects";
import { writes } from "./support/stack/requests";

const FOLDER = join(__dirname, "../upgrade");
/** Stands for the port of the simulator. */
const PLACE = "http://127.0.0.1:0/v1";

/** Where the program ran; nothing depends on it. */
const OF_MACHINE = new Set(["sourcePosition", "stackTrace"]);

interface Recorded {
  readonly adapter: keyof typeof sdks;
  /** What the account held when the state was written. */
  readonly account: Seed;
  readonly state: Parameters<World["stack"]["importStack"]>[0];
}

function program(sdk: Sdk) {
  return async () => {
    const login = { authenticationNeeded: true, username: "plivo", password: "s3cret_s3cret?" };
    const primary = new sdk.OriginationUri("primary", { uri: "sip.example.com;transport=tls", ...login });
    const fallback = new sdk.OriginationUri("fallback", { name: "second office", uri: "198.51.100.7:5060" });
    const uris = { primaryUriUuid: primary.uriUuid, fallbackUriUuid: fallback.uriUuid };
    const inbound = new sdk.Trunk("in", { trunkDirection: "inbound", secure: true, ...uris });
    new sdk.PhoneNumberAttachment("hotline", { number: "+1 415 555 0100", trunkId: inbound.trunkId });
    const credential = new sdk.Credential("pbx", { username: "pbxlondon", password: "s3cret_s3cret!" });
    const offices = new sdk.IpAccessControlList("offices", { ipAddresses: ["203.0.113.10", "2001:db8::/48"] });
    const who = { credentialUuid: credential.credentialUuid, ipaclUuid: offices.ipaclUuid };
    new sdk.Trunk("out", { trunkDirection: "outbound", trunkStatus: "disabled", ...who });
  };
}

/** What a recording leaves unconfirmed: a trunk whose response was lost, and a credential that could not be read back. */
function unconfirmedProgram(sdk: Sdk) {
  return async () => {
    new sdk.Trunk("lost", { trunkDirection: "inbound", primaryUriUuid: "uri-1" });
    new sdk.Credential("unseen", { username: "pbxlondon", password: "s3cret_s3cret!" });
  };
}

/**
 * What a recording leaves unproven: creates under names of the user's, whose objects may be anybody's. One of them replaces
 * an object of the same name.
 */
function unprovenProgram(sdk: Sdk, isBefore = false) {
  return async () => {
    const given = { name: "front", username: isBefore ? "pbxlondon" : "pbxparis", password: "s3cret_s3cret!" };
    new sdk.Credential("front", given, { replaceOnChanges: ["username"] });
    if (!isBefore) new sdk.Trunk("desk", { name: "desk", trunkDirection: "inbound", primaryUriUuid: "uri-1" });
  };
}

function accountOf({ store }: Simulator): Seed {
  const rows = <Row extends object>(table: ReadonlyMap<string, Row>) => [...table.values()];
  return {
    applications: rows(store.applications),
    credentials: rows(store.credentials),
    ipAccessControlLists: rows(store.ipAccessControlLists),
    originationUris: rows(store.originationUris),
    trunks: rows(store.trunks).map(({ trunk_domain: _, ...trunk }) => trunk),
    numbers: rows(store.numbers).map(({ application, ...number }) => ({
      ...number,
      ...(application && { app_id: application.split("/").filter(Boolean).at(-1) }),
    })),
  };
}

const programs = { settled: program, unconfirmed: unconfirmedProgram, unproven: unprovenProgram };

/** Makes the program of this kind fail as it was recorded. */
const failures: Record<Exclude<keyof typeof programs, "settled">, readonly FaultRule[]> = {
  unconfirmed: [
    { method: "POST", path: "Zentrunk/Trunk/", do: { kind: "drop-after" } },
    { method: "GET", path: "Zentrunk/Trunk/", times: 99, do: { kind: "status", status: 403 } },
    { method: "GET", path: /Zentrunk.Credential/, times: 99, do: { kind: "status", status: 403 } },
  ],
  unproven: [
    { method: "POST", path: /Zentrunk.(Trunk|Credential).$/, times: 2, do: { kind: "drop-after" } },
    { method: "GET", path: /Zentrunk.(Trunk|Credential).$/, times: 99, do: { kind: "status", status: 403 } },
  ],
};

const seed: Seed = {
  applications: [{ app_id: "900" }],
  numbers: [{ number: "14155550100", app_id: "900" }],
  originationUris: [{ uri_uuid: "uri-1", name: "theirs", uri: "sip.example.com" }],
};

async function record(name: string, adapter: keyof typeof sdks, kind: keyof typeof programs): Promise<void> {
  await inWorld({ simulator: { seed }, withPassphrase: true }, async ({ stack, simulator, run }) => {
    if (kind === "unproven") {
      run(unprovenProgram(sdks[adapter], true));
      await stack.up();
    }
    run(programs[kind](sdks[adapter]));
    if (kind === "settled") await stack.up();
    else {
      for (const fault of failures[kind]) simulator.faults.add(fault);
      await failureOf(stack.up());
    }
    const text = JSON.stringify(await stack.exportStack(), (key, value) => (OF_MACHINE.has(key) ? undefined : value));
    const state = JSON.parse(text.replaceAll(simulator.url, PLACE));
    const recorded: Recorded = { adapter, account: accountOf(simulator), state };
    writeFileSync(join(FOLDER, `${name}-${adapter}-${kind}.json`), `${JSON.stringify(recorded, null, 2)}\n`);
  });
}

function replay(file: string, body: (world: World, recorded: Recorded) => Promise<void>): Promise<void> {
  const recorded: Recorded = JSON.parse(readFileSync(join(FOLDER, file), "utf8"));
  // The state brings its own passphrase.
  return inWorld({ simulator: { seed: recorded.account }, withPassphrase: true }, async (world) => {
    const state = JSON.stringify(recorded.state).replaceAll(PLACE, world.simulator.url);
    await world.stack.importStack(JSON.parse(state));
    await body(world, recorded);
  });
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
const ofKind = (kind: keyof typeof programs) => files.filter((file) => file.endsWith(`-${kind}.json`));
const recordAs = process.env.PLIVO_RECORD_STATES;
const LIMIT = 120_000;

if (recordAs !== undefined)
  test.each(Object.keys(sdks).flatMap((adapter) => Object.keys(programs).map((kind) => [adapter, kind])))(
    "records the state of the %s adapter: %s",
    async (adapter, kind) => {
      await record(recordAs, adapter as keyof typeof sdks, kind as keyof typeof programs);
    },
    LIMIT,
  );
else {
  test.each(ofKind("settled"))(
    "%s shows no change, and is destroyed as a whole",
    async (file) => {
      await replay(file, async ({ stack, simulator, run, state }, { adapter }) => {
        run(program(sdks[adapter]));
        for (const operation of ["preview", "refresh", "up"] as const)
          await stack[operation]({ expectNoChanges: true });
        expect(writes(simulator)).toEqual([]);
        await stack.destroy();
        expect(Object.keys(idsByLogicalName(simulator))).toEqual(["theirs"]);
        expect(simulator.store.numbers.get("14155550100")?.application).toMatch(/900/);
        expect(state().resources.filter(({ type }) => type.includes("plivo:"))).toEqual([]);
      });
    },
    LIMIT,
  );

  // Each waits 15 s for what may still appear.
  test.concurrent.each(ofKind("unconfirmed"))(
    "%s is confirmed by the next up: nothing is lost, nothing doubled",
    async (file) => {
      await replay(file, async (world, { adapter }) => {
        const { stack, simulator, run } = world;
        const before = idsByLogicalName(simulator);
        expect(Object.keys(before).sort()).toEqual(["lost", "theirs", "unseen"]);
        run(unconfirmedProgram(sdks[adapter]));
        await stack.up();
        await stack.preview({ expectNoChanges: true });
        const after = idsByLogicalName(simulator);
        expect(after).toMatchObject({ unseen: before.unseen, theirs: before.theirs });
        for (const name of ["lost", "unseen"]) expect(after[name]).toEqual([resourceOf(world, name).id]);
        await stack.destroy();
        expect(Object.keys(idsByLogicalName(simulator))).toEqual(["theirs"]);
      });
    },
    LIMIT,
  );

  test.concurrent.each(ofKind("unproven"))(
    "%s is left to the user: the next up names each object that may be theirs, and changes none of them",
    async (file) => {
      await replay(file, async (world, { adapter, account }) => {
        const { stack, simulator, run } = world;
        run(unprovenProgram(sdks[adapter]));
        const [, front] = account.credentials ?? [];
        const [desk] = account.trunks ?? [];
        // One after the other: the first error may end the run before the second.
        const errorOf = (name: string) => failureOf(stack.up({ target: [resourceOf(world, name).urn] }));
        expect(await errorOf("front")).toContain(`Plivo has credential ${front?.credential_uuid} of that name`);
        expect(await errorOf("desk")).toContain(`Plivo has trunk ${desk?.trunk_id} of that name`);
        expect(writes(simulator)).toEqual([]);
      });
    },
    LIMIT,
  );
}

if (recordAs === undefined)
  test("both adapters are among the recorded states", () => {
    for (const adapter of Object.keys(sdks))
      for (const kind of Object.keys(programs))
        expect(files.filter((file) => file.includes(`-${adapter}-${kind}.`))).not.toEqual([]);
  });
