import * as z from "zod";
import type {
  ApplicationRow,
  CredentialRow,
  IpAccessControlListRow,
  NumberRow,
  OriginationUriRow,
  TrunkRow,
} from "./rows";
import type { PartialRow, Store } from "./store";

/** A number and its fields at the start; `app_id` is the trunk or application that it is routed to. */
export interface SeedNumber extends PartialRow<Omit<NumberRow, "number" | "application">> {
  number: string;
  app_id?: string | undefined;
}

/**
 * What an account holds at the start, in the API's field names; every id may be left out. Written out rather than
 * derived from the schema: the published types must not need zod.
 */
export interface Seed {
  applications?: PartialRow<ApplicationRow>[] | undefined;
  credentials?: (PartialRow<CredentialRow> & Pick<CredentialRow, "username" | "password">)[] | undefined;
  ipAccessControlLists?:
    | (PartialRow<IpAccessControlListRow> & Pick<IpAccessControlListRow, "ip_addresses">)[]
    | undefined;
  originationUris?: (PartialRow<OriginationUriRow> & Pick<OriginationUriRow, "uri">)[] | undefined;
  trunks?: (PartialRow<Omit<TrunkRow, "trunk_domain">> & Pick<TrunkRow, "trunk_direction">)[] | undefined;
  /** Digits alone are short for a number that is not routed. */
  numbers?: (NumberRow["number"] | SeedNumber)[] | undefined;
}

const text = z.string().optional();
const reference = z.string().nullable().optional();
const flag = z.boolean().optional();

const timestamps = { created_at: text, updated_at: text };

const seedNumber = z.strictObject({
  number: z.string().regex(/^\d+$/, "must be digits without +"),
  app_id: text,
  alias: reference,
  voice_enabled: flag,
  sms_enabled: flag,
  type: text,
  number_type: text,
  country: text,
  region: text,
  carrier: text,
  sub_account: reference,
  compliance_application_id: reference,
  added_on: text,
  renewal_date: text,
  monthly_rental_rate: text,
  cnam: reference,
  cnam_lookup: reference,
});

const seedSchema = z.strictObject({
  applications: z.array(z.strictObject({ app_id: text, app_name: text, default_app: flag })).optional(),
  credentials: z
    .array(
      z.strictObject({ ...timestamps, credential_uuid: text, name: text, username: z.string(), password: z.string() }),
    )
    .optional(),
  ipAccessControlLists: z
    .array(z.strictObject({ ...timestamps, ipacl_uuid: text, name: text, ip_addresses: z.array(z.string()) }))
    .optional(),
  originationUris: z
    .array(
      z.strictObject({
        ...timestamps,
        uri_uuid: text,
        name: text,
        uri: z.string(),
        authentication_needed: flag,
        username: reference,
        password: reference,
      }),
    )
    .optional(),
  trunks: z
    .array(
      z.strictObject({
        ...timestamps,
        trunk_id: text,
        name: text,
        trunk_status: z.enum(["enabled", "disabled"]).optional(),
        trunk_direction: z.enum(["inbound", "outbound"]),
        secure: flag,
        ipacl_uuid: reference,
        credential_uuid: reference,
        primary_uri_uuid: reference,
        fallback_uri_uuid: reference,
      }),
    )
    .optional(),
  // A number alone is short for an object, not a second form: a union would hide which field is wrong.
  numbers: z.array(z.preprocess((it) => (typeof it === "string" ? { number: it } : it), seedNumber)).optional(),
});

/** A seed that cannot be used; the message names the field. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/** Fills a store with what a seed lists. */
export function loadSeed(store: Store, given: Seed): void {
  const parsed = seedSchema.safeParse(given);
  if (!parsed.success) {
    throw new SeedError(parsed.error.issues.map((issue) => `${pathText(issue.path)}: ${issue.message}`).join("; "));
  }
  const seed = parsed.data;
  for (const row of seed.applications ?? []) store.addApplication(row);
  for (const row of seed.credentials ?? []) store.addCredential(row);
  for (const row of seed.ipAccessControlLists ?? []) store.addIpAccessControlList(row);
  for (const row of seed.originationUris ?? []) store.addOriginationUri(row);
  for (const row of seed.trunks ?? []) store.addTrunk(row);
  for (const [index, row] of (seed.numbers ?? []).entries()) {
    const { number, app_id, ...fields } = row;
    store.addNumber(number, fields);
    if (app_id === undefined) continue;
    const path = store.applicationPath(app_id);
    if (path === undefined) throw new SeedError(`numbers[${index}].app_id: no trunk or application "${app_id}"`);
    store.edit("numbers", number, { application: path });
  }
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return "(the whole seed)";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .slice(1);
}
