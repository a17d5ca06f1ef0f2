/** A function of the provider, in the program's own process. */
import { type FunctionToken, functions, invoke } from "../functions/index";
import { HostError } from "./errors";
import type { Session } from "./session";

export async function invokeFor(
  session: Session,
  token: FunctionToken,
  args: Readonly<Record<string, unknown>>,
): Promise<object> {
  try {
    return await invoke(functions[token], args, () => session.context().services);
  } catch (error) {
    throw new HostError(error, {}, new Set());
  }
}
