import * as pulumi from "@pulumi/pulumi";
import { phoneNumberProblem, sipUriProblem } from "../../provider/warnings/formats";
import { checkedArgs } from "./checked-args";
import type { InboundResources } from "./resources";

/**
 * What a program says about an inbound route.
 */
export interface InboundRouteArgs {
  /**
   * Where calls go: the SIP address of a PBX or a voice platform, such as `sip.example.com;transport=tls`.
   */
  readonly to: pulumi.Input<string>;

  /**
   * Where calls go when `to` fails.
   */
  readonly fallback?: pulumi.Input<string> | undefined;

  /**
   * The numbers, which the account rents, with their country codes: `+1 415 555 0100` or `14155550100`.
   */
  readonly numbers?: pulumi.Input<pulumi.Input<string>[]> | undefined;
}

const TYPE = "plivo:index:InboundRoute";
const uri = { is: "string", format: (text: string) => sipUriProblem(text.trim()) } as const;

/** The component of both SDKs, which bring the classes of their resources. */
export abstract class InboundRouteComponent extends pulumi.ComponentResource {
  /**
   * Id of the inbound trunk: digits.
   */
  readonly trunkId: pulumi.Output<string>;

  protected constructor(
    { OriginationUri, Trunk, TrunkPhoneNumbers }: InboundResources,
    name: string,
    args: InboundRouteArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    super(TYPE, name, {}, opts);
    const { to, fallback, numbers } = checkedArgs(this, args, {
      to: { ...uri, required: true },
      fallback: uri,
      numbers: { is: "list", format: phoneNumberProblem },
    });
    const child = { parent: this };
    const primary = new OriginationUri(name, { uri: to }, child);
    const second =
      fallback === undefined ? undefined : new OriginationUri(`${name}-fallback`, { uri: fallback }, child);
    const uris = { primaryUriUuid: primary.uriUuid, ...(second && { fallbackUriUuid: second.uriUuid }) };
    const trunk = new Trunk(name, { trunkDirection: "inbound", ...uris }, child);
    if (numbers !== undefined) new TrunkPhoneNumbers(name, { trunkId: trunk.trunkId, numbers }, child);
    this.trunkId = trunk.trunkId;
    this.registerOutputs({ trunkId: this.trunkId });
  }

  /**
   * Whether a value is an InboundRoute, also one of another copy of this package.
   */
  static override isInstance(value: unknown): value is InboundRouteComponent {
    return typeof value === "object" && value !== null && Reflect.get(value, "__pulumiType") === TYPE;
  }
}
