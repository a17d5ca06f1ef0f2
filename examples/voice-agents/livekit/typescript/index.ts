import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();
const subdomain = config.require("sipSubdomain", { pattern: /^[a-z0-9-]+$/ });
const region =
  config.get("region", {
    allowedValues: ["global", "eu", "india", "sa", "us", "japan", "aus", "uk", "canada"],
  }) ?? "global";
const transport = config.get("transport", { allowedValues: ["tls", "tcp"] }) ?? "tls";

// Calls to the number go to the SIP endpoint of the LiveKit project, in one region if that is wanted.
const pinned = region === "global" ? undefined : region;
const livekit = plivo.platforms.livekit({ subdomain, region: pinned, transport });
const uri = new plivo.OriginationUri("livekit", { uri: livekit.to });
const inbound = new plivo.Trunk("livekit-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("livekit-number", { number: config.require("number"), trunkId: inbound.trunkId });

// Calls from LiveKit are accepted with this username and password only.
const login = new plivo.Credential("livekit", {
  username: config.get("sipUsername") ?? "livekit",
  password: config.requireSecret("sipPassword"),
});
const outbound = new plivo.Trunk("livekit-outbound", {
  trunkDirection: "outbound",
  // The outbound trunk in LiveKit must be encrypted exactly when this one is.
  secure: config.getBoolean("secure") ?? true,
  credentialUuid: login.credentialUuid,
});

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** `address` of the outbound trunk in LiveKit. */
export const outboundDomain = outbound.trunkDomain;
/** `auth_username` of the outbound trunk in LiveKit. */
export const outboundUsername = login.username;
