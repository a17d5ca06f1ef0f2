/** The kinds of objects that the command makes, and how it tells its own from all others: by their names alone. */

export type Kind = "trunks" | "credentials" | "ipAccessControlLists" | "originationUris";

export interface KindFacts {
  /** Path below the account. */
  readonly collection: string;
  readonly idField: string;
  readonly noun: string;
}

/** Trunks first: the order in which they are deleted, so that nothing is deleted that something still uses. */
export const kinds: Readonly<Record<Kind, KindFacts>> = {
  trunks: { collection: "Zentrunk/Trunk/", idField: "trunk_id", noun: "trunk" },
  originationUris: { collection: "Zentrunk/URI/", idField: "uri_uuid", noun: "origination URI" },
  credentials: { collection: "Zentrunk/Credential/", idField: "credential_uuid", noun: "credential" },
  ipAccessControlLists: {
    collection: "Zentrunk/IPAccessControlList/",
    idField: "ipacl_uuid",
    noun: "IP access control list",
  },
};

export const kindNames: readonly Kind[] = ["trunks", "originationUris", "credentials", "ipAccessControlLists"];

export const NAME_PREFIX = "pulumi-plivo-contract-";

const OWN_NAME = /^pulumi-plivo-contract-[0-9a-f]{12}(?:-|$)/;

export function isOwnName(name: unknown): name is string {
  return typeof name === "string" && OWN_NAME.test(name);
}

/** What may stand in a path. */
export function isId(value: unknown): value is string | number {
  return Number.isSafeInteger(value) || (typeof value === "string" && /^[\w-]{1,128}$/.test(value));
}

export type Row = Readonly<Record<string, unknown>>;

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The references of a trunk. */
export const references = ["primary_uri_uuid", "fallback_uri_uuid", "credential_uuid", "ipacl_uuid"] as const;
