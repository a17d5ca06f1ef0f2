/** Which phone numbers of the program are one set for each trunk, and which are attachments. */
import { visible } from "../../provider/text/visible";
import { countOf, describe, shortList } from "../inventory/describe";
import { type Inventory, keyOf, type LiveObject } from "../inventory/inventory";
import type { ManagedSet } from "../inventory/stack-state";
import type { KnownObjects } from "./known-objects";
import type { Oddity } from "./oddities";

/** `auto`: what the file of an earlier run has, else a set for more than a few numbers. */
export type NumbersAs = "auto" | "attachments" | "sets";

/** A page of Plivo's lists: for so many numbers a set saves no read, and a preview of attachments fits a screen. */
const FEW = 20;

export interface NumberForms {
  /** What is adopted, with sets in the place of the attachments that they have. */
  readonly objects: ReadonlyMap<string, LiveObject>;
  /** The sets of the whole account, for names that do not depend on the part that is adopted. */
  readonly sets: ReadonlyMap<string, LiveObject>;
  /** About trunks whose numbers would be a set, and cannot be, or belong to a set of the stack. */
  readonly oddities: readonly Oddity[];
}

export interface FormRequest {
  readonly numbersAs: NumbersAs;
  readonly known: KnownObjects;
  /** Objects that an earlier run has written, by key. */
  readonly written: ReadonlyMap<string, string>;
}

/** The import of a set takes every number of the trunk: it is written only where all of them are adopted. */
export function numberForms(
  { objects }: Inventory,
  adopted: ReadonlyMap<string, LiveObject>,
  request: FormRequest,
): NumberForms {
  const result = new Map(adopted);
  const sets = new Map<string, LiveObject>();
  const oddities: Oddity[] = [];
  for (const [trunkId, numbers] of numbersByTrunk(objects)) {
    const trunk = objects.get(keyOf("Trunk", trunkId));
    const managed = request.known.sets.get(trunkId);
    const isWanted = managed?.isExclusive === true || isSetWanted(trunkId, numbers, request);
    if (!trunk || !isWanted) continue;
    const set = setOf(trunk, numbers);
    if (!managed) sets.set(keyOf(set.token, set.id), set);
    const own = numbers.filter(({ token, id }) => adopted.has(keyOf(token, id)));
    if (own.length === 0) continue;
    const obstacle = obstacleTo({ managed, own, numbers }, request.known);
    if (obstacle) oddities.push(oddityOf(obstacle, trunk, adopted));
    if (obstacle?.kind === "attachments-for-set") continue;
    for (const { token, id } of own) result.delete(keyOf(token, id));
    if (!obstacle) result.set(keyOf(set.token, set.id), set);
  }
  return { objects: result, sets, oddities };
}

function numbersByTrunk(objects: ReadonlyMap<string, LiveObject>): ReadonlyMap<string, readonly LiveObject[]> {
  const groups = new Map<string, LiveObject[]>();
  for (const object of objects.values()) {
    if (object.token !== "PhoneNumberAttachment") continue;
    const trunkId = String(object.live.trunkId);
    const group = groups.get(trunkId);
    if (group) group.push(object);
    else groups.set(trunkId, [object]);
  }
  return groups;
}

/** What a stack or an earlier file has in one form is not written in the other: the old resource would be deleted. */
function isSetWanted(
  trunkId: string,
  numbers: readonly LiveObject[],
  { numbersAs, known, written }: FormRequest,
): boolean {
  if (numbersAs !== "auto") return numbersAs === "sets";
  if (known.sets.has(trunkId) || written.has(keyOf("TrunkPhoneNumbers", trunkId))) return true;
  return numbers.length > FEW && !numbers.some(({ token, id }) => written.has(keyOf(token, id)));
}

function setOf({ id, friendlyName }: LiveObject, numbers: readonly LiveObject[]): LiveObject {
  const live = { trunkId: id, numbers: numbers.map((number) => number.id) };
  return { token: "TrunkPhoneNumbers", id, live, friendlyName };
}

interface TrunkNumbers {
  /** Of the stack. */
  readonly managed: ManagedSet | undefined;
  /** Those that are adopted. */
  readonly own: readonly LiveObject[];
  /** All of the trunk. */
  readonly numbers: readonly LiveObject[];
}

interface Obstacle {
  /** The numbers are attachments, or are left out. */
  readonly kind: "attachments-for-set" | "exclusive-set";
  readonly text: string;
}

/** Why the numbers are no set of this program; `undefined`: they can be one. */
function obstacleTo({ managed, own, numbers }: TrunkNumbers, known: KnownObjects): Obstacle | undefined {
  const count = `${countOf(own.length, "phone number")} of this trunk ${own.length === 1 ? "is" : "are"}`;
  const attachments = (why: string): Obstacle => ({ kind: "attachments-for-set", text: `${count} ${why}` });
  if (managed) {
    const named = `set ${visible(JSON.stringify(managed.name))} of the stack`;
    if (!managed.isExclusive)
      return attachments(`not in the ${named}, and written as attachments: add them to the set instead`);
    const list = shortList(own.map(({ id }) => id));
    const text = `${count} not adopted, because the ${named} is exclusive, and detaches after a refresh what it does not name: add ${list}`;
    return { kind: "exclusive-set", text };
  }
  if (own.length === numbers.length) return undefined;
  const all = "the import of a set takes every number of its trunk";
  const others = numbers.filter(({ token, id }) => known.names.has(keyOf(token, id))).length;
  if (others === 0) return attachments(`adopted, of ${numbers.length}, and written as attachments: ${all}`);
  return attachments(
    `written as attachments, because the stack has ${others} already and ${all}; after \`pulumi up\`, \`npx pulumi-plivo migrate --group-numbers\` makes a set of them`,
  );
}

/** Above the trunk, or at the beginning of a program without it. */
function oddityOf({ kind, text }: Obstacle, trunk: LiveObject, adopted: ReadonlyMap<string, LiveObject>): Oddity {
  const key = keyOf(trunk.token, trunk.id);
  return adopted.has(key) ? { kind, at: key, text } : { kind, at: undefined, text: `${describe(trunk)}: ${text}` };
}
