import type { Store } from "../account/store";
import type { Behaviour } from "../behaviour";
import type { SimulatorAccount } from "../context";
import { ApiError } from "../errors";
import { maskPasswords, type RequestLogEntry } from "../http/request-log";
import { resourceRoutes } from "../routes";
import type { ObjectKey } from "./view";

/** A request of the API that has the effect of an action, and what carries it out when the API's own route does not. */
interface Deed {
  readonly method: "POST" | "DELETE";
  readonly body?: Readonly<Record<string, unknown>>;
  act?(store: Store, id: string): void;
}

type Fields = Pick<URLSearchParams, "get">;

const deeds: Readonly<Record<string, { kind?: ObjectKey["kind"]; deed(fields: Fields): Deed }>> = {
  disable: { kind: "trunks", deed: () => ({ method: "POST", body: { trunk_status: "disabled" } }) },
  enable: { kind: "trunks", deed: () => ({ method: "POST", body: { trunk_status: "enabled" } }) },
  move: { kind: "numbers", deed: (fields) => ({ method: "POST", body: { app_id: fields.get("to") ?? "" } }) },
  detach: {
    kind: "numbers",
    // In the console it works on every account, whatever `detachWith` is.
    deed: () => ({ method: "POST", body: { app_id: null }, act: (store, id) => void store.route(id, null) }),
  },
  addresses: {
    kind: "ipAccessControlLists",
    deed: (fields) => ({ method: "POST", body: { ip_addresses: words(fields.get("addresses") ?? "") } }),
  },
  delete: { deed: () => ({ method: "DELETE" }) },
};

/**
 * Changes an object as a person does in Plivo's console: beside the API's authorization, faults and rate limit, but
 * with its routes, so that the same values are rejected and the same cascade follows. Returns what the log shows.
 */
export function intrude(
  { authId, store }: SimulatorAccount,
  behaviour: Behaviour,
  key: ObjectKey,
  fields: Fields,
): { entry: RequestLogEntry; problem?: string } {
  const action = fields.get("action") ?? "";
  const known = Object.hasOwn(deeds, action) ? deeds[action] : undefined;
  if (known === undefined || (known.kind ?? key.kind) !== key.kind) {
    throw new ApiError(400, `there is no action ${JSON.stringify(action)} for this object`);
  }
  const { method, body, act } = known.deed(fields);
  const { collection, onObject } = resourceRoutes[key.kind];
  const path = `${collection}${encodeURIComponent(key.id)}/`;
  const entry: RequestLogEntry = {
    method,
    path,
    query: {},
    body: maskPasswords(body),
    status: behaviour.updateStatus,
    authId,
    ms: 0,
    by: "intruder",
  };
  try {
    const request = { store, behaviour, query: new URLSearchParams(), body, collectionPath: collection };
    const isThere = store.table(key.kind).has(key.id);
    if (act !== undefined && isThere) act(store, key.id);
    else entry.status = onObject[method]?.(request, key.id).status ?? 405;
    return { entry };
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    entry.status = thrown.status;
    return { entry, problem: thrown.message };
  }
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
