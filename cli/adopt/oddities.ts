/** What a reader of the program should know: marked where it stands, and reported by the command. */
import { resources } from "../../provider/resources/index";
import { visible } from "../../provider/text/visible";
import { countOf, describe, shortList } from "../inventory/describe";
import { type Inventory, keyOf, type LiveObject, referencesOf, twinsOf, usersOf } from "../inventory/inventory";
import { unusualValues } from "../inventory/unusual-values";

export type OddityKind =
  | "outbound-number"
  | "unknown-direction"
  | "number-without-trunk"
  | "disabled-trunk-with-numbers"
  | "missing-reference"
  | "same-name"
  | "no-name"
  | "unused"
  | "used-elsewhere"
  | "trunk-not-adopted"
  | "attachments-for-set"
  | "exclusive-set"
  | "unconfirmed-create"
  | "interrupted-create"
  | "password-in-value"
  | "unusual-value";

export interface Oddity {
  readonly kind: OddityKind;
  /** `keyOf` the object in whose place it is marked; `undefined`: at the beginning of the program. */
  readonly at: string | undefined;
  readonly text: string;
}

/** About the adopted objects, in their order, and about numbers that no program can hold. */
export function odditiesOf(
  inventory: Inventory,
  adopted: ReadonlyMap<string, LiveObject>,
  { isElsewhere, isWhole }: { isElsewhere(key: string): boolean; readonly isWhole: boolean },
): readonly Oddity[] {
  const users = usersOf(inventory);
  const twins = twinsOf(inventory);
  const isManaged = (key: string) => adopted.has(key) || isElsewhere(key);
  const objects = [...adopted].flatMap(([at, object]) => {
    const found = [
      ...aboutName(object, twins.get(at) ?? []),
      ...aboutReferences(object, inventory, isManaged),
      ...aboutUsers(object, users.get(at) ?? [], isManaged),
      ...unusualValues(object),
    ];
    return found.map(([kind, text]) => ({ kind, at, text: visible(text) }));
  });
  // What belongs to no object is about the whole account.
  return [...objects, ...aboutNumbers(inventory, adopted).filter(({ at }) => isWhole || at !== undefined)];
}

/** It is not in the program, because the next run of the stack decides what it is. */
export function aboutUnconfirmed(object: LiveObject): Oddity {
  const text = `not adopted, because it may be what an unconfirmed create of the stack made: ${describe(object)}; run \`pulumi up\` or \`pulumi refresh\` first`;
  return { kind: "unconfirmed-create", at: undefined, text };
}

/** It is not in the program, because the resource that made it would be created again beside it. */
export function aboutInterrupted(object: LiveObject): Oddity {
  const text = `not adopted, because it may be what an interrupted create of the stack made: ${describe(object)}; delete it, or run \`pulumi refresh --clear-pending-creates\` first to adopt it`;
  return { kind: "interrupted-create", at: undefined, text };
}

type Found = readonly [OddityKind, string];

function aboutName(object: LiveObject, twins: readonly LiveObject[]): readonly Found[] {
  const { token, friendlyName, hidesName } = object;
  if (resources[token].identity === "chosen" || hidesName) return [];
  if (friendlyName === "") return [["no-name", "it has no friendly name at Plivo"]];
  const others = twins.map((twin) => twin.id);
  if (others.length === 0) return [];
  return [["same-name", `another ${resources[token].noun} has the same friendly name: ${shortList(others)}`]];
}

function aboutReferences(
  object: LiveObject,
  { objects }: Inventory,
  isManaged: (key: string) => boolean,
): readonly Found[] {
  return referencesOf(object).flatMap(({ property, token, id }): readonly Found[] => {
    const target = objects.get(keyOf(token, id));
    if (!target)
      return [["missing-reference", `${property} refers to ${resources[token].noun} ${id}, which does not exist`]];
    if (isManaged(keyOf(token, id))) return [];
    return [["trunk-not-adopted", `${property} is an id: ${describe(target)} is not adopted`]];
  });
}

function aboutUsers(
  object: LiveObject,
  users: readonly LiveObject[],
  isManaged: (key: string) => boolean,
): readonly Found[] {
  const { token, live } = object;
  if (resources[token].identity === "chosen") return [];
  if (token === "Trunk") {
    if (live.trunkStatus !== "disabled" || users.length === 0) return [];
    return [
      [
        "disabled-trunk-with-numbers",
        `it is disabled and has ${countOf(users.length, "phone number")}: calls to them are refused`,
      ],
    ];
  }
  if (users.length === 0) return [["unused", "no trunk uses it"]];
  const others = users.filter((user) => !isManaged(keyOf(user.token, user.id)));
  return others.length === 0
    ? []
    : [["used-elsewhere", `also used by ${shortList(others.map(describe))}, not adopted`]];
}

/** Numbers whose trunk does not take their calls. They are not written, wherever they are. */
function aboutNumbers({ numbers, objects }: Inventory, adopted: ReadonlyMap<string, LiveObject>): readonly Oddity[] {
  const byTrunk = new Map<string, string[]>();
  for (const { number, trunkId } of numbers) {
    if (trunkId === null) continue;
    const group = byTrunk.get(trunkId) ?? [];
    group.push(number);
    byTrunk.set(trunkId, group);
  }
  return [...byTrunk].flatMap(([trunkId, group]): readonly Oddity[] => {
    const at = keyOf("Trunk", trunkId);
    const trunk = objects.get(at);
    const subject = `phone number${group.length === 1 ? "" : "s"} ${shortList(group)}`;
    if (!trunk) {
      const text = `not adopted, because trunk ${trunkId} does not exist: ${subject}`;
      return [{ kind: "number-without-trunk", at: undefined, text: visible(text) }];
    }
    const { trunkDirection } = trunk.live;
    if (trunkDirection === "inbound" || !adopted.has(at)) return [];
    const [kind, text] = aboutSilent(trunkDirection, group.length === 1);
    return [{ kind, at, text: visible(`${subject} ${text} not in the program`) }];
  });
}

function aboutSilent(trunkDirection: unknown, isOne: boolean): Found {
  const [verb, pronoun] = isOne ? ["is", "it does"] : ["are", "they do"];
  const rest = isOne ? "the number is" : "the numbers are";
  if (trunkDirection === "outbound")
    return ["outbound-number", `${verb} attached to this outbound trunk, where ${pronoun} not ring; ${rest}`];
  const direction = JSON.stringify(trunkDirection);
  return [
    "unknown-direction",
    `${verb} attached to this trunk, whose direction ${direction} is neither inbound nor outbound; ${rest}`,
  ];
}
