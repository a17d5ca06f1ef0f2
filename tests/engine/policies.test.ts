/** The sample policy pack of examples/policies, on the real engine, with programs of both adapters. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { EngineEvent, PreviewOptions } from "@pulumi/pulumi/automation";
import { root } from "../support/pages/markdown";
import { type PolicyHost, startPolicyHost } from "./support/processes/policy-host";
import { type Sdk, sdks } from "./support/programs/sdks";
import { inWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";

const LIMIT = 240_000;
const adapters = Object.entries(sdks).map(([adapter, plivo]) => ({ adapter, plivo }));

let host: PolicyHost;
beforeAll(async () => {
  host = await startPolicyHost();
});
afterAll(() => host.close());

interface Policed extends World {
  /** What `--policy-pack` is given, and with an argument `--policy-pack-config`: a file of the pack. */
  policed(config?: string): PreviewOptions;
  /** `trunk-is-secure mandatory high: out`, sorted: what the engine has reported since the last question. */
  violations(): readonly string[];
}

/** With the pack as it is installed at a user's, where both SDKs are. */
function withPack(body: (world: Policed) => Promise<void>): Promise<void> {
  return inWorld({ env: host.environment }, async (world) => {
    const pack = join(world.folder, "policies");
    cpSync(join(root, "examples/policies"), pack, { recursive: true });
    const events: EngineEvent[] = [];
    await body({
      ...world,
      policed: (config) => ({
        policyPacks: [pack],
        ...(config && { policyPackConfigs: [join(pack, config)] }),
        onEvent: (event) => void events.push(event),
      }),
      violations: () => events.splice(0).flatMap(violationIn).sort(),
    });
  });
}

/** The declarations lack the severity. */
function violationIn({ policyEvent }: EngineEvent): readonly string[] {
  if (!policyEvent) return [];
  const { policyName, enforcementLevel, resourceUrn = "" } = policyEvent;
  const severity = Reflect.get(policyEvent, "severity");
  return [`${policyName} ${enforcementLevel} ${severity}: ${resourceUrn.split("::").at(-1)}`];
}

/** An account that breaks every rule once. */
function careless(plivo: Sdk) {
  return async () => {
    const uri = new plivo.OriginationUri("pbx", { uri: "sip.example.com" });
    new plivo.Trunk("in", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid, secure: true });
    const ipAddresses = ["203.0.113.1", "0.0.0.0/0", "::ffff:10.0.0.0/103", "2001:db8::/7"];
    const list = new plivo.IpAccessControlList("all", { ipAddresses });
    new plivo.Trunk("out", { trunkDirection: "outbound", ipaclUuid: list.ipaclUuid });
  };
}

/** One that keeps all of them, with ids that a first preview does not know. */
function careful(plivo: Sdk, secure = true) {
  return async () => {
    const primary = new plivo.OriginationUri("pbx", { uri: "sip.example.com" });
    const fallback = new plivo.OriginationUri("standby", { uri: "sip.example.net" });
    const uris = { primaryUriUuid: primary.uriUuid, fallbackUriUuid: fallback.uriUuid };
    new plivo.Trunk("in", { trunkDirection: "inbound", ...uris, secure });
    const list = new plivo.IpAccessControlList("offices", {
      ipAddresses: ["203.0.113.1", "10.0.0.0/8", "2001:db8::/32"],
    });
    new plivo.Trunk("out", { trunkDirection: "outbound", ipaclUuid: list.ipaclUuid, secure });
  };
}

test.each(adapters)(
  "policies: a preview of a $adapter program fails with each violation, its level and its severity",
  ({ plivo }) =>
    withPack(async ({ stack, run, policed, violations, simulator }) => {
      run(careless(plivo));
      expect(await failureOf(stack.preview(policed()))).toContain("[severity: critical]  address-range-is-narrow");
      expect(violations()).toEqual([
        "address-range-is-narrow mandatory critical: all",
        "address-range-is-narrow mandatory critical: all",
        "address-range-is-narrow mandatory critical: all",
        "inbound-trunk-has-fallback advisory medium: in",
        "trunk-is-secure mandatory high: out",
      ]);
      await failureOf(stack.up(policed()));
      expect([simulator.store.trunks.size, simulator.store.ipAccessControlLists.size]).toEqual([0, 0]);
    }),
  LIMIT,
);

test.each(adapters)(
  "policies: a $adapter program that keeps them all previews and comes up, and ids that are not known yet are not reported",
  ({ plivo }) =>
    withPack(async ({ stack, run, policed, violations }) => {
      run(careful(plivo));
      await stack.preview(policed());
      await stack.up(policed());
      await stack.preview({ expectNoChanges: true, ...policed() });
      expect(violations()).toEqual([]);
    }),
  LIMIT,
);

test.each(adapters)(
  "policies: where the pack's configuration says so, the trunks of a $adapter program are made secure instead of rejected",
  ({ plivo }) =>
    withPack(async ({ stack, run, policed, violations, simulator }) => {
      const remediating = policed("remediate.json");
      run(careful(plivo, false));
      await stack.preview(remediating);
      await stack.up(remediating);
      expect([...simulator.store.trunks.values()].map(({ secure }) => secure)).toEqual([true, true]);
      await stack.preview({ expectNoChanges: true, ...remediating });
      expect(violations()).toEqual([]);
    }),
  LIMIT,
);
