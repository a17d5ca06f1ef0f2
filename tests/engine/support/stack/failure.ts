/** What the engine prints when an operation fails. */
import { stripVTControlCharacters } from "node:util";

/** The text of the failure, without colours; fails the test when there is none. */
export async function failureOf(operation: Promise<unknown>): Promise<string> {
  let result: unknown;
  try {
    result = await operation;
  } catch (error) {
    return stripVTControlCharacters(error instanceof Error ? error.message : String(error));
  }
  throw new Error(`went well instead of failing: ${JSON.stringify(result)}`);
}
