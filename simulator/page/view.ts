import type { Kind } from "../account/rows";
import { resourceRoutes } from "../routes";

/** Names one object of an account. */
export interface ObjectKey {
  readonly kind: Kind;
  readonly id: string;
}

/** What a visitor chose to see. It is in the query of the page's address, so that it needs no JavaScript. */
export interface View {
  /** The account that is shown; blank for the first one. */
  readonly account: string;
  readonly selected?: ObjectKey | undefined;
  /** Shows only what contains this text. */
  readonly find: string;
  /** Id of the trunk whose numbers are listed in full, or `OTHER_NUMBERS`. */
  readonly open: string;
}

/** Stands for the numbers that are attached to no trunk. */
export const OTHER_NUMBERS = "other";

/** The view that a query asks for; what it does not understand counts as not given. */
export function readView(query: URLSearchParams): View {
  const get = (name: string) => query.get(name) ?? "";
  return { account: get("account"), selected: readKey(get("select")), find: get("find").trim(), open: get("open") };
}

/** A key as one text, for a query or a form. */
export function keyText({ kind, id }: ObjectKey): string {
  return `${kind}/${id}`;
}

/** The key that a text names, or undefined. */
export function readKey(text: string): ObjectKey | undefined {
  const slash = text.indexOf("/");
  const route = Object.values(resourceRoutes).find(({ kind }) => kind === text.slice(0, slash));
  return route === undefined ? undefined : { kind: route.kind, id: text.slice(slash + 1) };
}

/** The address of a view: a path of this simulator and nothing else, whatever the query was. */
export function linkTo({ account, selected, find, open }: View, hash = "", path = "/"): string {
  const query = new URLSearchParams();
  if (account !== "") query.set("account", account);
  if (selected !== undefined) query.set("select", keyText(selected));
  if (find !== "") query.set("find", find);
  if (open !== "") query.set("open", open);
  const search = query.toString();
  return `${path}${search && `?${search}`}${hash && `#${encodeURIComponent(hash)}`}`;
}
