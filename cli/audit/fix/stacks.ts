/** The states that `--fix` changes. Behind an interface: tests have states of their own. */
import { CommandError } from "../../shared/errors";
import { parseExportedStack } from "../../shared/exported-stack";
import { EXIT } from "../exit-codes";
import type { Pending } from "../rules/pending";
import { isSame } from "./plan";

export interface StackStore {
  /** What `pulumi stack export` prints. */
  read(stack: string): Promise<string>;
  /** Fails while another run has the stack. */
  write(stack: string, exported: string): Promise<void>;
}

/**
 * A run that is not dead may still record what its pending creates have made. Writing the state back as it is fails then,
 * and changes nothing otherwise.
 */
export async function refuseWhileRunning(store: StackStore, stack: string): Promise<void> {
  await written(store, stack, await store.read(stack));
}

/** Removes these operations, and leaves those of other packages and of later runs. */
export async function clearPending(store: StackStore, stack: string, settled: readonly Pending[]): Promise<void> {
  const exported = parseExportedStack(await store.read(stack), `the state of ${stack}`);
  const { deployment } = exported;
  const remaining = (deployment.pending_operations ?? []).filter(({ resource, type }) => {
    const name = Reflect.get(Object(resource.inputs), "name");
    const friendlyName = typeof name === "string" ? name : undefined;
    const one = { urn: resource.urn, type: String(type), friendlyName };
    return !settled.some(({ operation }) => isSame(operation, one));
  });
  const changed = { ...exported, deployment: { ...deployment, pending_operations: remaining } };
  await written(store, stack, JSON.stringify(changed));
}

async function written(store: StackStore, stack: string, exported: string): Promise<void> {
  try {
    await store.write(stack, exported);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const next = `if a killed run has left it locked, run \`pulumi cancel --stack ${stack}\` first; if a run is alive, let it end`;
    throw new CommandError(`the state of ${stack} cannot be written: ${why}; ${next}`, EXIT.notFixed, { cause: error });
  }
}

/** When the engine has last written the state, in ms; `undefined` where it does not say. */
export function lastWrite(exported: string): number | undefined {
  const { manifest } = parseExportedStack(exported).deployment;
  const time = Reflect.get(Object(manifest), "time");
  const parsed = typeof time === "string" ? Date.parse(time) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
