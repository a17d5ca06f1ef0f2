import * as z from "zod";
import type { TrunkRow } from "../account/rows";
import { referenceTarget, trunkReferences } from "../account/rows";
import type { Store } from "../account/store";
import type { Behaviour } from "../behaviour";
import { clearingEffect } from "../behaviour";
import { ApiError } from "../errors";
import { defineResourceRoute, readBody } from "./resource-route";

const reference = z.string().nullable().optional();

const trunkBody = z.strictObject({
  trunk_direction: z.enum(["inbound", "outbound"]),
  name: z.string().optional(),
  trunk_status: z.enum(["enabled", "disabled"]).optional(),
  secure: z.boolean().optional(),
  ipacl_uuid: reference,
  credential_uuid: reference,
  primary_uri_uuid: reference,
  fallback_uri_uuid: reference,
});

const trunkUpdate = trunkBody.partial({ trunk_direction: true });

/** An update of these is rejected without a direction; one of only `trunk_status` or `secure` is accepted. */
const needDirection = ["name", ...trunkReferences] as const;

type TrunkBody = z.infer<typeof trunkUpdate>;
type References = Pick<TrunkRow, (typeof trunkReferences)[number]>;

/** SIP trunks. */
export const trunk = defineResourceRoute({
  kind: "trunks",
  what: "A trunk",
  label: "Trunk",
  collection: "Zentrunk/Trunk/",
  idField: "trunk_id",
  filters: ["trunk_status", "trunk_direction", "secure", ...trunkReferences],
  view: (row) => ({ ...row }),
  create({ store, behaviour, body }) {
    const given = readBody(trunkBody, body, 422);
    const unset = { ipacl_uuid: null, credential_uuid: null, primary_uri_uuid: null, fallback_uri_uuid: null };
    // On create there is nothing to clear: null has the same effect as leaving the field out.
    const references = readReferences(given, unset, store, { ...behaviour, clearWith: "both" });
    rejectIncomplete(given.trunk_direction, references);
    return store.addTrunk({ ...given, ...references });
  },
  update({ store, behaviour, body }, row) {
    const given = readBody(trunkUpdate, body, 400);
    const isPartial = given.trunk_direction === undefined;
    // The trap: the direction is required also when it does not change.
    if (isPartial && needDirection.some((name) => given[name] !== undefined)) {
      throw new ApiError(400, "trunk_direction is required");
    }
    const references = readReferences(given, row, store, behaviour);
    if (given.trunk_direction !== undefined) rejectIncomplete(given.trunk_direction, references);
    Object.assign(row, given, references);
  },
  remove: ({ store }, id) => store.deleteTrunk(id),
});

/** The references after the request: set, cleared or untouched, as `clearWith` decides. */
function readReferences(given: TrunkBody, before: References, store: Store, behaviour: Behaviour): References {
  const after: References = {
    ipacl_uuid: before.ipacl_uuid,
    credential_uuid: before.credential_uuid,
    primary_uri_uuid: before.primary_uri_uuid,
    fallback_uri_uuid: before.fallback_uri_uuid,
  };
  for (const name of trunkReferences) {
    const value = given[name];
    if (value === undefined) continue;
    const effect = clearingEffect(behaviour.clearWith, value);
    if (effect === "reject")
      throw new ApiError(behaviour.rejectedClearingStatus, `${name}: ${JSON.stringify(value)} is not a valid id`);
    if (effect === "clear") after[name] = null;
    if (effect !== "set" || value === null) continue;
    if (!store.table(referenceTarget[name]).has(value)) throw new ApiError(400, `${name}: "${value}" does not exist`);
    after[name] = value;
  }
  return after;
}

/** What a direction cannot do without. */
function rejectIncomplete(direction: TrunkRow["trunk_direction"], references: References): void {
  if (direction === "inbound" && references.primary_uri_uuid === null) {
    throw new ApiError(422, "primary_uri_uuid is required for an inbound trunk");
  }
  if (direction === "outbound" && references.credential_uuid === null && references.ipacl_uuid === null) {
    throw new ApiError(422, "credential_uuid or ipacl_uuid is required for an outbound trunk");
  }
}
