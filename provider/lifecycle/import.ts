/**
 * import: an object that exists becomes that of a new resource, as the program describes it. For an adapter whose engine
 * cannot import by itself: what it would do is done here in check (before anything is written) and in create.
 */
import { type Context, nameOf } from "./context";
import type { Resource } from "./definition/resource";
import type { Failure } from "./definition/validate";
import { containsUnknown, getOwn, isNullish, type Values } from "./definition/values";
import { describeElements } from "./describe-change";
import { diff } from "./diff";
import { OperationError } from "./errors";
import { type ReadResult, read } from "./read";
import { outputsOf } from "./state/outputs";
import type { RunLedger } from "./state/run-ledger";
import { update } from "./update";

/** What a check found of the object to import. */
export type ImportTarget =
  | { readonly kind: "found"; readonly object: ReadResult }
  | { readonly kind: "refused"; readonly reason: string };

/** Which object, and the resource of the program that imports it. */
export interface ImportRequest {
  readonly id: string;
  readonly key: string;
}

/** Reads the object, and records that it is imported. */
export async function findImport<S>(
  resource: Resource<S>,
  { id, key }: ImportRequest,
  context: Context<S>,
): Promise<ImportTarget> {
  const object = await read(resource, id, {}, context);
  if (!object) return { kind: "refused", reason: missing(resource, id) };
  const reason = heldByAnother(resource, { id: object.id, key }, context.ledger);
  if (reason !== undefined) return { kind: "refused", reason };
  context.ledger.recordImport(resource.token, object.id, key);
  return { kind: "found", object };
}

function missing({ noun, identity }: Resource<never>, id: string): string {
  // Of an object whose id a user chooses, such as a number, it is the attachment that is missing.
  const why = identity === "chosen" ? "it may be attached to nothing" : "correct the ID";
  return `this account has no ${noun} ${id}; ${why}, or remove \`import\` to create a new one`;
}

function heldByAnother(
  { noun, token, identity }: Resource<never>,
  { id, key }: ImportRequest,
  ledger: RunLedger,
): string | undefined {
  const importer = ledger.importOf(token, id)?.key;
  if (importer !== undefined && importer !== key) return `another resource of the program imports ${noun} ${id} too`;
  const isHeld = identity === "chosen" ? ledger.staysForAnother(token, id) : ledger.isHeldByAnother(token, id, key);
  if (!isHeld) return undefined;
  return `another resource of the stack manages ${noun} ${id} already; to rename a resource, give it an alias instead`;
}

/**
 * The values that the object has and that no update could change: with them, the import would need another object.
 *
 * @param secrets the properties whose value may be a secret
 */
export function unchangeable(
  resource: Resource<never>,
  { id, outputs }: ReadResult,
  inputs: Values,
  secrets: ReadonlySet<string>,
): Failure[] {
  return replacing(resource, outputs, inputs).map((key) => {
    const isHidden = secrets.has(key) || resource.properties[key]?.facts.secret === true;
    const has = isHidden ? "another value" : JSON.stringify(getOwn(outputs, key) ?? null);
    const reason = `cannot be changed: ${resource.noun} ${id} has ${has}; set that, or remove \`import\` to create a new one`;
    // The engine prints the value of a plain key.
    return { property: isHidden ? `${key}.value` : key, reason };
  });
}

function replacing(resource: Resource<never>, outputs: Values, inputs: Values): readonly string[] {
  return Object.entries(diff(resource, outputs, inputs))
    .filter(([key, { replaces }]) => replaces && !containsUnknown(getOwn(inputs, key)))
    .map(([key]) => key);
}

/**
 * What an import will write, for the user: its preview shows a create.
 *
 * @param secrets the properties whose value may be a secret
 */
export function describeImport(
  resource: Resource<never>,
  { id, outputs }: ReadResult,
  inputs: Values,
  secrets: ReadonlySet<string>,
): string {
  const changes = Object.keys(diff(resource, outputs, inputs)).filter(
    (key) => resource.properties[key]?.role !== "local",
  );
  const texts = changes.map((key) => {
    const [before, after] = [getOwn(outputs, key), getOwn(inputs, key)];
    // What Plivo never returns counts as a change, and may be what the object has.
    if (resource.properties[key]?.role === "writeOnly") return `sends ${key}, which Plivo never returns`;
    if (containsUnknown(after)) return `compares ${key} during \`pulumi up\``;
    const isHidden = secrets.has(key) || resource.properties[key]?.facts.secret === true;
    const property = resource.properties[key];
    const elements = property && !isHidden ? describeElements(property, before, after) : [];
    if (elements.length > 0) return elements.join("; ");
    const shown = (value: unknown) => (isHidden ? "[secret]" : JSON.stringify(value ?? null));
    return isNullish(after)
      ? `removes ${key} (${shown(before)})`
      : `changes ${key} from ${shown(before)} to ${shown(after)}`;
  });
  const object = nameOf(resource, outputs, id);
  const what = `imports ${object.includes(id) ? object : `${object} (${id})`}`;
  return texts.length === 0 ? `${what} as it is` : `${what}: ${texts.join("; ")}`;
}

/** Makes the object what the program asks for. Nothing is created, and what is equal already is not written. */
export async function importObject<S>(
  resource: Resource<S>,
  { id: asked, key, inputs }: ImportRequest & { readonly inputs: Values },
  context: Context<S>,
): Promise<{ readonly id: string; readonly outputs: Values }> {
  const doing = `importing ${resource.noun} ${asked}`;
  const object = await read(resource, asked, {}, context);
  if (!object) throw new OperationError(`${doing}: ${missing(resource, asked)}`);
  const { id } = object;
  const [failure] = unchangeable(resource, object, inputs, new Set());
  if (failure) throw new OperationError(`${doing}: ${failure.property} ${failure.reason}`);
  context.ledger.recordImport(resource.token, id, key);
  let { outputs } = object;
  if (Object.keys(diff(resource, outputs, inputs)).length > 0) {
    // What a list showed a while ago is no base for a write.
    const live = await resource.read({ ...context.services, id, consistency: "strong", known: {} });
    outputs = await update(resource, { id, olds: outputsOf(resource, id, {}, live), news: inputs }, context);
  }
  context.ledger.recordImported(resource.token, id, outputs);
  return { id, outputs };
}
