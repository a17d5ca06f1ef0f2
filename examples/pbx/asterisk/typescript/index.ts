import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { extensionsConf as extensions, pjsipConf as pjsip } from "./asterisk-conf";

const config = new pulumi.Config();
const secure = config.getBoolean("secure") ?? true;
const number = config.require("number");
// As callers dial it. Not for the attachment, which refuses a number without its country code.
const dialled = `+${number.replaceAll(/\D/g, "")}`;
const [host = "", port = secure ? "5061" : "5060"] = config
  .require("pbxHost", { pattern: /^[\w.-]+(:\d+)?$/ })
  .split(":");

// Calls to the number go to the PBX.
const uri = new plivo.OriginationUri("asterisk", { uri: `${host}:${port};transport=${secure ? "tls" : "udp"}` });
const inbound = new plivo.Trunk("asterisk-inbound", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
// Destroying the stack routes the number back to where it went before.
new plivo.PhoneNumberAttachment("asterisk-number", { number, trunkId: inbound.trunkId });

// Calls from the PBX are accepted with this username and password only.
const login = new plivo.Credential("asterisk", {
  username: config.get("sipUsername") ?? "asterisk",
  password: config.requireSecret("sipPassword"),
});
const outbound = new plivo.Trunk("asterisk-outbound", {
  trunkDirection: "outbound",
  secure,
  credentialUuid: login.credentialUuid,
});

/** Where Plivo sends calls to the number. */
export const inboundUri = uri.uri;
/** What Asterisk reads: a secret, because the password is in it. */
export const pjsipConf = pulumi
  .all([outbound.trunkDomain, login.username, config.requireSecret("sipPassword")])
  .apply(([domain, username, password]) =>
    pjsip({
      // It has none only while its create is unconfirmed.
      domain: domain ?? "unknown.invalid",
      username,
      password,
      secure,
      port,
      transport: config.get("transport"),
      certFile: config.get("certFile"),
      keyFile: config.get("keyFile"),
      caFile: config.get("caFile"),
    }),
  );
export const extensionsConf = extensions({
  number: dialled,
  ring: config.require("ring", { pattern: /^[A-Za-z]+\/[\w.@+&/-]+$/ }),
});
