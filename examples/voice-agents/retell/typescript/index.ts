import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();
const transport = config.get("transport", { allowedValues: ["tls", "tcp"] }) ?? "tls";

// Calls to the number go to Retell, which finds the agent by the number.
const uri = new plivo.OriginationUri("retell", { uri: plivo.platforms.retell({ transport }).to });
const inbound = new plivo.Trunk("retell-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("retell-number", { number: config.require("number"), trunkId: inbound.trunkId });

// Calls from Retell are accepted with this username and password only. Retell imports no number without an outbound
// trunk, even one that is only called.
const login = new plivo.Credential("retell", {
  username: config.get("sipUsername") ?? "retell",
  password: config.requireSecret("sipPassword"),
});
const outbound = new plivo.Trunk("retell-outbound", {
  trunkDirection: "outbound",
  // "Outbound Transport" in Retell must be TLS exactly when this is true.
  secure: config.getBoolean("secure") ?? true,
  credentialUuid: login.credentialUuid,
});

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** The termination URI in Retell. */
export const outboundDomain = outbound.trunkDomain;
/** The SIP trunk user name in Retell. */
export const outboundUsername = login.username;
