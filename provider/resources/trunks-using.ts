import type { Plivo, TrunkFilter } from "../client/index";

/** The trunks that one of the filters finds, as an error names them: `trunk 123 ("eu-in")`. */
export async function trunksUsing(plivo: Plivo, ...filters: readonly TrunkFilter[]): Promise<readonly string[]> {
  return (await plivo.trunks.usage(...filters)).map(({ trunkId, name }) => `trunk ${trunkId} ("${name}")`);
}
