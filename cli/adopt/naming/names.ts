/**
 * Logical names from friendly names: legal in every language, unique in the program, and the same from run to run. They
 * are given for the whole account, whatever part of it is adopted, and depend on nothing but its objects and the names that
 * an earlier run has written.
 */
import { type ResourceToken, resources } from "../../../provider/resources/index";
import type { LiveObject } from "../../inventory/inventory";
import { isReserved } from "./reserved-words";

/** In names that need it: `support-trunk`, `trunk-24x7`, `number-14155550100`, `support-numbers`. */
function kindOf(token: ResourceToken): string {
  const { claims, noun } = resources[token];
  return slugOf(claims?.property ?? noun.replace(/^.* /, ""));
}

const LONGEST = 60;
/** Characters at the end of an id that tell objects of one name apart. */
const SUFFIX = 6;

interface Candidate {
  readonly key: string;
  readonly object: LiveObject;
  readonly slug: string;
  hasKind: boolean;
  /** The characters of the id that are in the name. */
  idLength: number;
  /** From 2 on at the end of a name that the stack has in every other form. */
  count: number;
}

/**
 * @param taken names in the program beside which these will stand: they stay as they are
 * @param written names that objects have already, by key
 */
export function logicalNames(
  objects: ReadonlyMap<string, LiveObject>,
  taken: ReadonlySet<string> = new Set(),
  written: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const kept = [...written].filter(([key]) => objects.has(key));
  const isKept = new Set(kept.map(([key]) => key));
  const candidates = [...objects].filter(([key]) => !isKept.has(key)).map(([key, object]) => candidateFor(key, object));
  const fixed = new Set([...taken, ...kept.map(([, name]) => name)].map(likenessOf));
  const nextGroups = () => collisions(candidates, fixed);
  // Each round makes the names of a group longer, up to the kind and the whole id, which are unique.
  for (let groups = nextGroups(); groups.length > 0; groups = nextGroups())
    if (!groups.map((group) => tellApart(group, fixed)).some(Boolean)) break;
  return new Map([...kept, ...candidates.map((candidate) => [candidate.key, nameOf(candidate)] as const)]);
}

function candidateFor(key: string, object: LiveObject): Candidate {
  const { token, id, friendlyName } = object;
  const slug = slugOf(friendlyName);
  const isNumber = token === "PhoneNumberAttachment";
  // Nothing of the name is left, or there is none: the id has to do.
  if (slug === "") return { key, object, slug: "", hasKind: true, idLength: isNumber ? id.length : SUFFIX, count: 1 };
  // A set has the name of its trunk.
  const hasKind = isReserved(slug) || token === "TrunkPhoneNumbers";
  return { key, object, slug, hasKind, idLength: 0, count: 1 };
}

/** `Zürich (main)` -> `zurich-main`; blank if there is no letter or digit of ASCII in it. */
export function slugOf(name: string): string {
  const ascii = name.normalize("NFKD").replace(/\p{M}/gu, "");
  const words = ascii.replace(/[^A-Za-z0-9]+/g, "-").toLowerCase();
  return words.slice(0, LONGEST).replace(/^-+|-+$/g, "");
}

function nameOf({ object: { token, id }, slug, hasKind, idLength, count }: Candidate): string {
  const suffix = idLength === 0 ? "" : slugOf(id.slice(-idLength));
  const kind = kindOf(token);
  const parts = /^\d|^$/.test(slug) ? [kind, slug, suffix] : [slug, hasKind ? kind : "", suffix];
  return [...parts, count > 1 ? String(count) : ""].filter((part) => part !== "").join("-");
}

/** Two names are alike where a language would write them alike: `a-b` and `ab` are both `aB` or `ab` in some. */
function likenessOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}

/** A name that is fixed belongs to its group in every round. */
function collisions(candidates: readonly Candidate[], fixed: ReadonlySet<string>): readonly (readonly Candidate[])[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const likeness = likenessOf(nameOf(candidate));
    const group = groups.get(likeness);
    if (group) group.push(candidate);
    else groups.set(likeness, [candidate]);
  }
  return [...groups].filter(([likeness, { length }]) => length > 1 || fixed.has(likeness)).map(([, group]) => group);
}

/** All of a group in the same way: none of them is the first. Objects of one kind differ by their ids, others by kind. */
function tellApart(group: readonly Candidate[], fixed: ReadonlySet<string>): boolean {
  const counts = new Map<ResourceToken, number>();
  for (const { object } of group) counts.set(object.token, (counts.get(object.token) ?? 0) + 1);
  let isChanged = false;
  for (const candidate of group) {
    const { token, id } = candidate.object;
    const isFixed = fixed.has(likenessOf(nameOf(candidate)));
    const isByKind = group.length > 1 && counts.get(token) === 1 && !candidate.hasKind;
    if (isByKind) candidate.hasKind = true;
    else if (candidate.idLength < id.length) lengthen(candidate);
    else if (!candidate.hasKind) candidate.hasKind = true;
    else if (isFixed) candidate.count += 1;
    else continue;
    isChanged = true;
  }
  return isChanged;
}

function lengthen(candidate: Candidate): void {
  candidate.idLength = candidate.idLength === 0 ? SUFFIX : candidate.object.id.length;
}

/** `support-eu` -> `supportEu` */
export function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `support-eu` -> `support_eu` */
export function snakeCase(name: string): string {
  return name.replaceAll("-", "_");
}
