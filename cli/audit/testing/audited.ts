/** For tests: an account on a simulator, audited beside states. */
import type { Seed, Simulator } from "pulumi-plivo/simulator";
import type { Values } from "../../../provider/lifecycle/index";
import type { Account } from "../../../provider/resources/index";
import { readWholeAccount } from "../../inventory/read-account";
import { stackState } from "../../inventory/stack-state";
import { silent, simulatedAccount, smallAccount } from "../../inventory/testing/small-account";
import { type AuditResult, audit } from "../audit";

export { silent, simulatedAccount, smallAccount };

/** In what `pulumi stack export` prints. */
export interface Entry {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
  readonly [key: string]: unknown;
}

export function entry(token: string, name: string, more: Partial<Entry> = {}): Entry {
  const type = `plivo:index:${token}`;
  return { type, urn: `urn:pulumi:dev::lines::${type}::${name}`, ...more };
}

/** A create that a killed run had begun. */
export function pendingCreate(token: string, name: string, friendlyName: string, type = "creating") {
  return { resource: entry(token, name, { inputs: { name: friendlyName } }), type };
}

/** The same of phone numbers, which are routed to a trunk. */
export function pendingRoute(inputs: Values, token = "PhoneNumberAttachment", type = "creating") {
  return { resource: entry(token, "hotline", { inputs }), type };
}

/** A state that has all that the account has, as it is. */
export async function stateOf(account: Account): Promise<Entry[]> {
  const { objects } = await readWholeAccount(account, silent);
  return [...objects.values()].map(({ token, id, live }) =>
    entry(token, `${token}-${id}`, { id, outputs: { ...live } }),
  );
}

export interface AuditOptions {
  readonly seed?: Seed;
  /** Of one stack, or `undefined` for an audit without any. Default: it manages everything, as it is. */
  readonly state?: ((entries: Entry[], authId: string) => Entry[]) | null;
  readonly pending?: readonly object[];
  /** Whether the configuration of the stack names the account. */
  readonly isOfAccount?: boolean;
  /** After the state was written. */
  change?(simulator: Simulator): void;
}

export interface AuditedAccount extends AuditResult {
  readonly simulator: Simulator;
  readonly requests: readonly string[];
  /** `kind object.id` */
  readonly found: readonly string[];
}

export async function auditOf({
  seed = smallAccount,
  state = (entries) => entries,
  pending = [],
  isOfAccount = false,
  change,
}: AuditOptions = {}): Promise<AuditedAccount> {
  const { account, newAccount, simulator, takeRequests } = await simulatedAccount({ seed });
  const resources = state === null ? [] : state(await stateOf(newAccount()), simulator.authId);
  change?.(simulator);
  takeRequests();
  const exported = JSON.stringify({ version: 3, deployment: { resources, pending_operations: pending } });
  const given =
    state === null ? [] : [{ label: "dev", state: stackState(exported, "dev", simulator.authId), isOfAccount }];
  const result = await audit(account, given, silent);
  const found = result.findings.map(({ kind, object }) => `${kind} ${object?.id ?? "-"}`);
  return { ...result, simulator, requests: takeRequests(), found };
}
