/** The same program in each language that Pulumi's Node.js host runs; all declare the same two resources. */

const body = `
const uri = new plivo.OriginationUri("pbx", { uri: "sip.example.com" });
const trunk = new plivo.Trunk("support", {
  trunkDirection: plivo.TrunkDirection.Inbound,
  primaryUriUuid: uri.uriUuid,
});
// Loads pulumi-plivo/provider in the program's own process.
const found = plivo.getTrunkOutput({ trunkId: trunk.trunkId });
`;

export const commonJs = `"use strict";
const plivo = require("pulumi-plivo");
${body}
exports.domain = trunk.trunkDomain;
exports.found = found.apply(({ trunkDomain }) => trunkDomain);
`;

export const esModule = `import * as plivo from "pulumi-plivo";
import { Trunk } from "pulumi-plivo";
${body}
if (!Trunk.isInstance(trunk)) throw new Error("two copies of the class");
export const domain = trunk.trunkDomain;
export const foundDomain = found.apply(({ trunkDomain }) => trunkDomain);
export { foundDomain as found };
`;

export const typeScript = `import * as plivo from "pulumi-plivo";
${body}
export const domain = trunk.trunkDomain;
const foundDomain = found.apply(({ trunkDomain }) => trunkDomain);
export { foundDomain as found };
`;

const beside = `
const other = new plugin.OriginationUri("other", { uri: "sip.example.net" });
const served = new plugin.Trunk("other", {
  trunkDirection: plugin.TrunkDirection.Inbound,
  primaryUriUuid: other.uriUuid,
});
`;

/** With resources of both adapters. */
export const bothInCommonJs = `${commonJs.replace(";\n", ';\nconst plugin = require("pulumi-plivo/plugin");\n')}${beside}
exports.served = served.trunkDomain;
`;

export const bothInTypeScript = `import * as plugin from "pulumi-plivo/plugin";
${typeScript}${beside}
const servedDomain: string | Promise<unknown> | object = served.trunkDomain;
export { servedDomain as served };
`;

export const bothAsEsModule = `import * as plugin from "pulumi-plivo/plugin";
import { Trunk as ServedTrunk } from "pulumi-plivo/plugin";
${esModule}${beside}
if (!ServedTrunk.isInstance(served) || ServedTrunk.isInstance(trunk)) throw new Error("the classes are mixed up");
export const servedDomain = served.trunkDomain;
`;

/** Uses each entry of the package, and says which types it counts on. */
export const typed = `import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import * as plugin from "pulumi-plivo/plugin";
import { trunk as served } from "pulumi-plivo/provider";
import { Simulator, startSimulator } from "pulumi-plivo/simulator";

const config = new pulumi.Config();
const credential = new plivo.Credential("pbx", {
  username: "pbxlondon",
  password: config.requireSecret("sipPassword"),
});
const args: plivo.TrunkArgs = { trunkDirection: "outbound", credentialUuid: credential.credentialUuid };
const trunk = new plivo.Trunk("out", args, { protect: true });
export const domain: pulumi.Output<string | null> = trunk.trunkDomain;
export const direction: plivo.TrunkDirection = plivo.TrunkDirection.Inbound;
export const ids: Promise<string[]> = plivo
  .getTrunks({ trunkDirection: "inbound" })
  .then(({ trunks }) => trunks.map(({ trunkId }) => trunkId));
const account = new plugin.Provider("sales", { authId: "MA1", authToken: config.requireSecret("salesToken") });
const same: plugin.TrunkArgs = { trunkDirection: plugin.TrunkDirection.Outbound, credentialUuid: "1" };
const other = new plugin.Trunk("out", same, { provider: account });
export const otherDomain: pulumi.Output<string | undefined> = other.trunkDomain;
export const rows: pulumi.Output<plugin.types.output.TrunkInfo[]> = plugin.getTrunksOutput().trunks;
const { to, addresses = [] }: plugin.PlatformRoute = plugin.platforms.livekit({ subdomain: "acme", region: "eu" });
const routes = [new plivo.InboundRoute("a", { to }), new plugin.InboundRoute("b", { to })];
export const trunkIds: pulumi.Output<string>[] = routes.map(({ trunkId }) => trunkId);
const access = new plugin.OutboundAccess("office", { addresses, secure: true }, { protect: true });
export const sipDomain: pulumi.Output<string | undefined> = access.domain;
export const isTrunk: boolean = plivo.Trunk.isInstance(trunk);
export const provider: object = served;
export async function simulate(): Promise<number> {
  const simulator: Simulator = await startSimulator({ seed: { numbers: ["14155550100"] } });
  await simulator.close();
  return simulator.requests.filter(({ status }) => status === 404).length + simulator.store.trunks.size;
}
`;

/** A mistake in each of the lines that say so. */
export const mistyped = `import * as plivo from "pulumi-plivo";
import * as plugin from "pulumi-plivo/plugin";
import { startSimulator } from "pulumi-plivo/simulator";
new plivo.Trunk("a", { primaryUriUuid: "1" }); // mistake: no direction
new plivo.Trunk("b", { trunkDirection: "sideways" }); // mistake: no such direction
new plivo.Trunk("c", { trunkDirection: "inbound", primaryUri: "1" }); // mistake: no such argument
new plugin.Trunk("b", { trunkDirection: "sideways" }); // mistake: no such direction
new plugin.Trunk("c", { trunkDirection: "inbound", primaryUri: "1" }); // mistake: no such argument
new plugin.InboundRoute("d", { numbers: ["+14155550100"] }); // mistake: no address
new plivo.OutboundAccess("e", { user: "pbx" }); // mistake: no such argument
plugin.platforms.livekit({ subdomain: "acme", region: "mars" }); // mistake: no such region
plivo.platforms.xai({ transport: "udp" }); // mistake: no such transport
export const name: string = plivo.Trunk.get("d", "1").name; // mistake: an output is no string
export const simulator = startSimulator({ port: "7548" }); // mistake: a port is a number
`;
