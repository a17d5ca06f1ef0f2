import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo/plugin";

const config = new pulumi.Config();

// Where calls arrive: your PBX.
const pbx = new plivo.OriginationUri("pbx", { uri: config.require("sipUri") });

const trunk = new plivo.Trunk("inbound", {
  trunkDirection: plivo.TrunkDirection.Inbound,
  primaryUriUuid: pbx.uriUuid,
});

export const trunkId = trunk.trunkId;
