/** Changes by hand between two runs, and what updates must leave alone: whatever their previews do not show. */
import type { Simulator, Store } from "pulumi-plivo/simulator";
import type { Entry, MiniEngine } from "../support/adapters/mini-engine";

/** What the API needs with whatever changes. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  Trunk: ["trunk_direction"],
  Credential: ["name", "username", "password"],
  OriginationUri: ["authentication_needed", "username", "password"],
};

/** As in a console: a trunk is stopped or started, and an address is let in. */
export function tamper(store: Store, state: readonly Entry[]): void {
  for (const { id, token } of state) {
    // The id of a set of numbers is that of its trunk, which may be another's.
    const trunk = token === "Trunk" ? store.trunks.get(id) : undefined;
    if (trunk) trunk.trunk_status = trunk.trunk_status === "enabled" ? "disabled" : "enabled";
    const list = store.ipAccessControlLists.get(id);
    if (list) list.ip_addresses = [...list.ip_addresses, "198.51.100.77"];
  }
}

/**
 * Collects what updates sent that no preview showed. The repair of a failed initialisation is no update of this kind: a
 * preview shows that there is one, and nothing of it.
 */
export function watchUpdates(engine: MiniEngine, { requests }: Simulator): readonly string[] {
  const broken: string[] = [];
  engine.aroundUpdate = async (entry, changed, update) => {
    const from = requests.length;
    await update().finally(() => {
      if (entry.initErrors.length === 0) broken.push(...beyond(entry, changed, requests.slice(from)));
    });
  };
  return broken;
}

function beyond({ name, token, id }: Entry, changed: readonly string[], requests: Simulator["requests"]): string[] {
  const shown = changed.map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const allowed = new Set([...shown, ...(NEEDED[token] ?? [])]);
  return requests.flatMap(({ method, path, body }) => {
    const more = Object.keys(Object(body)).filter((key) => !allowed.has(key));
    const isUpdate = method === "POST" && path.startsWith("Zentrunk/") && path.endsWith(`/${id}/`);
    return isUpdate && more.length > 0 ? [`the update of ${name} sent ${more}; its preview showed ${changed}`] : [];
  });
}
