/**
 * Plivo SIP trunks as code, served by the provider plugin that this package contains.
 *
 * ```ts
 * import * as plivo from "pulumi-plivo/plugin";
 *
 * const uri = new plivo.OriginationUri("pbx", { uri: "sip.example.com" });
 * const trunk = new plivo.Trunk("support", { trunkDirection: "inbound", primaryUriUuid: uri.uriUuid });
 * ```
 */

export type { InboundRouteArgs } from "../components/inbound-route";
export type { OutboundAccessArgs } from "../components/outbound-access";
export type { AddressedRoute, PlatformChoice, PlatformRoute, Subdomain } from "../components/platforms";
export { platforms } from "../components/platforms";
export { InboundRoute, OutboundAccess } from "./components";
export * from "./generated";
