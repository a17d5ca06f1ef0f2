import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();
const secure = config.getBoolean("secure") ?? false;
const [host = "", port = secure ? "5061" : "5060"] = config
  .require("pbxHost", { pattern: /^[\w.-]+(:\d+)?$/ })
  .split(":");

// Calls to the number go to 3CX.
const uri = new plivo.OriginationUri("threecx", { uri: `${host}:${port};transport=${secure ? "tls" : "udp"}` });
const inbound = new plivo.Trunk("threecx-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("threecx-number", { number: config.require("number"), trunkId: inbound.trunkId });

// Calls from 3CX are accepted by their source address: Plivo takes no REGISTER.
const addresses = new plivo.IpAccessControlList("threecx", {
  ipAddresses: config.requireObject<string[]>("pbxAddresses"),
});
const outbound = new plivo.Trunk("threecx-outbound", {
  trunkDirection: "outbound",
  secure,
  ipaclUuid: addresses.ipaclUuid,
});

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** "Registrar/Server" of the SIP trunk in 3CX. */
export const outboundDomain = outbound.trunkDomain;
