import * as pulumi from "@pulumi/pulumi";
// With `from "pulumi-plivo"` the same program uses dynamic resources: classes and arguments are the same.
import * as plivo from "pulumi-plivo/plugin";

const config = new pulumi.Config();

const pbx = new plivo.OriginationUri("pbx", {
  uri: "sip.example.com:5061;transport=tls",
  authenticationNeeded: true,
  username: "plivo",
  password: config.requireSecret("pbxPassword"),
});

const trunk = new plivo.Trunk(
  "support",
  { trunkDirection: plivo.TrunkDirection.Inbound, primaryUriUuid: pbx.uriUuid },
  // The plugin, unlike dynamic resources, obeys these.
  { customTimeouts: { create: "30s" } },
);

new plivo.PhoneNumberAttachment("hotline", { number: "+1 415 555 0100", trunkId: trunk.trunkId });

// Looked up through the same provider, in previews too; once the trunk is there, because its direction is an output.
export const inboundTrunks = plivo
  .getTrunksOutput({ trunkDirection: trunk.trunkDirection })
  .trunks.apply((trunks) => trunks.map(({ name }) => name).sort());
export const trunkId = trunk.trunkId;
