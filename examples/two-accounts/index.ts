import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo/plugin";

const config = new pulumi.Config();

/** A provider is an account. An explicit one takes its settings from here alone, and from the environment. */
function account(name: string): plivo.Provider {
  return new plivo.Provider(name, {
    authId: config.require(`${name}AuthId`),
    authToken: config.requireSecret(`${name}AuthToken`),
  });
}

/** Calls of one team to its PBX. All of it is in the team's account: children inherit the provider. */
class Team extends pulumi.ComponentResource {
  readonly trunkId: pulumi.Output<string>;

  constructor(name: string, uri: string, provider: plivo.Provider) {
    super("example:index:Team", name, {}, { providers: [provider] });
    const pbx = new plivo.OriginationUri(name, { uri }, { parent: this });
    const args = { trunkDirection: plivo.TrunkDirection.Inbound, primaryUriUuid: pbx.uriUuid };
    this.trunkId = new plivo.Trunk(name, args, { parent: this }).trunkId;
    this.registerOutputs({ trunkId: this.trunkId });
  }
}

export const salesTrunk = new Team("sales", "sales.example.com", account("sales")).trunkId;
export const supportTrunk = new Team("support", "support.example.com", account("support")).trunkId;
