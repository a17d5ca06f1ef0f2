/** An exported stack of the dynamic provider -> the same stack as the plugin would have written it. */
import { createHash } from "node:crypto";
import { CommandError } from "../shared/errors";
import { parseExportedStack } from "../shared/exported-stack";
import { isObject, type Json, type JsonObject, migrateResource, type StateResource } from "./resource";
import { classOf } from "./urn";

export interface Plugin {
  /** The version of the SDK that the program will use. */
  readonly version: string;
  /** The address in the SDK from which the plugin is downloaded. */
  readonly downloadUrl: string;
}

export interface Migration {
  /** What `pulumi stack import` takes. */
  readonly text: string;
  /** How many resources have moved. */
  readonly moved: number;
}

export function migrate(text: string, plugin: Plugin): Migration {
  const stack = parseExportedStack(text);
  const resources = (stack.deployment.resources ?? []) as StateResource[];
  const ours = resources.filter(({ type }) => classOf(type) !== undefined);
  if (ours.length === 0)
    throw new CommandError("the stack holds no dynamic resources of pulumi-plivo: there is nothing to migrate");
  const { provider, add } = providerOf(resources, plugin);
  const move = (state: StateResource) => migrateResource(state, provider);
  const abandoned = abandonedProviders(resources);
  const rewritten = resources.flatMap((state) => {
    const moved = abandoned.has(referenceTo(state)) ? [] : [move(state)];
    return add !== undefined && state === add.after ? [...moved, add.resource] : moved;
  });
  const pending = stack.deployment.pending_operations?.map((operation) => {
    return { ...operation, resource: move(operation.resource as StateResource) };
  });
  const deployment = { ...stack.deployment, resources: rewritten, ...(pending && { pending_operations: pending }) };
  return { text: `${JSON.stringify({ ...stack, deployment }, null, 4)}\n`, moved: ours.length };
}

function referenceTo({ urn, id }: StateResource): string {
  return `${urn}::${typeof id === "string" ? id : ""}`;
}

/** Providers of dynamic resources that served only this package's: nothing refers to them any more. */
function abandonedProviders(resources: readonly StateResource[]): ReadonlySet<Json | undefined> {
  const served = (ours: boolean) =>
    new Set(resources.filter(({ type }) => (classOf(type) !== undefined) === ours).map(({ provider }) => provider));
  const others = served(false);
  return new Set([...served(true)].filter((reference) => !others.has(reference)));
}

interface ProviderChoice {
  /** `<urn>::<id>` */
  readonly provider: string;
  /** The resource to add; behind its predecessor, because resources that refer to it must come later. */
  readonly add?: { readonly resource: StateResource; readonly after: StateResource };
}

/** The default provider that the plugin's SDK asks for: with the same name, the engine keeps it. */
function providerOf(resources: readonly StateResource[], { version, downloadUrl }: Plugin): ProviderChoice {
  const reference = resources.find(({ type }) => classOf(type) !== undefined)?.provider;
  const before = resources.find((state) => referenceTo(state) === reference);
  if (!before)
    throw new CommandError(`the stack holds resources of pulumi-plivo without their provider (${reference})`);
  const [stack, project] = before.urn.split("::");
  const name = `default_${version.replaceAll(".", "_")}_${downloadUrl.replace("://", "_/")}`;
  const urn = `${stack}::${project}::pulumi:providers:plivo::${name}`;
  const present = resources.find((state) => state.urn === urn);
  if (present) return { provider: referenceTo(present) };
  const settings = { ...settingsOf(before), version };
  const added = {
    urn,
    custom: true,
    id: idFrom(referenceTo(before)),
    type: "pulumi:providers:plivo",
    inputs: { __internal: { pluginDownloadURL: downloadUrl }, ...settings },
    outputs: settings,
    ...(before.created !== undefined && { created: before.created }),
    ...(before.modified !== undefined && { modified: before.modified }),
  };
  return { provider: referenceTo(added), add: { resource: added, after: before } };
}

/** The configuration of the dynamic provider is that of the whole stack; this package's is below `plivo:`. */
function settingsOf({ inputs }: StateResource): JsonObject {
  if (!isObject(inputs)) return {};
  const ours = Object.entries(inputs).filter(([key]) => key.startsWith("plivo:"));
  return Object.fromEntries(ours.map(([key, value]) => [key.slice("plivo:".length), value]));
}

/** Any UUID will do; one that the same input gives again makes the output comparable. */
function idFrom(text: string): string {
  const hex = createHash("sha256").update(`pulumi-plivo migrate ${text}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
