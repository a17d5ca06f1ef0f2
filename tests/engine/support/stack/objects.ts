/** The objects at Plivo that have a name, by the logical name that this was made from. */
import type { Simulator } from "pulumi-plivo/simulator";

/** One of each, under a logical name that ends with it. */
export const kinds = ["uri", "credential", "list", "trunk"] as const;

const tables = ["originationUris", "credentials", "ipAccessControlLists", "trunks"] as const;

/** What we make of a logical name ends like this. */
export const generatedName = /-[0-9a-f]{7}$/;

export interface Held {
  readonly id: string;
  readonly name: string;
  readonly kind: (typeof tables)[number];
}

export function objectsAt({ store }: Simulator): readonly Held[] {
  return tables.flatMap((kind) => [...store[kind]].map(([id, { name }]) => ({ id, name, kind })));
}

/** The ids that Plivo holds under each logical name. */
export function idsByLogicalName(simulator: Simulator): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { id, name } of objectsAt(simulator)) {
    const logical = name.replace(generatedName, "");
    found[logical] = [...(found[logical] ?? []), id];
  }
  return found;
}

export function isCreate({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === "POST" && /^Zentrunk\/\w+\/$/.test(path);
}

/** The name that the body of a request asks for. */
export function nameIn(body: unknown): string {
  return typeof body === "object" && body !== null && "name" in body ? String(body.name) : "";
}
