/**
 * The resource option `import` of the dynamic classes. Pulumi's host cannot import; the SDK class passes the option on, and
 * the object is found in check and taken over in create.
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
  unchangeable,
} from "../lifecycle/index";
import type { Services } from "../resources/index";
import type { Session } from "./session";
import type { FromHost, ImportOption } from "./values";

/** The object that a new resource imports; `undefined` where nothing is to be imported. */
export async function targetOf(
  resource: Resource<Services>,
  { importOption }: FromHost,
  session: Session,
): Promise<ImportTarget | undefined> {
  if (!importOption) return undefined;
  const { id, urn } = importOption;
  // The replacement of what was imported once is a new object.
  if (session.wasChecked(urn) && session.wasImported(resource.token, normalId(resource, id))) return undefined;
  return findImport(resource, { id, key: urn }, session.context());
}

/** What is checked is a change of the object: what it has already is not rejected, and a name that is not given stays. */
export function importRequest(
  { news, secrets, ...rest }: CheckRequest,
  { inputs }: ReadResult,
  { ignored }: ImportOption,
): CheckRequest {
  const roots = new Set(ignored.map((path) => path.split(/[.[]/, 1)[0]));
  const isIgnored = (key: string) => roots.has(key) || roots.has("*");
  const kept = Object.entries(news).filter(([key]) => !isIgnored(key));
  const own = Object.entries(inputs).filter(([key]) => isIgnored(key));
  return { ...rest, secrets, news: Object.fromEntries([...kept, ...own]), olds: inputs };
}

/** Adds what no update could change, and tells the user what the import does: the engine shows a create. */
export function finishCheck(
  resource: Resource<Services>,
  object: ReadResult,
  result: CheckResult,
  log: (text: string) => void,
): readonly Failure[] {
  const failures = [...result.failures, ...unchangeable(resource, object, result.inputs)];
  if (failures.length === 0) log(describeImport(resource, object, result.inputs));
  return failures;
}

/** An import that names another object than the one that the resource has. */
export function refuseOther(
  resource: Resource<Services>,
  planned: Plan,
  { before, now }: { readonly before: string | undefined; readonly now: string | undefined },
  session: Session,
): void {
  const { identity } = planned;
  // Whatever its create has made: the replacement imports what the program names.
  if (identity.kind === "unconfirmed") return;
  const { id } = identity;
  if (now !== undefined && now !== id && now !== before) {
    const next = "remove the option, or take the resource out of the state first with `pulumi state delete`";
    throw new OperationError(
      `\`import\` names ${resource.noun} ${now}, and this resource is ${resource.noun} ${id} already: ${next}`,
    );
  }
  if (session.account().ledger.importerOf(resource.token, id) !== undefined)
    throw new OperationError(
      `${resource.noun} ${id} belongs to this resource, and another one of the program imports it: remove its option \`import\``,
    );
  if (now !== undefined) session.recordImported(resource.token, now);
}
