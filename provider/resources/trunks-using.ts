import type { Plivo, TrunkFilter } from "../client/index";

/** The trunks that one of the filters finds, as an error names them: `trunk 123 ("eu-in")`. */
export async function trunksUsing(plivo: Plivo, ...filters: readonly TrunkFilter[]): Promise<readonly string[]> {
  const found: Record<string, string> = {};
  for (const filter of filters) {
    for (const { trunkId, name } of await plivo.trunks.list(filter)) found[trunkId] = `trunk ${trunkId} ("${name}")`;
  }
  return Object.values(found);
}
