/** What the rules judge: the account, and what the given stacks have of it. */

import { visible } from "../../provider/text/visible";
import { digitsOf, type LiveObject, type PhoneNumber, twinsOf, usersOf } from "../inventory/inventory";
import type { Reading } from "../inventory/read-account";
import { managedKey, type StackState, type StateEntry } from "../inventory/stack-state";
import type { Finding, ResourceReference } from "./finding";

export interface AuditedStack {
  /** As it was given: the name of the stack, or its file. */
  readonly label: string;
  readonly state: StackState;
  /** Whether its own configuration names the account that is read. */
  readonly isOfAccount: boolean;
}

export interface Managed {
  readonly stack: AuditedStack;
  readonly entry: StateEntry;
}

export interface Audited {
  readonly reading: Reading;
  readonly stacks: readonly AuditedStack[];
  /** The resources that manage an object, by `keyOf`. */
  readonly managed: ReadonlyMap<string, readonly Managed[]>;
  /** The objects that refer to an object, by `keyOf`. */
  readonly users: ReadonlyMap<string, readonly LiveObject[]>;
  /** The other objects with its name, by `keyOf`. */
  readonly twins: ReadonlyMap<string, readonly LiveObject[]>;
  /** Trunk -> the numbers routed to it. */
  readonly numbersOf: ReadonlyMap<string, readonly PhoneNumber[]>;
}

/** Judges without a request. */
export type Rule = (audited: Audited) => readonly Finding[];

export function auditedOf(reading: Reading, stacks: readonly AuditedStack[]): Audited {
  const managed = new Map<string, Managed[]>();
  for (const stack of stacks)
    for (const entry of stack.state.entries) {
      const key = managedKey(entry);
      if (key !== undefined) managed.set(key, [...(managed.get(key) ?? []), { stack, entry }]);
    }
  const numbersOf = new Map<string, PhoneNumber[]>();
  for (const number of reading.numbers) {
    if (number.trunkId === null) continue;
    const group = numbersOf.get(number.trunkId) ?? [];
    group.push(number);
    numbersOf.set(number.trunkId, group);
  }
  return { reading, stacks, managed, users: usersOf(reading), twins: twinsOf(reading), numbersOf };
}

export function resourceReference(
  { label }: AuditedStack,
  { urn, name }: { urn: string; name: string },
): ResourceReference {
  return { stack: label, urn, name: visible(name) };
}

export function objectsOf({ reading }: Audited, token: LiveObject["token"]): readonly LiveObject[] {
  return [...reading.objects.values()].filter((object) => object.token === token);
}

/** As ids have them. */
export function digitsOfAll(numbers: readonly PhoneNumber[]): readonly string[] {
  return numbers.map(({ number }) => digitsOf(number));
}
