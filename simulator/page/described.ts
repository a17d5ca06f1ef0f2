import type { NumberRow, Rows } from "../account/rows";
import type { Store } from "../account/store";
import type { ObjectKey } from "./view";

/** An object in words. */
export interface Described {
  /** `Origination URI` */
  readonly what: string;
  readonly name: string;
  /** What identifies it technically: an address, a username. Never a password. */
  readonly detail: string;
  /** What else is worth a word. */
  readonly note?: string;
  /** What is wrong with it, if something is. */
  readonly warning?: string;
}

const describers: { readonly [K in keyof Rows]: (row: Rows[K]) => Described } = {
  trunks: (row) => ({
    what: `${row.trunk_direction === "inbound" ? "Inbound" : "Outbound"} trunk`,
    name: row.name || "(no name)",
    detail: row.trunk_domain,
    ...(row.secure && { note: "secure" }),
    ...(row.trunk_status === "disabled" && { warning: "disabled" }),
  }),
  credentials: (row) => ({
    what: "Credential",
    name: row.name || "(no name)",
    detail: row.username,
    ...(row.password === "" && { warning: "no password" }),
  }),
  ipAccessControlLists: (row) => ({
    what: "Address list",
    name: row.name || "(no name)",
    detail: row.ip_addresses.join(", "),
  }),
  originationUris: (row) => ({
    what: "Origination URI",
    name: row.name || "(no name)",
    detail: `${withoutPassword(row.uri)}${row.authentication_needed ? ` as ${row.username}` : ""}`,
    ...(row.authentication_needed && !row.password && { warning: "no password" }),
  }),
  numbers: (row) => ({ what: "Number", name: `+${row.number}`, detail: row.alias ?? "" }),
};

/** The words for an object, or undefined when there is none. */
export function describe(store: Store, { kind, id }: ObjectKey): Described | undefined {
  return describeRow(store, kind, id);
}

function describeRow<K extends keyof Rows>(store: Store, kind: K, id: string): Described | undefined {
  const row = store.table(kind).get(id);
  return row === undefined ? undefined : describers[kind](row);
}

/** A URI may have a password in it: `sip:user:password@host`. */
function withoutPassword(uri: string): string {
  return uri.replace(/^((?:sips?:)?(?!sips?:)[^:@]*):.*@/i, "$1:***@");
}

/** What a number is routed to, other than a trunk that exists. */
export function otherTarget({ application }: NumberRow, store: Store): string {
  if (!application) return "routed nowhere";
  const id = application.split("/").at(-2) ?? "";
  const voice = application.includes("/Zentrunk/Trunk/") ? undefined : store.applications.get(id);
  return voice === undefined ? `routed to ${id}, which is deleted` : `application ${voice.app_name || voice.app_id}`;
}

/** `1 trunk`, `2 trunks` */
export function count(amount: number, noun: string): string {
  return `${amount.toLocaleString("en")} ${noun}${amount === 1 ? "" : "s"}`;
}
