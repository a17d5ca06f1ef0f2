/** What the resource classes of the dynamic provider have in common. */
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
  /** Whether a name is generated when the program gives none. */
  readonly autoNamed: boolean;
  /** Whether it has things that belong to one resource of the program each: the provider tells the resources apart by URN. */
  readonly claims: boolean;
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
    if (args && kind.autoNamed) {
      given.__autoName = nameCandidate(name, type, opts?.parent);
      given.__preview = pulumi.runtime.isDryRun();
    }
    if (args && kind.claims) given.__urn = urnOf(name, type, opts?.parent);
    if (args) given.__plain = plainAmong(kind, { ...args });
    const { import: importId, ...options } = opts ?? {};
    if (importId && typeof importId !== "string")
      throw new TypeError(`the option \`import\` of ${name} is no string: it takes the ID as text, not an output`);
    if (args && importId)
      given.__import = { id: importId, urn: urnOf(name, type, opts?.parent), ignored: options.ignoreChanges ?? [] };
    // The provider does the same, for what a transformation sets. No `additionalSecretOutputs`: of a password that is not
    // set, the engine would make a secret too.
    for (const key of kind.secrets) if (!isAbsent(given[key])) given[key] = pulumi.secret(given[key]);
    // Pulumi's host cannot import: the provider does.
    super(type, name, given, options);
    if (args && importId) announceImport(this, importId);
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

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/**
 * The arguments that stand in the program as plain values, and so hold no secret. The engine prints the value of an
 * argument that a check refuses, and the host hands the provider everything in the clear: the provider takes any other
 * value for a secret, also one that a transformation has set since, which no class can see.
 */
function plainAmong(kind: ResourceClass, args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const open = kind.properties.filter((key) => !kind.secrets.includes(key));
  return Object.fromEntries(open.flatMap((key) => (isPlain(args[key]) ? [[key, args[key]]] : [])));
}

function isPlain(value: unknown): boolean {
  return Array.isArray(value) ? value.every((element) => PLAIN.has(typeof element)) : PLAIN.has(typeof value);
}

const PLAIN: ReadonlySet<string> = new Set(["string", "number", "boolean"]);

/**
 * What a name is generated from when the program gives none: the logical name and 7 hex digits that are the same in each
 * run of this stack, and differ from those of every other resource. The provider keeps the name that an object already
 * has, and puts other digits into that of a new one, which a preview cannot know. It also tells resources apart by it,
 * those with a name too.
 */
function nameCandidate(name: string, type: string, parent: pulumi.Resource | undefined): string | Promise<string> {
  const urn = urnOf(name, type, parent);
  return typeof urn === "string" ? candidate(name, urn) : urn.then((known) => candidate(name, known));
}

function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): string | Promise<string> {
  // Nearly all resources have no parent. Outputs are a third of what a resource costs a program.
  if (!parent) return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${name}`;
  // A promise, and no output: that would depend on the parent, and by it, where that is a component, on all of its
  // children, this one among them. Each would wait for the others for ever.
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}

function candidate(name: string, urn: string): string {
  return `${name}-${createHash("sha256").update(urn).digest("hex").slice(0, 7)}`;
}

/** In a preview, which shows a create. The id of a resource that stays as it is, is known there; of a replacement it is not. */
function announceImport(resource: pulumi.CustomResource, id: string): void {
  if (!pulumi.runtime.isDryRun()) return;
  let isInState = false;
  resource.id.apply(() => {
    isInState = true;
  });
  resource.urn.apply(async () => {
    // Both get their values at once.
    await new Promise((resolve) => setImmediate(resolve));
    if (!isInState)
      void pulumi.log.info(`a create here imports ${id} instead, unless it replaces an object of the state`, resource);
  });
}
