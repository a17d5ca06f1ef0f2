import * as pulumi from "@pulumi/pulumi";
import { addressProblem, sipCredentialProblem } from "../../provider/warnings/formats";
import { checkedArgs } from "./checked-args";
import { newPassword, newUsername } from "./generated-login";
import type { OutboundResources } from "./resources";

/**
 * What a program says about an outbound access. Without `addresses`, or with `username` or `password`, callers need a
 * login.
 */
export interface OutboundAccessArgs {
  /**
   * 5-20 letters and digits. Generated once when a login is needed and none is given.
   */
  readonly username?: pulumi.Input<string> | undefined;

  /**
   * 5-20 letters, digits and signs, one sign at least. Generated once when a login is needed and none is given, and kept
   * in the state as a secret.
   */
  readonly password?: pulumi.Input<string> | undefined;

  /**
   * The IP addresses and CIDR ranges from which calls are accepted.
   */
  readonly addresses?: pulumi.Input<pulumi.Input<string>[]> | undefined;

  /**
   * Whether signalling and media must be encrypted (SIP over TLS, SRTP).
   *
   * @default false
   */
  readonly secure?: pulumi.Input<boolean> | undefined;
}

const TYPE = "plivo:index:OutboundAccess";

/** The component of both SDKs, which bring the classes of their resources. */
export abstract class OutboundAccessComponent extends pulumi.ComponentResource {
  /**
   * SIP domain of the trunk: where calls are sent.
   */
  readonly domain: pulumi.Output<string | undefined>;

  /**
   * The username, given or generated. None when the addresses alone decide.
   */
  readonly username: pulumi.Output<string | undefined>;

  /**
   * The password, given or generated: a secret. None when the addresses alone decide.
   */
  readonly password: pulumi.Output<string | undefined>;

  /**
   * Id of the outbound trunk: digits.
   */
  readonly trunkId: pulumi.Output<string>;

  protected constructor(
    { Credential, IpAccessControlList, Trunk }: OutboundResources,
    name: string,
    args: OutboundAccessArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
  ) {
    super(TYPE, name, {}, opts);
    const { username, password, addresses, secure } = checkedArgs(this, args, {
      username: { is: "string", format: sipCredentialProblem },
      password: { is: "string", format: sipCredentialProblem },
      addresses: { is: "list", format: addressProblem },
      secure: { is: "boolean" },
    });
    const needsLogin = addresses === undefined || username !== undefined || password !== undefined;
    // What is generated in a run counts for a new credential only.
    const ignoreChanges = [
      ...(username === undefined ? ["username"] : []),
      ...(password === undefined ? ["password"] : []),
    ];
    const login = { username: username ?? newUsername(name), password: pulumi.secret(password ?? newPassword()) };
    const credential = needsLogin ? new Credential(name, login, { parent: this, ignoreChanges }) : undefined;
    const list = addresses && new IpAccessControlList(name, { ipAddresses: addresses }, { parent: this });
    const callers = {
      ...(credential && { credentialUuid: credential.credentialUuid }),
      ...(list && { ipaclUuid: list.ipaclUuid }),
      ...(secure !== undefined && { secure }),
    };
    const trunk = new Trunk(name, { trunkDirection: "outbound", ...callers }, { parent: this });
    this.domain = trunk.trunkDomain.apply((domain) => domain ?? undefined);
    this.username = credential?.username ?? pulumi.output(undefined);
    this.password = credential ? pulumi.secret(credential.password) : pulumi.output(undefined);
    this.trunkId = trunk.trunkId;
    this.registerOutputs({
      domain: this.domain,
      username: this.username,
      password: this.password,
      trunkId: this.trunkId,
    });
  }

  /**
   * Whether a value is an OutboundAccess, also one of another copy of this package.
   */
  static override isInstance(value: unknown): value is OutboundAccessComponent {
    return typeof value === "object" && value !== null && Reflect.get(value, "__pulumiType") === TYPE;
  }
}
