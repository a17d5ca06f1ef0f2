import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();
const region = config.get("region", { allowedValues: ["us", "eu"] }) ?? "us";

// Vapi's SIP endpoint, and the addresses that its signalling comes from.
const vapi = plivo.platforms.vapi({ region: region === "eu" ? region : undefined });

// Calls to the number go to Vapi, over UDP as its guide says.
const uri = new plivo.OriginationUri("vapi", { uri: vapi.to });
const inbound = new plivo.Trunk("vapi-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("vapi-number", { number: config.require("number"), trunkId: inbound.trunkId });

// Calls from Vapi are accepted by their source address. All customers of Vapi share these addresses: keep the domain
// of the trunk to yourself.
const addresses = new plivo.IpAccessControlList("vapi", { ipAddresses: vapi.addresses });
const outbound = new plivo.Trunk("vapi-outbound", { trunkDirection: "outbound", ipaclUuid: addresses.ipaclUuid });

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** The gateway in Vapi. A secret: with it, any customer of Vapi could call at your cost. */
export const outboundDomain = pulumi.secret(outbound.trunkDomain);
