/** One thing that an audit found, for a person and for a machine. */
import { visible } from "../../provider/text/visible";
import type { LiveObject } from "../inventory/inventory";
import { allKinds, type Kind, type Severity, severities, severityOf } from "./kinds";

export interface ObjectReference {
  /** The class, or `PhoneNumber`. */
  readonly type: string;
  readonly id: string;
  /** In Plivo's console. Blank where there is none. */
  readonly name: string;
}

export interface ResourceReference {
  /** As it was given: the name of the stack or its file. */
  readonly stack: string;
  readonly urn: string;
  /** In the program. */
  readonly name: string;
}

export interface Finding {
  readonly kind: Kind;
  /** `null`: it is about a resource without an object, or about the account. */
  readonly object: ObjectReference | null;
  readonly resource: ResourceReference | null;
  /** Of the resource. */
  readonly property: string | null;
  /** The phone numbers that it is about, all of them. */
  readonly numbers: readonly string[];
  /** What is wrong, and what that means. */
  readonly text: string;
  /** What to do. */
  readonly action: string;
}

interface Parts {
  readonly object?: LiveObject | ObjectReference | undefined;
  readonly resource?: ResourceReference | undefined;
  readonly property?: string;
  readonly numbers?: readonly string[];
  readonly text: string;
  readonly action: string;
}

/** On one line, without characters that a terminal or a pipeline would obey. */
export function finding(kind: Kind, { object, resource, property, numbers = [], text, action }: Parts): Finding {
  return {
    kind,
    object: object === undefined ? null : objectReference(object),
    resource: resource ?? null,
    property: property ?? null,
    numbers,
    text: visible(text),
    action: visible(action),
  };
}

function objectReference(object: LiveObject | ObjectReference): ObjectReference {
  if ("type" in object) return object;
  const type = object.token === "PhoneNumberAttachment" ? "PhoneNumber" : object.token;
  return { type, id: visible(object.id), name: visible(object.friendlyName) };
}

/** The same for the same account and the same stacks: the worst first, then by kind, then by object. */
export function sorted(findings: readonly Finding[]): readonly Finding[] {
  const keyed = findings.map((one) => ({ one, key: sortKey(one) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ one }) => one);
}

function sortKey({ kind, object, resource, property, text }: Finding): string {
  const rank = String(allKinds.indexOf(kind)).padStart(2, "0");
  return [severities.indexOf(severityOf(kind)), rank, object?.type, object?.id, resource?.urn, property, text].join(
    " ",
  );
}

export function countsOf(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const { kind } of findings) counts[severityOf(kind)]++;
  return counts;
}

export function byKind(findings: readonly Finding[]): ReadonlyMap<Kind, readonly Finding[]> {
  const groups = new Map<Kind, Finding[]>();
  for (const one of findings) groups.set(one.kind, [...(groups.get(one.kind) ?? []), one]);
  return groups;
}
