/**
 * The recipes for voice platforms and PBXs: preview, up, drift, repair, destroy. `tests/release/recipes.test.ts` runs those
 * in several languages as their users do.
 */
import { expect } from "@jest/globals";
import type { Rows, Simulator, SimulatorOptions } from "pulumi-plivo/simulator";
import { runRecipe, type Settings } from "./support/programs/recipe";
import { type AtPlivo, encrypted, expectAtPlivo, password } from "./support/programs/recipe-at-plivo";
import { testInWorld } from "./support/stack/engine";
import { generatedName, type Held, objectsAt } from "./support/stack/objects";
import { changesOf } from "./support/stack/steps";

interface Recipe extends AtPlivo {
  readonly folder: string;
  readonly settings: Settings;
  /** Changes one thing by hand, and says where it must show. */
  readonly drift: (simulator: Simulator) => Readonly<Record<string, string>>;
}

const pbx = { pbxHost: "pbx.example.com" };

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
