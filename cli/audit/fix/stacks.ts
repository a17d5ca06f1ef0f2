/** The states that `--fix` changes. Behind an interface: tests have states of their own. */
import { shellArgument, visible } from "../../../provider/text/visible";
import type { LiveObject } from "../../inventory/inventory";
import { type StackState, stackState } from "../../inventory/stack-state";
import { CommandError } from "../../shared/errors";
import { parseExportedStack } from "../../shared/exported-stack";
import { EXIT } from "../exit-codes";
import type { Pending } from "../rules/pending";
import { type FixPlan, isSame } from "./plan";

export interface StackStore {
  /** What `pulumi stack export` prints. */
  read(stack: string): Promise<string>;
  /** Removes all pending operations, whatever is in `exported`. Fails while another run has the stack. */
  write(stack: string, exported: string): Promise<void>;
  /** Writes the state as it is, pending operations included. Fails while another run has the stack. */
  rewrite(stack: string, rootUrn: string): Promise<void>;
}

const ROOT = "pulumi:pulumi:Stack";

/** A run that is not dead may still record what its pending creates have made. */
export async function refuseWhileRunning(store: StackStore, stack: string): Promise<void> {
  const { resources = [] } = parseExportedStack(await store.read(stack), `the state of ${stack}`).deployment;
  const root = resources.find(({ type }) => type === ROOT);
  await written(stack, async () => {
    if (root === undefined) throw new Error("it has no root resource, with which to find out whether a run has it");
    await store.rewrite(stack, root.urn);
  });
}

/** What the states say now: a person may have thought for long, and imported something meanwhile. */
export async function statesNow(
  store: StackStore,
  stacks: readonly string[],
): Promise<ReadonlyMap<string, StackState>> {
  const states = new Map<string, StackState>();
  for (const stack of stacks) states.set(stack, stackState(await store.read(stack), `the state of ${stack}`, ""));
  return states;
}

/** Why the object is not proven to be abandoned any more; `undefined`: it still is. */
export function changeSince(
  { token, id }: LiveObject,
  clears: FixPlan["clears"],
  states: ReadonlyMap<string, StackState>,
): string | undefined {
  for (const [stack, { entries }] of states)
    if (entries.some((one) => one.token === token && one.id === id)) return `the state of ${stack} has it by now`;
  const isOf = ({ object }: Pending) => object?.token === token && object.id === id;
  const isPending = ([stack, all]: readonly [string, readonly Pending[]]) =>
    all.filter(isOf).some(({ operation }) => states.get(stack)?.pending.some((one) => isSame(operation, one)));
  return [...clears].some(isPending) ? undefined : "no pending create names it any more";
}

/**
 * Removes these operations if the state has no others: `pulumi stack import` removes all of them.
 *
 * @returns the first of the others, because of which nothing was written
 */
export async function clearPending(
  store: StackStore,
  stack: string,
  settled: readonly Pending[],
): Promise<string | undefined> {
  const exported = parseExportedStack(await store.read(stack), `the state of ${stack}`);
  const { deployment } = exported;
  const other = (deployment.pending_operations ?? []).find(({ resource, type }) => {
    const name = Reflect.get(Object(resource.inputs), "name");
    const friendlyName = typeof name === "string" ? name : undefined;
    const one = { urn: resource.urn, type: String(type), friendlyName };
    return !settled.some(({ operation }) => isSame(operation, one));
  });
  if (other !== undefined) return visible(other.resource.urn);
  const changed = { ...exported, deployment: { ...deployment, pending_operations: [] } };
  await written(stack, () => store.write(stack, JSON.stringify(changed)));
  return undefined;
}

/** What ends the lock of a run that is dead. */
export function cancelFirst(stack: string): string {
  return `if a killed run has left it locked, run \`pulumi cancel --stack ${shellArgument(stack)}\` first`;
}

async function written(stack: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const next = `${cancelFirst(stack)}; if a run is alive, let it end`;
    throw new CommandError(`the state of ${stack} cannot be written: ${next} (${why})`, EXIT.notFixed, {
      cause: error,
    });
  }
}

/** When the engine has last written the state, in ms; `undefined` where it does not say. */
export function lastWrite(exported: string): number | undefined {
  const { manifest } = parseExportedStack(exported).deployment;
  const time = Reflect.get(Object(manifest), "time");
  const parsed = typeof time === "string" ? Date.parse(time) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
