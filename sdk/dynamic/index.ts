/**
 * Plivo SIP trunks as code.
 *
 * ```ts
 * import * as plivo from "pulumi-plivo";
 *
 * const uri = new plivo.OriginationUri("pbx", { uri: "sip.example.com" });
 * const trunk = new plivo.Trunk("support", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
 * ```
 */
export * from "./generated/index";
