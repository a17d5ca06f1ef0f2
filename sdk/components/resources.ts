/** What the components need of an SDK: both have these classes. */
import type * as pulumi from "@pulumi/pulumi";

type Class<Args, Outputs> = new (name: string, args: Args, opts?: pulumi.CustomResourceOptions) => Outputs;

export interface InboundResources {
  readonly OriginationUri: Class<{ uri: pulumi.Input<string> }, { uriUuid: pulumi.Output<string> }>;
  readonly Trunk: Class<
    { trunkDirection: "inbound"; primaryUriUuid: pulumi.Input<string>; fallbackUriUuid?: pulumi.Input<string> },
    { trunkId: pulumi.Output<string> }
  >;
  readonly TrunkPhoneNumbers: Class<
    { trunkId: pulumi.Input<string>; numbers: pulumi.Input<pulumi.Input<string>[]> },
    pulumi.Resource
  >;
}

export interface OutboundResources {
  readonly Credential: Class<
    { username: pulumi.Input<string>; password: pulumi.Input<string> },
    {
      credentialUuid: pulumi.Output<string>;
      username: pulumi.Output<string>;
      password: pulumi.Output<string>;
    }
  >;
  readonly IpAccessControlList: Class<
    { ipAddresses: pulumi.Input<pulumi.Input<string>[]> },
    { ipaclUuid: pulumi.Output<string> }
  >;
  readonly Trunk: Class<
    {
      trunkDirection: "outbound";
      credentialUuid?: pulumi.Input<string>;
      ipaclUuid?: pulumi.Input<string>;
      secure?: pulumi.Input<boolean>;
    },
    { trunkId: pulumi.Output<string>; trunkDomain: pulumi.Output<string | null | undefined> }
  >;
}
