import { z } from "zod";
import type { Store } from "./store";

const reference = z.string().nullable().optional();

const seedNumber = z.strictObject({
  number: z.string().regex(/^\d+$/, "must be digits without +"),
  alias: z.string().optional(),
  app_id: z.string().optional(),
});

/** What an account holds at the start, in the API's field names; every id may be left out. */
const seedSchema = z.strictObject({
  applications: z
    .array(
      z.strictObject({
        app_id: z.string().optional(),
        app_name: z.string().optional(),
        default_app: z.boolean().optional(),
      }),
    )
    .optional(),
  credentials: z
    .array(
      z.strictObject({
        credential_uuid: z.string().optional(),
        name: z.string().optional(),
        username: z.string(),
        password: z.string(),
      }),
    )
    .optional(),
  ipAccessControlLists: z
    .array(
      z.strictObject({
        ipacl_uuid: z.string().optional(),
        name: z.string().optional(),
        ip_addresses: z.array(z.string()),
      }),
    )
    .optional(),
  originationUris: z
    .array(
      z.strictObject({
        uri_uuid: z.string().optional(),
        name: z.string().optional(),
        uri: z.string(),
        authentication_needed: z.boolean().optional(),
        username: z.string().nullable().optional(),
        password: z.string().nullable().optional(),
      }),
    )
    .optional(),
  trunks: z
    .array(
      z.strictObject({
        trunk_id: z.string().optional(),
        name: z.string().optional(),
        trunk_status: z.enum(["enabled", "disabled"]).optional(),
        trunk_direction: z.enum(["inbound", "outbound"]),
        secure: z.boolean().optional(),
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

/** What an account holds at the start: numbers alone, or with an alias and the trunk or application they go to. */
export type Seed = Omit<z.input<typeof seedSchema>, "numbers"> & {
  numbers?: (string | z.input<typeof seedNumber>)[] | undefined;
};

/** A seed that cannot be used; the message names the field. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/** Fills a store. */
export function plant(store: Store, given: Seed): void {
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
    const { number, alias, app_id } = row;
    store.addNumber(number, { alias });
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
