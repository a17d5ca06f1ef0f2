import * as z from "zod";
import { readClearing } from "../behaviour";
import { Refusal } from "../errors";
import type { NumberRow } from "../rows";
import type { Store } from "../store";
import { defineNoun, type Exchange, readBody } from "./noun";

const numberBody = z.strictObject({ app_id: z.string().nullable().optional(), alias: z.string().optional() });

/** Rented phone numbers. There is no create: renting is another API. */
export const number = defineNoun({
  kind: "numbers",
  what: "A number",
  collection: "Number/",
  idField: "number",
  view: (row, { store }) => ({ ...row, resource_uri: `/v1/Account/${store.authId}/Number/${row.number}/` }),
  update(exchange, row) {
    const given = readBody(numberBody, exchange.body);
    row.application = routing(exchange, row, given.app_id);
    if (given.alias !== undefined) row.alias = given.alias;
  },
  // Gives the number back for good. A provider never calls it; that it works makes a provider that does fail its tests.
  remove: ({ store }, id) => {
    store.numbers.delete(id);
  },
});

/** Where the number goes after the request. An outbound trunk is accepted; the number then silently stops answering. */
function routing({ store, behaviour }: Exchange, row: NumberRow, appId: string | null | undefined): string | null {
  // The trap: a body without app_id does not leave the routing alone.
  if (appId === undefined) return defaultRouting(store, row);
  const asked = readClearing(behaviour.detachWith, appId);
  if (asked === "refuse")
    throw new Refusal(behaviour.refusedClearingStatus, `app_id: ${JSON.stringify(appId)} is not a valid id`);
  if (asked === "clear") return null;
  if (asked === "ignore" || appId === null) return defaultRouting(store, row);
  const path = store.applicationPath(appId);
  if (path === undefined) throw new Refusal(behaviour.unknownAppStatus, `app_id: "${appId}" does not exist`);
  return path;
}

function defaultRouting(store: Store, row: NumberRow): string | null {
  const standard = [...store.applications.values()].find((application) => application.default_app);
  return standard === undefined ? row.application : (store.applicationPath(standard.app_id) ?? null);
}
