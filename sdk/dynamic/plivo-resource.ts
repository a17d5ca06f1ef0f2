/** What the resource classes of the dynamic face have in common. */
import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { type WarningRules, warn } from "./warnings";

/** What a class knows about itself. */
export interface ResourceClass {
  /** `pulumi-nodejs:dynamic/plivo:IpAccessControlList`, the static `__pulumiType` of the class. */
  readonly type: string;
  /** The export of `pulumi-plivo/provider` that serves it. Part of the state for ever. */
  readonly served: string;
  /** Arguments and outputs; each must be declared for its output to exist, also where it has no value yet. */
  readonly properties: readonly string[];
  /** Those that are encrypted in the state and never shown, also where the program gives a plain value. */
  readonly secrets: readonly string[];
  /** Whether a name is made up when the program gives none. */
  readonly autoNamed: boolean;
  /** What is allowed and warned of, by argument. */
  readonly warnings: WarningRules;
}

/** A resource that Pulumi's dynamic provider host serves from `pulumi-plivo/provider`. */
export abstract class PlivoResource extends pulumi.CustomResource {
  protected constructor(
    kind: ResourceClass,
    name: string,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions | undefined,
  ) {
    const { type } = kind;
    const declared: pulumi.Inputs = Object.fromEntries(kind.properties.map((property) => [property, undefined]));
    // What pulumi.dynamic.Resource would register, without serialising a closure: 60 bytes instead of 2-4 KB, nothing
    // captured, and a resource in an old state is served by the package that is installed now.
    const provider = `exports.handler=()=>require("pulumi-plivo/provider").${kind.served};`;
    const given: pulumi.Inputs = { ...declared, ...args, __provider: provider };
    if (args && kind.autoNamed) given.__autoName = nameCandidate(name, type, opts?.parent);
    if (args) given.__secrets = secretsAmong(args);
    for (const key of kind.secrets) if (given[key] !== undefined) given[key] = pulumi.secret(given[key]);
    const secret = kind.secrets.length > 0 && { additionalSecretOutputs: [...kind.secrets] };
    super(type, name, given, secret ? pulumi.mergeOptions(opts, secret) : opts);
    if (args) warn(this, kind.warnings, { ...args });
  }

  /**
   * Whether this is a resource of the type, also when it comes from another copy of this package. The type alone decides,
   * as in the SDKs that Pulumi generates: policies ask with plain objects, which hold nothing but a type.
   */
  protected static isOf(value: unknown, type: string): boolean {
    return typeof value === "object" && value !== null && Reflect.get(value, "__pulumiType") === type;
  }
}

/**
 * The arguments that the program marked as secret, of its own accord. The provider is told because the host hands it
 * everything in the clear, and the engine would print the value of an argument that a check refuses.
 */
function secretsAmong(args: object): Promise<string[] | undefined> | undefined {
  const outputs = Object.entries(args).filter(([, value]) => pulumi.Output.isInstance(value));
  if (outputs.length === 0) return undefined;
  const keys = outputs.map(async ([key, value]) => ((await pulumi.isSecret(value)) ? [key] : []));
  return Promise.all(keys).then((found) => (found.some(({ length }) => length > 0) ? found.flat() : undefined));
}

/**
 * What a name is generated from when the program gives none: the logical name and 7 hex digits that are the same in each
 * run of this stack, and differ from those of every other resource. The provider keeps the name that an object already
 * has, and puts other digits into that of a new one. It also tells resources apart by it, those with a name too.
 */
function nameCandidate(name: string, type: string, parent: pulumi.Resource | undefined): string | Promise<string> {
  // Nearly all resources have no parent. Outputs are a third of what a resource costs a program.
  if (!parent) return candidate(name, `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${name}`);
  // A promise, and no output: that would depend on the parent, and by it, where that is a component, on all of its
  // children, this one among them. Each would wait for the others for ever.
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply((urn) => resolve(candidate(name, urn)));
  });
}

function candidate(name: string, urn: string): string {
  return `${name}-${createHash("sha256").update(urn).digest("hex").slice(0, 7)}`;
}
