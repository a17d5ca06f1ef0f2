import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as plivo from "pulumi-plivo";

const file = join(__dirname, "numbers.json");
const { numbers }: { numbers: string[] } = JSON.parse(readFileSync(file, "utf8"));

const pbx = new plivo.OriginationUri("pbx", { uri: "sip.example.com:5061;transport=tls" });
const trunk = new plivo.Trunk("inbound", { trunkDirection: "inbound", primaryUriUuid: pbx.uriUuid });

// One resource for all of them. To move them, give the ID of another trunk.
const inventory = new plivo.TrunkPhoneNumbers("inventory", { trunkId: trunk.trunkId, numbers });

/** How many numbers are on the trunk. */
export const attached = inventory.numbers.apply((all) => all.length);
