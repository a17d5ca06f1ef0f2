/**
 * The resource option `import` of the dynamic classes. Pulumi's host cannot import; the SDK class passes the option on, and
 * the object is found in check and imported in create.
 *
 * The state keeps a mark of each import: its id and the URN. It tells the resources apart that may have one object for a
 * while, because a delete is told neither of the program nor of the URN; and that an option has had its effect.
 */
import {
  type CheckRequest,
  type CheckResult,
  describeImport,
  type Failure,
  findImport,
  type ImportTarget,
  normalId,
  OperationError,
  type Plan,
  type ReadResult,
  type Resource,
  rootOf,
  unchangeable,
} from "../lifecycle/index";
import type { Services } from "../resources/index";
import type { ResourceCall } from "./session";
import type { FromHost, ImportMark, ImportOption } from "./values";

/** What tells a resource apart from others that may have the same object. A number may always be another's. */
export function holderKey({ identity }: Resource<Services>, mark: ImportMark | undefined): string | undefined {
  return identity === "chosen" ? undefined : (mark?.urn ?? "");
}

/** The mark that the inputs of a resource get; `before` is that of the state. */
export function markFor(
  resource: Resource<Services>,
  option: ImportOption | undefined,
  before: ImportMark | undefined,
): ImportMark | undefined {
  if (!option) return before;
  const { id, urn } = option;
  return { id, urn: before && isSame(resource, option, before) ? before.urn : urn };
}

function isSame(resource: Resource<Services>, one: ImportMark, other: ImportMark): boolean {
  return normalId(resource, one.id) === normalId(resource, other.id);
}

/** The object that a resource without a state imports; `undefined` where nothing is to be imported. */
export async function targetOf(
  { resource, session }: ResourceCall,
  { importOption: option }: FromHost,
): Promise<ImportTarget | undefined> {
  // The replacement of what was imported once is a new object.
  if (!option || session.importedEarlier.has(option.urn)) return undefined;
  return findImport(resource, { id: option.id, key: option.urn }, session.context());
}

/** What is checked is a change of the object: what it has already is not refused, and a name that is not given stays. */
export function asChange(
  { news, ...rest }: CheckRequest,
  { inputs }: ReadResult,
  { ignored }: ImportOption,
): CheckRequest {
  const roots = new Set(ignored.map(rootOf));
  const isIgnored = (key: string) => roots.has(key) || roots.has("*");
  const kept = Object.entries(news).filter(([key]) => !isIgnored(key));
  const own = Object.entries(inputs).filter(([key]) => isIgnored(key));
  return { ...rest, news: Object.fromEntries([...kept, ...own]), olds: inputs };
}

/** Adds what no update could change, and tells the user what the import does: the engine shows a create. */
export function finishCheck(
  resource: Resource<Services>,
  object: ReadResult,
  { inputs, failures, secrets }: CheckResult & Pick<CheckRequest, "secrets">,
  log: (text: string) => void,
): readonly Failure[] {
  const all = [...failures, ...unchangeable(resource, object, inputs, secrets)];
  if (all.length === 0) log(describeImport(resource, object, inputs, secrets));
  return all;
}

/** What a diff learns of imports. Refuses an option that names another object, and an object of two resources. */
export function recordDiff(
  { resource, session }: ResourceCall,
  { identity }: Plan,
  before: ImportMark | undefined,
  now: ImportMark | undefined,
): void {
  const { noun, token } = resource;
  const { ledger } = session.account();
  const isDone = now && before && isSame(resource, now, before);
  if (isDone) session.importedEarlier.add(now.urn);
  if (identity.kind === "unconfirmed") {
    // The replacement imports what the program names, whatever the create has made.
    if (now && !isDone) ledger.recordResolved(token, identity.name);
    return;
  }
  const { id } = identity;
  if (now && !isDone) {
    if (normalId(resource, now.id) !== id) {
      const next = "remove the option, or take the resource out of the state first with `pulumi state delete`";
      throw new OperationError(
        `\`import\` names ${noun} ${now.id}, and this resource is ${noun} ${id} already: ${next}`,
      );
    }
    session.importedEarlier.add(now.urn);
  }
  const key = holderKey(resource, before);
  const isImported = ledger.importOf(token, id) !== undefined;
  if (!isImported && (key === undefined || !ledger.isHeldByAnother(token, id, key))) return;
  const next = "remove one of them from the program, and its entry from the state with `pulumi state delete`";
  throw new OperationError(`${noun} ${id} belongs to this resource and to another one of the program: ${next}`);
}
