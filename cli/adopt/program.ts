/** What the program will say, before it is known in which language: resources, their arguments, references and comments. */
import { isNullish, mayHoldPassword, type Property, type Values } from "../../provider/lifecycle/index";
import { type ResourceToken, resources } from "../../provider/resources/index";
import { camelCase } from "./names";
import type { Oddity } from "./oddities";
import { keyOf, type LiveObject } from "./read-account";

export type Argument = { readonly key: string; readonly property: Property } & (
  | { readonly literal: string | boolean | readonly string[]; readonly note?: string }
  | { readonly reference: ProgramResource; readonly output: string }
  | { readonly secret: string }
);

export interface ProgramResource {
  readonly token: ResourceToken;
  readonly id: string;
  readonly name: string;
  readonly friendlyName: string;
  readonly comments: readonly string[];
  readonly args: readonly Argument[];
  /** Whether another resource of the program refers to it. */
  isReferenced: boolean;
}

export interface Secret {
  /** In the configuration of the stack. */
  readonly key: string;
  readonly of: ProgramResource;
  readonly property: string;
}

export interface Section {
  readonly title: string;
  readonly resources: readonly ProgramResource[];
}

export interface Program {
  /** About the account as a whole. */
  readonly comments: readonly string[];
  readonly sections: readonly Section[];
  readonly secrets: readonly Secret[];
}

export interface ProgramRequest {
  /** The objects to write. */
  readonly objects: readonly LiveObject[];
  /** By key; for all objects of the account. */
  readonly names: ReadonlyMap<string, string>;
  readonly oddities: readonly Oddity[];
  /** Objects of another program, by key: the comment where something refers to one. */
  readonly elsewhere: ReadonlyMap<string, string>;
}

export function programOf(request: ProgramRequest): Program {
  const made = new Map<string, ProgramResource>();
  const secrets: Secret[] = [];
  // What is referred to comes first.
  const sorted = [...request.objects].sort(
    (one, other) => rank(one) - rank(other) || compareNames(request, one, other),
  );
  for (const object of sorted) {
    const resource = resourceOf(object, request, made);
    made.set(keyOf(object.token, object.id), resource);
    for (const argument of resource.args)
      if ("secret" in argument) secrets.push({ key: argument.secret, of: resource, property: argument.key });
  }
  const comments = request.oddities.filter(({ at }) => at === undefined).map(({ text }) => text);
  return { comments, sections: sectionsOf([...made.values()]), secrets };
}

const ORDER: readonly ResourceToken[] = [
  "Credential",
  "IpAccessControlList",
  "OriginationUri",
  "Trunk",
  "PhoneNumberAttachment",
];

function rank({ token }: LiveObject): number {
  return ORDER.indexOf(token);
}

function compareNames({ names }: ProgramRequest, one: LiveObject, other: LiveObject): number {
  const [a = "", b = ""] = [one, other].map(({ token, id }) => names.get(keyOf(token, id)));
  return a < b ? -1 : 1;
}

function resourceOf(
  { token, id, live, friendlyName }: LiveObject,
  request: ProgramRequest,
  made: ReadonlyMap<string, ProgramResource>,
): ProgramResource {
  const key = keyOf(token, id);
  const name = request.names.get(key) ?? id;
  const comments = request.oddities.filter(({ at }) => at === key).map(({ text }) => text);
  const args = Object.entries(resources[token].properties).flatMap(([argument, property]) => {
    const value = argumentOf(argument, property, live, name, request, made);
    return value ? [value] : [];
  });
  return { token, id, name, friendlyName, comments, args, isReferenced: false };
}

/** `undefined`: the program leaves it out. */
function argumentOf(
  key: string,
  property: Property,
  live: Values,
  name: string,
  { elsewhere }: ProgramRequest,
  made: ReadonlyMap<string, ProgramResource>,
): Argument | undefined {
  const { role, facts } = property;
  const secret = `${camelCase(name)}${key.slice(0, 1).toUpperCase()}${key.slice(1)}`;
  if (role === "writeOnly") {
    const isUsed = facts.onlyWith === undefined || live[facts.onlyWith] === true;
    return isUsed ? { key, property, secret } : undefined;
  }
  const value = live[key];
  if (role !== "input" || isNullish(value) || value === facts.default) return undefined;
  if (facts.refersTo !== undefined && typeof value === "string") {
    const target = keyOf(facts.refersTo, value);
    const resource = made.get(target);
    const note = elsewhere.get(target);
    if (!resource) return { key, property, literal: value, ...(note !== undefined && { note }) };
    resource.isReferenced = true;
    return { key, property, reference: resource, output: resources[resource.token].id };
  }
  if (Array.isArray(value)) return { key, property, literal: [...value.map(String)].sort() };
  if (typeof value === "boolean") return { key, property, literal: value };
  const text = String(value);
  return holdsPassword(property, text) ? { key, property, secret } : { key, property, literal: text };
}

/** `sip:user:password@host`: what the definition refuses for the password in it. A name with such signs is a name. */
export function holdsPassword({ facts }: Property, text: string): boolean {
  return mayHoldPassword(text) && !facts.schema.safeParse(text).success;
}

function sectionsOf(all: readonly ProgramResource[]): readonly Section[] {
  const of = (token: ResourceToken) => all.filter((resource) => resource.token === token);
  const attachments = groupedByTrunk(of("PhoneNumberAttachment"));
  const trunks = of("Trunk").flatMap((trunk) => [trunk, ...(attachments.get(trunk) ?? [])]);
  const sections = [
    { title: "Credentials", resources: of("Credential") },
    { title: "IP access control lists", resources: of("IpAccessControlList") },
    { title: "Origination URIs", resources: of("OriginationUri") },
    { title: "Trunks and their phone numbers", resources: trunks },
    { title: "Phone numbers of other trunks", resources: attachments.get(undefined) ?? [] },
  ];
  return sections.filter((section) => section.resources.length > 0);
}

/** `undefined`: the trunk is not in this program. */
function groupedByTrunk(
  attachments: readonly ProgramResource[],
): ReadonlyMap<ProgramResource | undefined, readonly ProgramResource[]> {
  const groups = new Map<ProgramResource | undefined, ProgramResource[]>();
  for (const attachment of attachments) {
    const [trunk] = attachment.args.flatMap((argument) => ("reference" in argument ? [argument.reference] : []));
    const group = groups.get(trunk) ?? [];
    group.push(attachment);
    groups.set(trunk, group);
  }
  return groups;
}
