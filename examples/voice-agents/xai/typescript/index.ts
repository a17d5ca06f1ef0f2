import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();

// Calls to the number go to xAI, which requires TLS and asks Plivo for this username and password. The other way, a list
// of Plivo's addresses in xAI, admits the trunks of every customer of Plivo.
const uri = new plivo.OriginationUri("xai", {
  uri: plivo.platforms.xai().to,
  authenticationNeeded: true,
  username: config.get("sipUsername") ?? "plivo",
  password: config.requireSecret("sipPassword"),
});
const inbound = new plivo.Trunk("xai-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("xai-number", { number: config.require("number"), trunkId: inbound.trunkId });

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** The SIP username in xAI. */
export const inboundUsername = uri.username;
