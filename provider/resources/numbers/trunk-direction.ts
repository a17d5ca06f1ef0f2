/** Plivo lets a number be attached to an outbound trunk, and the number then silently stops answering. */
import { NotFoundError } from "../../client/http/errors";
import type { Plivo } from "../../client/index";
import { OperationError } from "../../lifecycle/index";

export async function refuseOutbound(plivo: Plivo, trunkId: string): Promise<void> {
  const { trunkDirection, name } = await plivo.trunks.get(trunkId, "recent").catch((error: unknown) => {
    throw NotFoundError.isInstance(error)
      ? new OperationError(`trunk ${trunkId} does not exist`, { cause: error })
      : error;
  });
  if (trunkDirection === "inbound") return;
  const why = `trunk ${trunkId} ("${name}") is ${trunkDirection}, and a number attached to it would stop answering`;
  throw new OperationError(`refused: ${why}. Attach it to an inbound trunk`);
}

export async function isOutbound(plivo: Plivo, application: string): Promise<boolean> {
  try {
    return (await plivo.trunks.get(application, "recent")).trunkDirection !== "inbound";
  } catch (error) {
    if (NotFoundError.isInstance(error)) return false;
    throw error;
  }
}
