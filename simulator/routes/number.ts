import * as z from "zod";
import type { NumberRow } from "../account/rows";
import type { Store } from "../account/store";
import { clearingEffect } from "../behaviour";
import { ApiError } from "../errors";
import { defineResourceRoute, type RouteRequest, readBody } from "./resource-route";

const text = z.string().nullable().optional();

const numberBody = z.strictObject({
  app_id: text,
  alias: text,
  subaccount: text,
  compliance_application_id: text,
  cnam: text,
  cnam_lookup: z.enum(["enabled", "disabled"]).optional(),
  // Taken, and never shown again.
  cnam_callback_url: text,
  cnam_callback_method: z.enum(["GET", "POST"]).optional(),
});

/** Rented phone numbers. There is no create: renting is another API. */
export const number = defineResourceRoute({
  kind: "numbers",
  what: "A number",
  collection: "Number/",
  idField: "number",
  filters: ["alias", "type", "cnam_lookup"],
  matchers: {
    number_startswith: (row, wanted) => row.number.startsWith(wanted),
    subaccount: (row, wanted) => row.sub_account === wanted,
    services: (row, wanted) => wanted.split(",").every((service) => hasService(row, service)),
  },
  view: (row, { store, behaviour }) => ({
    ...row,
    application: row.application ?? (behaviour.unroutedAs === "empty" ? "" : null),
    resource_uri: `/v1/Account/${store.authId}/Number/${row.number}/`,
  }),
  update(request, row) {
    const { app_id, subaccount, cnam_callback_url, cnam_callback_method, ...fields } = readBody(
      numberBody,
      request.body,
    );
    row.application = routing(request, row, app_id);
    // Blank brings it back to the main account.
    if (subaccount !== undefined) row.sub_account = subaccount || null;
    Object.assign(row, fields);
  },
  // Gives the number back for good. No provider should send it: because it works here, one that does fails its tests.
  remove: ({ store }, id) => {
    store.numbers.delete(id);
  },
});

function hasService(row: NumberRow, service: string): boolean {
  if (service === "voice") return row.voice_enabled;
  if (service === "sms") return row.sms_enabled;
  throw new ApiError(400, `services: "${service}" is neither voice nor sms`);
}

/** Where the number is routed after the request. An outbound trunk is accepted: the number then silently takes no calls. */
function routing({ store, behaviour }: RouteRequest, row: NumberRow, appId: string | null | undefined): string | null {
  // The trap: a body without app_id does not leave the routing alone.
  if (appId === undefined) return defaultRouting(store, row);
  const effect = clearingEffect(behaviour.detachWith, appId);
  if (effect === "reject")
    throw new ApiError(behaviour.rejectedClearingStatus, `app_id: ${JSON.stringify(appId)} is not a valid id`);
  if (effect === "clear") return null;
  if (effect === "ignore" || appId === null) return defaultRouting(store, row);
  const path = store.applicationPath(appId);
  if (path === undefined) throw new ApiError(behaviour.unknownAppStatus, `app_id: "${appId}" does not exist`);
  return path;
}

function defaultRouting(store: Store, row: NumberRow): string | null {
  const standard = [...store.applications.values()].find((application) => application.default_app);
  return standard === undefined ? row.application : (store.applicationPath(standard.app_id) ?? null);
}
