import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { aclList, gateway, inboundDialplan, outboundDialplan } from "./freeswitch-xml";

const config = new pulumi.Config();
const secure = config.getBoolean("secure") ?? true;
const number = config.require("number");
// As callers dial it. Not for the attachment, which refuses a number without its country code.
const dialled = `+${number.replaceAll(/\D/g, "")}`;
// The ports of the profile "external" in FreeSWITCH's own configuration.
const [host = "", port = secure ? "5081" : "5080"] = config
  .require("pbxHost", { pattern: /^[\w.-]+(:\d+)?$/ })
  .split(":");

// Calls to the number go to the PBX.
const uri = new plivo.OriginationUri("freeswitch", { uri: `${host}:${port};transport=${secure ? "tls" : "udp"}` });
const inbound = new plivo.Trunk("freeswitch-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("freeswitch-number", { number, trunkId: inbound.trunkId });

// Calls from the PBX are accepted with this username and password only.
const login = new plivo.Credential("freeswitch", {
  username: config.get("sipUsername") ?? "freeswitch",
  password: config.requireSecret("sipPassword"),
});
const outbound = new plivo.Trunk("freeswitch-outbound", {
  trunkDirection: "outbound",
  secure,
  credentialUuid: login.credentialUuid,
});

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** For sip_profiles/external/: a secret, because the password is in it. */
export const gatewayXml = pulumi
  .all([outbound.trunkDomain, login.username, config.requireSecret("sipPassword")])
  // It has none only while its create is unconfirmed.
  .apply(([domain, username, password]) =>
    gateway({ domain: domain ?? "unknown.invalid", username, password, secure }),
  );
/** For autoload_configs/acl.conf.xml to include, among the network lists. */
export const aclXml = aclList();
/** For dialplan/public/. */
export const inboundDialplanXml = inboundDialplan(dialled, config.require("ring", { pattern: /^[\w./@-]+$/ }));
/** For dialplan/default/. */
export const outboundDialplanXml = outboundDialplan(dialled, secure);
