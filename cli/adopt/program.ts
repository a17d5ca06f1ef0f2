/** What the program will say, before it is known in which language: resources, their arguments, references and comments. */
import { isNullish, type Property, type Values } from "../../provider/lifecycle/index";
import { type ResourceToken, resources } from "../../provider/resources/index";
import { holdsPassword } from "../inventory/hidden-names";
import { keyOf, type LiveObject } from "../inventory/inventory";
import { type SecretKeys, secretKeyOf } from "./naming/secret-keys";
import type { Oddity } from "./oddities";

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
  readonly keys: SecretKeys;
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

/** What others refer to comes first; else the order of the definitions. */
const ORDER = tokensByDepth();

function tokensByDepth(): readonly ResourceToken[] {
  const depthOf = (token: string): number => {
    const { properties } = resources[token as ResourceToken];
    const targets = Object.values(properties).flatMap(({ facts }) => facts.refersTo ?? []);
    return Math.max(0, ...targets.map((target) => 1 + depthOf(target)));
  };
  const tokens = Object.keys(resources) as ResourceToken[];
  return tokens.sort((one, other) => depthOf(one) - depthOf(other));
}

function rank({ token }: LiveObject): number {
  return ORDER.indexOf(token);
}

function compareNames({ names }: ProgramRequest, one: LiveObject, other: LiveObject): number {
  const [a = "", b = ""] = [one, other].map(({ token, id }) => names.get(keyOf(token, id)));
  return a < b ? -1 : 1;
}

function resourceOf(
  { token, id, live, friendlyName, hidesName = false }: LiveObject,
  request: ProgramRequest,
  made: ReadonlyMap<string, ProgramResource>,
): ProgramResource {
  const key = keyOf(token, id);
  const name = request.names.get(key) ?? id;
  const comments = request.oddities.filter(({ at }) => at === key).map(({ text }) => text);
  const args = Object.entries(resources[token].properties).flatMap(([argument, property]) => {
    const secret = secretKeyOf(name, argument, id, request.keys);
    if (hidesName && argument === "name") return [{ key: argument, property, secret }];
    const value = argumentOf(argument, property, live, secret, request, made);
    return value ? [value] : [];
  });
  return { token, id, name, friendlyName, comments, args, isReferenced: false };
}

/** `undefined`: the program leaves it out. */
function argumentOf(
  key: string,
  property: Property,
  live: Values,
  secret: string,
  { elsewhere }: ProgramRequest,
  made: ReadonlyMap<string, ProgramResource>,
): Argument | undefined {
  const { role, facts } = property;
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

/** By kind. An attachment stands behind what it refers to. */
function sectionsOf(all: readonly ProgramResource[]): readonly Section[] {
  const isAttachment = ({ token }: ProgramResource) => resources[token].identity === "chosen";
  const attachments = groupedByTarget(all.filter(isAttachment));
  const sections = ORDER.map((token): Section => {
    const own = all.filter((resource) => resource.token === token && !isAttachment(resource));
    const withAttachments = own.flatMap((resource) => [resource, ...(attachments.get(resource) ?? [])]);
    const title = titleOf(token) + (withAttachments.length > own.length ? " and their phone numbers" : "");
    return { title, resources: withAttachments };
  });
  const rest = { title: "Phone numbers of other trunks", resources: attachments.get(undefined) ?? [] };
  return [...sections, rest].filter((section) => section.resources.length > 0);
}

/** `Origination URIs` */
function titleOf(token: ResourceToken): string {
  const { noun } = resources[token];
  return `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}s`;
}

/** `undefined`: it is not in this program. */
function groupedByTarget(
  attachments: readonly ProgramResource[],
): ReadonlyMap<ProgramResource | undefined, readonly ProgramResource[]> {
  const groups = new Map<ProgramResource | undefined, ProgramResource[]>();
  for (const attachment of attachments) {
    const [target] = attachment.args.flatMap((argument) => ("reference" in argument ? [argument.reference] : []));
    const group = groups.get(target) ?? [];
    group.push(attachment);
    groups.set(target, group);
  }
  return groups;
}
