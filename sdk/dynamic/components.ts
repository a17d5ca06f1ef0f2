/** The components of this SDK: they declare its resources. */
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { InboundRouteArgs } from "../components/inbound-route";
import { InboundRouteComponent } from "../components/inbound-route";
import type { OutboundAccessArgs } from "../components/outbound-access";
import { OutboundAccessComponent } from "../components/outbound-access";
import { Credential, IpAccessControlList, OriginationUri, Trunk, TrunkPhoneNumbers } from "./generated/index";

/**
 * Calls to phone numbers go to a PBX or a voice platform: an origination URI, one more for the fallback, an inbound trunk
 * and the numbers.
 *
 * @example
 * ```ts
 * new plivo.InboundRoute("support", { to: "sip.example.com;transport=tls", numbers: ["+1 415 555 0100"] });
 * ```
 */
export class InboundRoute extends InboundRouteComponent {
  constructor(name: string, args: InboundRouteArgs, opts?: ComponentResourceOptions) {
    super({ OriginationUri, Trunk, TrunkPhoneNumbers }, name, args, opts);
  }
}

/**
 * A PBX or a voice platform may call the telephone network: a credential, an IP access control list or both, and an
 * outbound trunk.
 *
 * @example
 * ```ts
 * const office = new plivo.OutboundAccess("office");
 * export const { domain, username, password } = office;
 * ```
 */
export class OutboundAccess extends OutboundAccessComponent {
  constructor(name: string, args: OutboundAccessArgs = {}, opts?: ComponentResourceOptions) {
    super({ Credential, IpAccessControlList, Trunk }, name, args, opts);
  }
}
