import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();

// Where calls arrive: your PBX, over TLS, which asks Plivo for a username and password.
const primary = new plivo.OriginationUri("primary", {
  uri: "sip.example.com:5061;transport=tls",
  authenticationNeeded: true,
  username: "plivo",
  password: config.requireSecret("pbxPassword"),
});

// Where they arrive while the PBX does not answer.
const fallback = new plivo.OriginationUri("fallback", { uri: "standby.example.net" });

const trunk = new plivo.Trunk("support", {
  trunkDirection: "inbound",
  primaryUriUuid: primary.uriUuid,
  fallbackUriUuid: fallback.uriUuid,
});

// The number itself is rented in Plivo's console. Destroying the stack routes it back to where it went before.
new plivo.PhoneNumberAttachment("hotline", {
  number: "+1 415 555 0100",
  trunkId: trunk.trunkId,
});

export const trunkId = trunk.trunkId;
