/**
 * import: an object that exists becomes that of a new resource, as the program describes it. For an adapter whose engine
 * cannot import by itself: what it would do is done here in check (before anything is written) and in create.
 */
import { type Context, nameOf } from "./context";
import type { Resource } from "./definition/resource";
import type { Failure } from "./definition/validate";
import { containsUnknown, getOwn, type Values } from "./definition/values";
import { diff } from "./diff";
import { OperationError } from "./errors";
import { type ReadResult, read } from "./read";
import type { RunLedger } from "./state/run-ledger";
import { update } from "./update";

export interface ImportRequest {
  /** As the program gives it. */
  readonly id: string;
  readonly inputs: Values;
}

/** What a check found of the object to import. */
export type ImportTarget =
  | { readonly kind: "found"; readonly object: ReadResult }
  | { readonly kind: "rejected"; readonly reason: string };

/** Looks the object up for the resource `key` of the program, and records that it is imported. Only reads. */
export async function findImport<S>(
  resource: Resource<S>,
  { id, key }: { readonly id: string; readonly key: string },
  context: Context<S>,
): Promise<ImportTarget> {
  const object = await read(resource, id, {}, context);
  if (!object) return { kind: "rejected", reason: missing(resource, id) };
  const reason = heldByAnother(resource, object.id, key, context.ledger);
  if (reason !== undefined) return { kind: "rejected", reason };
  context.ledger.recordImport(resource.token, object.id, key);
  return { kind: "found", object };
}

function missing({ noun }: Resource<never>, id: string): string {
  return `this account has no ${noun} ${id}; correct the ID, or remove \`import\` to create a new one`;
}

function heldByAnother(
  { noun, token }: Resource<never>,
  id: string,
  key: string,
  ledger: RunLedger,
): string | undefined {
  const importer = ledger.importerOf(token, id);
  if (importer !== undefined && importer !== key) return `another resource of the program imports ${noun} ${id} too`;
  if (!ledger.isManaged(token, id)) return undefined;
  return `another resource of the stack manages ${noun} ${id} already; to rename a resource, give it an alias instead`;
}

/** The values that the object has and that no update could change: with them, the import would need another object. */
export function unchangeable(resource: Resource<never>, { id, outputs }: ReadResult, inputs: Values): Failure[] {
  return replacing(resource, outputs, inputs).map((property) => {
    const isHidden = resource.properties[property]?.facts.secret === true;
    const value = isHidden ? "another value" : (JSON.stringify(getOwn(outputs, property) ?? null) ?? "another value");
    const reason = `cannot be changed: ${resource.noun} ${id} has ${value}; set that, or remove \`import\` to create a new one`;
    return { property, reason };
  });
}

function replacing(resource: Resource<never>, outputs: Values, inputs: Values): readonly string[] {
  return Object.entries(diff(resource, outputs, inputs))
    .filter(([key, { replaces }]) => replaces && !containsUnknown(getOwn(inputs, key)))
    .map(([key]) => key);
}

/** What an import will write, for the user: its preview shows a create. */
export function describeImport(resource: Resource<never>, { id, outputs }: ReadResult, inputs: Values): string {
  const sent = Object.keys(diff(resource, outputs, inputs)).filter((key) => resource.properties[key]?.role !== "local");
  const isUnknown = (key: string) => containsUnknown(getOwn(inputs, key));
  // What Plivo never returns counts as a change, and may be what the object has.
  const isBlind = (key: string) => resource.properties[key]?.role === "writeOnly";
  const texts = [
    listed(
      "changes",
      sent.filter((key) => !isUnknown(key) && !isBlind(key)),
    ),
    listed("sends", sent.filter(isBlind), ", which Plivo never returns"),
    listed(
      "compares",
      sent.filter((key) => isUnknown(key) && !isBlind(key)),
      " during `pulumi up`",
    ),
  ].filter((text) => text !== "");
  const object = nameOf(resource, outputs, id);
  const what = `imports ${object.includes(id) ? object : `${object} (${id})`}`;
  return texts.length === 0 ? `${what} as it is` : `${what}: ${texts.join("; ")}`;
}

function listed(doing: string, keys: readonly string[], suffix = ""): string {
  return keys.length === 0 ? "" : `${doing} ${keys.join(", ")}${suffix}`;
}

/** Makes the object what the program asks for. Nothing of it is created, and what is equal already is not written. */
export async function importObject<S>(
  resource: Resource<S>,
  { id: asked, inputs }: ImportRequest,
  context: Context<S>,
): Promise<{ readonly id: string; readonly outputs: Values }> {
  const doing = `importing ${resource.noun} ${asked}`;
  const object = await read(resource, asked, {}, context);
  if (!object) throw new OperationError(`${doing}: ${missing(resource, asked)}`);
  const { id, outputs } = object;
  const [failure] = unchangeable(resource, object, inputs);
  if (failure) throw new OperationError(`${doing}: ${failure.property} ${failure.reason}`);
  context.ledger.recordStays(resource.token, id);
  context.ledger.recordOutputs(resource.token, id, outputs);
  if (Object.keys(diff(resource, outputs, inputs)).length === 0) return { id, outputs };
  return { id, outputs: await update(resource, { id, olds: outputs, news: inputs }, context) };
}
