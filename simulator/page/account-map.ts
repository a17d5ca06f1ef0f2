import { type Kind, type NumberRow, referenceTarget, type TrunkRow, trunkReferences } from "../account/rows";
import type { Store } from "../account/store";
import { describe } from "./described";
import type { ObjectKey } from "./view";

/** A trunk with the numbers that are attached to it. */
export interface Route {
  readonly trunk: TrunkRow;
  readonly numbers: readonly NumberRow[];
}

/** What one account holds, in the order in which calls pass it. */
export interface AccountMap {
  readonly routes: readonly Route[];
  /** Numbers that are attached to no trunk. */
  readonly otherNumbers: readonly NumberRow[];
  /** What no trunk uses. */
  readonly unused: readonly ObjectKey[];
  /** How many trunks use an object. */
  usersOf(id: string): number;
}

/** Goes through the numbers once: asking the store trunk by trunk takes a second with thousands of them. */
export function mapOf(store: Store): AccountMap {
  const numbersOf = new Map<string | null, NumberRow[]>();
  for (const row of store.numbers.values()) {
    const numbers = numbersOf.get(row.application);
    if (numbers === undefined) numbersOf.set(row.application, [row]);
    else numbers.push(row);
  }
  const users = new Map<string, number>();
  const routes = [...store.trunks.values()].map((trunk) => {
    const { primary_uri_uuid, fallback_uri_uuid, credential_uuid, ipacl_uuid } = trunk;
    for (const id of new Set([primary_uri_uuid, fallback_uri_uuid, credential_uuid, ipacl_uuid])) {
      if (id !== null) users.set(id, (users.get(id) ?? 0) + 1);
    }
    const path = store.applicationPath(trunk.trunk_id) ?? null;
    const numbers = numbersOf.get(path) ?? [];
    numbersOf.delete(path);
    return { trunk, numbers };
  });
  const unusedOf = (kind: Kind) =>
    [...store.table(kind).keys()].filter((id) => !users.has(id)).map((id) => ({ kind, id }));
  return {
    routes,
    otherNumbers: [...numbersOf.values()].flat(),
    unused: [...unusedOf("originationUris"), ...unusedOf("credentials"), ...unusedOf("ipAccessControlLists")],
    usersOf: (id) => users.get(id) ?? 0,
  };
}

/** Routes that contain the text anywhere, and of their numbers those first that do. */
export function matching(routes: readonly Route[], store: Store, find: string): readonly Route[] {
  if (find === "") return routes;
  return routes.flatMap(({ trunk, numbers }) => {
    const found = numbers.filter((row) => isFound(row, find));
    if (found.length === 0 && !textsOf(trunk, store).some((text) => contains(text, find))) return [];
    const isFirst = new Set(found);
    return [{ trunk, numbers: [...found, ...numbers.filter((row) => !isFirst.has(row))] }];
  });
}

/** Whether a number or its alias contains the text. */
export function isFound({ number, alias }: NumberRow, find: string): boolean {
  return contains(`+${number}`, find) || contains(alias ?? "", find);
}

/** What is shown of a trunk and of what it uses: a search must not find what the page hides. */
function textsOf(trunk: TrunkRow, store: Store): string[] {
  const used = trunkReferences.map((name) => ({ kind: referenceTarget[name], id: trunk[name] ?? "" }));
  const described = [{ kind: "trunks", id: trunk.trunk_id } as const, ...used].map((key) => describe(store, key));
  return [trunk.trunk_status, ...described.flatMap((it) => (it === undefined ? [] : [it.what, it.name, it.detail]))];
}

function contains(text: string, find: string): boolean {
  return text.toLowerCase().includes(find.toLowerCase());
}
