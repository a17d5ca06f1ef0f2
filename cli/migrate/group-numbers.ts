/** An exported stack with many attachments of phone numbers -> the same stack with one set for each trunk. */
import { logicalName } from "../../provider/text/urn";
import { CommandError } from "../shared/errors";
import { parseExportedStack } from "../shared/exported-stack";
import { isObject, type Json, type JsonObject, type StateResource } from "./resource";

const ATTACHMENT = "PhoneNumberAttachment";
const SET = "TrunkPhoneNumbers";
/** A single attachment is as well off by itself. */
const FEWEST = 2;

/** A set that takes the place of attachments. */
export interface Grouped {
  readonly name: string;
  readonly trunkId: string;
  readonly numbers: readonly string[];
  /** The options that the program must give it, to leave them as they are in the state: `protect: true`. */
  readonly options: readonly string[];
}

export interface Grouping {
  /** What `pulumi stack import` takes. */
  readonly text: string;
  readonly sets: readonly Grouped[];
  /** The logical names of attachments that stay as they are. */
  readonly left: readonly string[];
}

/** An attachment that can be part of a set: nothing of it is secret, drifted or half-done. */
interface Attachment {
  readonly state: StateResource;
  readonly number: string;
  readonly trunkId: string;
  readonly back: string | undefined;
}

export function groupNumbers(text: string): Grouping {
  const stack = parseExportedStack(text);
  const resources = (stack.deployment.resources ?? []) as StateResource[];
  if (stack.deployment.pending_operations?.some(({ resource }) => isOf(resource as StateResource, ATTACHMENT)))
    throw new CommandError("attachments are pending in the stack: run `pulumi up` first, and export it again");
  const mentioned = mentionedBy(resources);
  const all = resources.filter((state) => isOf(state, ATTACHMENT));
  const groups = new Map<string, Attachment[]>();
  for (const state of all.filter(({ urn }) => !mentioned.has(urn))) {
    const attachment = attachmentOf(state);
    if (!attachment) continue;
    const key = [attachment.trunkId, state.type, state.provider, state.parent].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), attachment]);
  }
  const taken = new Set(resources.map(({ urn }) => urn));
  const sets = [...groups.values()]
    .filter((group) => group.length >= FEWEST)
    .map((group) => setOf(group, resources, taken));
  if (sets.length === 0)
    throw new CommandError("the stack holds no trunk with two attachments or more: there is nothing to group");
  const gone = new Set(sets.flatMap(({ from }) => from));
  // In the place of its last attachment: what it depends on comes before.
  const rewritten = resources.flatMap((state) => {
    const set = sets.find(({ from }) => from.at(-1) === state);
    return set ? [set.state] : gone.has(state) ? [] : [state];
  });
  const deployment = { ...stack.deployment, resources: rewritten };
  return {
    text: `${JSON.stringify({ ...stack, deployment }, null, 4)}\n`,
    sets: sets.map(({ grouped }) => grouped),
    left: all.filter((state) => !gone.has(state)).map(({ urn }) => logicalName(urn)),
  };
}

function isOf({ type }: StateResource, className: string): boolean {
  return type === `pulumi-nodejs:dynamic/plivo:${className}` || type === `plivo:index:${className}`;
}

/** The resources that others depend on or belong to: these would have to refer to the set. */
function mentionedBy(resources: readonly StateResource[]): ReadonlySet<Json | undefined> {
  return new Set(
    resources.flatMap(({ dependencies, replaceWith, parent, deletedWith }) => {
      return [...listOf(dependencies), ...listOf(replaceWith), parent, deletedWith];
    }),
  );
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** Marks of what is not settled: a delete or replacement that is pending, a failed initialisation, a resource that is only read. */
const UNSETTLED = ["delete", "initErrors", "external", "pendingReplacement", "taint"];
/** Options that keep a number where it is: the set has each that one of its attachments has. */
const KEEPING = ["protect", "retainOnDelete"];

function attachmentOf(state: StateResource): Attachment | undefined {
  const { id, inputs, outputs } = state;
  if (!isObject(inputs) || !isObject(outputs) || typeof id !== "string") return undefined;
  if (UNSETTLED.some((mark) => state[mark]) || "__maybe" in outputs || "__unconfirmed" in outputs) return undefined;
  const { trunkId } = inputs;
  // A secret is none in the other place.
  if (
    typeof inputs.number !== "string" ||
    typeof trunkId !== "string" ||
    outputs.trunkId !== trunkId ||
    outputs.number !== id
  )
    return undefined;
  const back = outputs.restoreApplication ?? outputs.previousApplication ?? undefined;
  if (back !== undefined && typeof back !== "string") return undefined;
  return { state, number: id, trunkId, back };
}

interface NewSet {
  readonly state: StateResource;
  readonly from: readonly StateResource[];
  readonly grouped: Grouped;
}

function setOf(group: readonly Attachment[], resources: readonly StateResource[], taken: Set<string>): NewSet {
  const [first] = group;
  if (!first) throw new Error("a group has a member");
  const { state, trunkId } = first;
  const trunk = resources.find((other) => isOf(other, "Trunk") && other.id === trunkId);
  const name = trunk ? `${logicalName(trunk.urn)}-numbers` : `trunk-${trunkId}-numbers`;
  const urn = freeUrn(state.urn, name, taken);
  const numbers = group.map(({ number }) => number).sort();
  const from = group.map((member) => member.state);
  const keeping = KEEPING.filter((option) => from.some((state) => state[option] === true));
  const set = {
    urn,
    custom: true,
    id: trunkId,
    type: state.type.replace(ATTACHMENT, SET),
    inputs: { ...providerText(state.inputs), trunkId, numbers, exclusive: false },
    outputs: {
      ...providerText(state.outputs),
      ...{ trunkId, numbers, exclusive: false, restoreApplication: null, previousApplications: routesOf(group) },
    },
    ...kept(state, ["parent", "provider", "created", "modified"]),
    ...Object.fromEntries(keeping.map((option) => [option, true])),
    dependencies: [...new Set(from.flatMap(({ dependencies }) => listOf(dependencies)))],
    propertyDependencies: { trunkId: dependenciesOf(from, "trunkId"), numbers: dependenciesOf(from, "number") },
  };
  const options = keeping.map((option) => `${option}: true`);
  return { state: set, from, grouped: { name: logicalName(urn), trunkId, numbers, options } };
}

function freeUrn(urn: string, name: string, taken: Set<string>): string {
  const [stack, project, types = ""] = urn.split("::");
  const place = [stack, project, types.replace(new RegExp(`${ATTACHMENT}$`), SET)].join("::");
  let free = `${place}::${name}`;
  for (let nth = 2; taken.has(free); nth++) free = `${place}::${name}-${nth}`;
  taken.add(free);
  return free;
}

function kept(state: StateResource, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => state[key] !== undefined).map((key) => [key, state[key]]));
}

/** What tells the host of dynamic resources who serves this one. */
function providerText(fields: Json | undefined): JsonObject {
  const text = isObject(fields) ? fields.__provider : undefined;
  return typeof text === "string" ? { __provider: text.replace("phoneNumberAttachment", "trunkPhoneNumbers") } : {};
}

/** What a number goes back to is what was recorded of it, unless the program named something else. */
function routesOf(group: readonly Attachment[]): Json {
  const routes = new Map<string, string[]>();
  for (const { number, back } of [...group].sort((one, other) => (one.number < other.number ? -1 : 1)))
    if (back !== undefined) routes.set(back, [...(routes.get(back) ?? []), number]);
  return routes.size === 0 ? null : Object.fromEntries(routes);
}

function dependenciesOf(from: readonly StateResource[], key: string): readonly Json[] {
  const lists = from.map(({ propertyDependencies }) =>
    isObject(propertyDependencies) ? listOf(propertyDependencies[key]) : [],
  );
  return [...new Set(lists.flat())];
}
