import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();
const region = config.get("region", { allowedValues: ["global", "in"] }) ?? "global";
const transport = config.get("transport", { allowedValues: ["tls", "tcp"] }) ?? "tls";

// Calls to the number go to ElevenLabs, which finds the agent by the number.
const elevenlabs = plivo.platforms.elevenlabs({ region: region === "in" ? "india" : undefined, transport });
const uri = new plivo.OriginationUri("elevenlabs", { uri: elevenlabs.to });
const inbound = new plivo.Trunk("elevenlabs-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("elevenlabs-number", { number: config.require("number"), trunkId: inbound.trunkId });

// Calls from ElevenLabs are accepted with this username and password only.
const login = new plivo.Credential("elevenlabs", {
  username: config.get("sipUsername") ?? "elevenlabs",
  password: config.requireSecret("sipPassword"),
});
const outbound = new plivo.Trunk("elevenlabs-outbound", {
  trunkDirection: "outbound",
  // ElevenLabs must use TLS for outbound calls exactly when this is true.
  secure: config.getBoolean("secure") ?? true,
  credentialUuid: login.credentialUuid,
});

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** The outbound address in ElevenLabs. */
export const outboundDomain = outbound.trunkDomain;
/** The outbound username in ElevenLabs. */
export const outboundUsername = login.username;
