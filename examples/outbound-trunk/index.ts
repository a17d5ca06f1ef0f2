import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();

// Who may call out: a PBX that knows this username and password ...
const pbx = new plivo.Credential("pbx", {
  username: "pbxlondon",
  password: config.requireSecret("sipPassword"),
});

// ... from one of these addresses. Order and spelling do not matter: a reordered list is no change.
const offices = new plivo.IpAccessControlList("offices", {
  ipAddresses: ["203.0.113.10", "198.51.100.0/24", "2001:db8:40::/48"],
});

const trunk = new plivo.Trunk("calls-out", {
  trunkDirection: plivo.TrunkDirection.Outbound,
  secure: true,
  credentialUuid: pbx.credentialUuid,
  ipaclUuid: offices.ipaclUuid,
});

/** What to set in the PBX: the SIP domain to register with. */
export const sipDomain = trunk.trunkDomain;
export const sipUsername = pbx.username;
