/** The recipes for voice platforms and PBXs: preview, up, drift, repair, destroy. */
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { Rows, Simulator, SimulatorOptions } from "pulumi-plivo/simulator";
import { version } from "../../package.json";
import { root } from "../support/pages/markdown";
import { inProject, type Project } from "./support/programs/example";
import { installFor, type Language, problemWith } from "./support/programs/languages";
import { runRecipe, type Settings } from "./support/programs/recipe";
import { testInWorld } from "./support/stack/engine";
import { generatedName, type Held, objectsAt } from "./support/stack/objects";
import { changesOf } from "./support/stack/steps";

interface Recipe {
  readonly folder: string;
  readonly settings: Settings;
  readonly uri: string;
  /** What tells the trunk for calls out from another; without it there is none. */
  readonly outbound?: { readonly secure: boolean; readonly by: "credential" | "addresses" };
  /** Changes one thing by hand, and says where it must show. */
  readonly drift: (simulator: Simulator) => Readonly<Record<string, string>>;
}

const password = { sipPassword: "try_this;one" };
const pbx = { pbxHost: "pbx.example.com" };
const encrypted = { secure: true, by: "credential" } as const;

/** Changes the object with this logical name. */
function edit<K extends Held["kind"]>({ store }: Simulator, kind: K, name: string, change: Partial<Rows[K]>): void {
  const [found] = [...store[kind]].filter(([, row]) => row.name.replace(generatedName, "") === name);
  store.edit(kind, found?.[0] ?? "", change);
}

const recipes: readonly Recipe[] = [
  {
    folder: "voice-agents/livekit",
    settings: { ...password, sipSubdomain: "vjnxecm0tjk" },
    uri: "vjnxecm0tjk.sip.livekit.cloud;transport=tls",
    outbound: encrypted,
    drift(simulator) {
      edit(simulator, "trunks", "livekit-outbound", { secure: false });
      return { "livekit-outbound": "update secure" };
    },
  },
  {
    folder: "voice-agents/elevenlabs",
    settings: password,
    uri: "sip.rtc.elevenlabs.io:5061;transport=tls",
    outbound: encrypted,
    drift(simulator) {
      edit(simulator, "trunks", "elevenlabs-inbound", { trunk_status: "disabled" });
      return { "elevenlabs-inbound": "update trunkStatus" };
    },
  },
  {
    folder: "voice-agents/vapi",
    settings: {},
    uri: "sip.vapi.ai;transport=udp",
    outbound: { secure: false, by: "addresses" },
    drift(simulator) {
      edit(simulator, "ipAccessControlLists", "vapi", { ip_addresses: ["0.0.0.0/0"] });
      return { vapi: "update ipAddresses" };
    },
  },
  {
    folder: "voice-agents/retell",
    settings: password,
    uri: "sip.retellai.com;transport=tls",
    outbound: encrypted,
    drift(simulator) {
      simulator.store.route(numberOf("voice-agents/retell").slice(1), null);
      return { "retell-number": "update trunkId" };
    },
  },
  {
    folder: "voice-agents/xai",
    settings: password,
    uri: "sip.voice.x.ai;transport=tls",
    drift(simulator) {
      edit(simulator, "originationUris", "xai", { username: "another" });
      return { xai: "update username" };
    },
  },
  {
    folder: "pbx/asterisk",
    settings: { ...password, ...pbx, ring: "PJSIP/100&PJSIP/101" },
    uri: "pbx.example.com:5061;transport=tls",
    outbound: encrypted,
    drift(simulator) {
      edit(simulator, "trunks", "asterisk-outbound", { trunk_status: "disabled" });
      return { "asterisk-outbound": "update trunkStatus" };
    },
  },
  {
    folder: "pbx/freeswitch",
    settings: { ...password, ...pbx, ring: "user/1000" },
    uri: "pbx.example.com:5081;transport=tls",
    outbound: encrypted,
    drift(simulator) {
      edit(simulator, "credentials", "freeswitch", { username: "another" });
      return { freeswitch: "update username" };
    },
  },
  {
    folder: "pbx/3cx",
    settings: { pbxHost: "pbx.example.com:5090", secure: "false", pbxAddresses: '["203.0.113.10"]' },
    uri: "pbx.example.com:5090;transport=udp",
    outbound: { secure: false, by: "addresses" },
    drift(simulator) {
      edit(simulator, "ipAccessControlLists", "threecx", { ip_addresses: ["203.0.113.99"] });
      return { threecx: "update ipAddresses" };
    },
  },
];

/** One for each. */
function numberOf(folder: string): string {
  return `+1415555010${recipes.findIndex((recipe) => recipe.folder === folder)}`;
}

const simulator: SimulatorOptions = { seed: { numbers: recipes.map(({ folder }) => numberOf(folder).slice(1)) } };

/** What a recipe has at Plivo. */
function expectAtPlivo(
  { store }: Simulator,
  number: string,
  { uri, outbound }: Omit<Recipe, "folder" | "drift">,
): void {
  const [found] = [...store.originationUris.values()].filter((row) => row.uri === uri);
  const inbound = [...store.trunks.values()].filter((row) => row.primary_uri_uuid === found?.uri_uuid);
  expect(inbound).toEqual([expect.objectContaining({ trunk_direction: "inbound", trunk_status: "enabled" })]);
  expect(store.numbersOf(inbound[0]?.trunk_id ?? "")).toEqual([expect.objectContaining({ number })]);
  if (outbound === undefined) return;
  const prefix = inbound[0]?.name.replace(/-inbound.*/, "-outbound") ?? "";
  const out = [...store.trunks.values()].filter(({ name }) => name.startsWith(prefix));
  const credential = outbound.by === "credential" ? expect.any(String) : null;
  const addresses = outbound.by === "addresses" ? expect.any(String) : null;
  const admits = { secure: outbound.secure, credential_uuid: credential, ipacl_uuid: addresses };
  expect(out).toEqual([expect.objectContaining({ trunk_direction: "outbound", ...admits })]);
}

testInWorld(
  "the TypeScript programs of all recipes come up, show what is changed by hand, repair it, and go without a trace",
  async ({ stack, simulator, run, state }) => {
    run(async () => {
      const outputs = recipes.map(({ folder, settings }) =>
        Object.entries(runRecipe(folder, { ...settings, number: numberOf(folder) })),
      );
      return Object.fromEntries(
        outputs.flatMap((each, index) => each.map(([key, value]) => [`${index}.${key}`, value])),
      );
    });
    const before = structuredClone([...simulator.store.numbers.values()]);
    expect((await stack.preview()).changeSummary).toEqual({ create: 7 * 5 + 3 + 1 });
    const { outputs } = await stack.up();
    for (const { folder, ...recipe } of recipes) expectAtPlivo(simulator, numberOf(folder).slice(1), recipe);
    const secrets = Object.entries(outputs).filter(([, { secret }]) => secret);
    expect(secrets.map(([key]) => key).sort()).toEqual(["2.outboundDomain", "5.pjsipConf", "6.gatewayXml"]);
    expect(outputs["5.pjsipConf"]?.value).toMatch(/^password = try_this\\;one$/m);
    expect(JSON.stringify(state())).not.toMatch(/try_this/);
    await stack.preview({ expectNoChanges: true });

    const drift = Object.assign({}, ...recipes.map((recipe) => recipe.drift(simulator)));
    let failure: unknown;
    const found = await changesOf((listening) =>
      stack.previewRefresh({ expectNoChanges: true, ...listening }).catch((error) => {
        failure = error;
      }),
    );
    expect(found).toEqual(drift);
    expect(String(failure)).toContain("no changes were expected");

    await stack.up({ refresh: true });
    for (const { folder, ...recipe } of recipes) expectAtPlivo(simulator, numberOf(folder).slice(1), recipe);
    await stack.preview({ refresh: true, expectNoChanges: true });
    await stack.destroy();
    expect(objectsAt(simulator)).toEqual([]);
    expect([...simulator.store.numbers.values()]).toEqual(before);
  },
  { simulator },
);

interface Program {
  readonly name: string;
  readonly language: Language;
  readonly settings: Settings;
  readonly uri: string;
}

const livekit = { ...password, sipSubdomain: "vjnxecm0tjk" };
const inIndia = "sip.rtc.in.residency.elevenlabs.io:5060;transport=tcp";

/** As their users run them: through the host of the language, with the settings that their Pulumi.yaml declares. */
const programs: readonly Program[] = [
  {
    name: "livekit",
    language: "typescript",
    settings: { ...livekit, region: "eu" },
    uri: "vjnxecm0tjk.eu.sip.livekit.cloud;transport=tls",
  },
  {
    name: "livekit",
    language: "python",
    settings: { ...livekit, region: "eu", transport: "tcp" },
    uri: "vjnxecm0tjk.eu.sip.livekit.cloud;transport=tcp",
  },
  { name: "livekit", language: "yaml", settings: livekit, uri: "vjnxecm0tjk.sip.livekit.cloud;transport=tls" },
  {
    name: "elevenlabs",
    language: "python",
    settings: { ...password, region: "in", transport: "tcp" },
    uri: inIndia,
  },
  { name: "elevenlabs", language: "yaml", settings: { ...password, sipEndpoint: inIndia }, uri: inIndia },
];

const outbound = encrypted;

async function liveThrough(project: Project, { settings, uri }: Program): Promise<void> {
  const { run, pulumi, simulator } = project;
  // With blanks, because YAML would read a number.
  const number = "+1 415 555 0100";
  const rented = "14155550100";
  await pulumi("stack", "init", "dev");
  const early = await run("pulumi", ["preview", "--non-interactive"]);
  expect(early).toEqual({
    code: expect.any(Number),
    output: expect.stringMatching(/missing configuration values 'number'/),
  });
  expect(early.code).not.toBe(0);

  const { sipPassword = "", ...others } = { ...settings, number };
  const plain = Object.entries(others).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await pulumi("config", "set-all", "--secret", `sipPassword=${sipPassword}`, ...plain);
  await pulumi("up", "--yes");
  expectAtPlivo(simulator, rented, { settings, uri, outbound });

  simulator.store.route(rented, null);
  const drifted = await run("pulumi", ["refresh", "--preview-only", "--expect-no-changes", "--non-interactive"]);
  expect(drifted.output).toContain("no changes were expected");
  expect(drifted.code).not.toBe(0);

  await pulumi("up", "--refresh", "--yes", "--skip-preview");
  expectAtPlivo(simulator, rented, { settings, uri, outbound });
  await pulumi("preview", "--refresh", "--expect-no-changes");
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(objectsAt(simulator)).toEqual([]);
}

for (const program of programs) {
  const { name, language } = program;
  const problem = problemWith(language);
  const source = join(root, "examples", "voice-agents", name, language);
  // A dynamic program needs no SDK besides what every project of these tests has.
  const install = language === "typescript" ? {} : { install: installFor(language) };
  (problem ? test.skip : test)(
    `${name} in ${language} comes up, shows what is changed by hand, repairs it, and goes without a trace${problem ? ` (skipped: ${problem})` : ""}`,
    () =>
      inProject({ name, source, simulator, ...install }, async (project) => {
        const plugin = ["plugin", "install", "resource", "plivo", `v${version}`, "--file", join(root, "bin")];
        if (language !== "typescript") await project.pulumi(...plugin);
        await liveThrough(project, program);
      }),
    180_000,
  );
}
