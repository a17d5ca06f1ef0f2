import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();

const pbx = new plivo.OriginationUri("pbx", { uri: config.require("pbxUri") });
const trunk = new plivo.Trunk("support", { trunkDirection: "inbound", primaryUriUuid: pbx.uriUuid });

export const trunkId = trunk.trunkId;
