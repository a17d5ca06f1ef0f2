import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

// What differs between the environments stands in Pulumi.dev.yaml and Pulumi.prod.yaml; here is what they share.
const config = new pulumi.Config();
const environment = pulumi.getStack();
const secure = config.getBoolean("encrypted");

// A protected trunk survives `pulumi destroy`, and a change of the program that would delete or replace it.
const keep = { protect: config.getBoolean("protected") ?? false };

// Calls from the telephone network go to the PBX, and to its stand-in when that does not answer.
const primary = new plivo.OriginationUri("primary", { uri: config.require("primaryUri") });
const fallback = new plivo.OriginationUri("fallback", { uri: config.require("fallbackUri") });
const inbound = new plivo.Trunk(
  "inbound",
  {
    name: `inbound ${environment}`,
    trunkDirection: "inbound",
    secure,
    primaryUriUuid: primary.uriUuid,
    fallbackUriUuid: fallback.uriUuid,
  },
  keep,
);
for (const number of config.requireObject<string[]>("numbers")) {
  new plivo.PhoneNumberAttachment(number, { number, trunkId: inbound.trunkId });
}

// Calls to the telephone network come from an office, and from a PBX that knows the password.
const pbx = new plivo.Credential("pbx", {
  username: `pbx${environment}`,
  password: config.requireSecret("sipPassword"),
});
const offices = new plivo.IpAccessControlList("offices", {
  ipAddresses: config.requireObject<string[]>("officeAddresses"),
});
const outbound = new plivo.Trunk(
  "outbound",
  {
    name: `outbound ${environment}`,
    trunkDirection: "outbound",
    secure,
    credentialUuid: pbx.credentialUuid,
    ipaclUuid: offices.ipaclUuid,
  },
  keep,
);

/** Where the PBX sends its calls, and as whom. */
export const outboundDomain = outbound.trunkDomain;
export const outboundUsername = pbx.username;
