/**
 * Removes what the command has made, in this run or in one that was killed. The lists of the account alone say what that
 * is: what has a name of the command, and is used by nothing else.
 */
import { visible } from "../../../provider/text/visible";
import type { Api } from "./api";
import { isId, isOwnName, type Kind, kindNames, kinds, type Row, references } from "./kinds";
import {
  describeRoute,
  isSameRoute,
  type KeptRoute,
  keptRouteIn,
  PhoneNumber,
  type Route,
  routeIn,
} from "./number-route";
import { readList } from "./pages";
import { isGone } from "./reply";

export interface CleanUp {
  /** How many objects were deleted. */
  readonly removed: number;
  /** What is still there, and why. */
  readonly left: readonly string[];
  /** Creates without a response of which nothing was to be seen for the whole time: most likely they made nothing. */
  readonly unseen: readonly string[];
  /** Numbers that are back on their route. */
  readonly restored: readonly KeptRoute[];
  /** Numbers that cannot come back: what they were routed to does not exist any more. */
  readonly homeless: readonly KeptRoute[];
}

export interface CleanUpOptions {
  /** Names of creates without a response. */
  readonly unsettled: ReadonlySet<string>;
  /** The number that the run may route: of any other, only what this command has made of it is undone. */
  readonly number: string | undefined;
}

interface Found {
  readonly kind: Kind;
  readonly id: string;
  readonly row: Row;
}

/** Waits before each pass. What turns up later than this is left to the next run. */
const PASSES_MS = [0, 1_000, 3_000, 6_000, 12_000, 24_000] as const;

export async function cleanUp(api: Api, options: CleanUpOptions): Promise<CleanUp> {
  const removed = new Set<string>();
  const routes = { restored: new Map<string, KeptRoute>(), homeless: new Map<string, KeptRoute>() };
  const deleted = new Set<string>();
  const result = (left: readonly string[], unseen: readonly string[]): CleanUp => ({
    removed: removed.size,
    left,
    unseen,
    restored: [...routes.restored.values()],
    homeless: [...routes.homeless.values()],
  });
  let left: readonly string[] = [];
  for (const [pass, wait] of PASSES_MS.entries()) {
    if (wait > 0) await api.pause(wait);
    const lists = await readAll(api);
    const found = ownIn(lists);
    const isQuiet = found.length === 0 && [...options.unsettled].every((name) => removed.has(name));
    if (isQuiet) return result([], []);
    const again = found.filter((one) => deleted.has(pathOf(one)));
    left = await removeFound(api, found, { lists, options, removed, ...routes, deleted });
    // A list may lag; but not longer than all of these waits.
    if (pass === PASSES_MS.length - 1) left = [...left, ...again.map(stillListed)];
    if (pass > 0 && left.length > 0) break;
  }
  return result(
    left,
    [...options.unsettled].filter((name) => !removed.has(name)),
  );
}

type Lists = Readonly<Record<Kind, readonly Row[]>>;

async function readAll(api: Api): Promise<Lists> {
  const lists: Record<Kind, readonly Row[]> = {
    trunks: [],
    originationUris: [],
    credentials: [],
    ipAccessControlLists: [],
  };
  for (const kind of kindNames) lists[kind] = (await readList(api, kind)).rows;
  return lists;
}

function ownIn(lists: Lists): readonly Found[] {
  return kindNames.flatMap((kind) =>
    lists[kind]
      .filter((row) => isOwnName(row.name))
      .map((row) => ({ kind, id: String(row[kinds[kind].idField]), row })),
  );
}

interface Pass {
  readonly lists: Lists;
  readonly options: CleanUpOptions;
  readonly removed: Set<string>;
  readonly restored: Map<string, KeptRoute>;
  readonly homeless: Map<string, KeptRoute>;
  /** The paths of what was deleted, in any pass. */
  readonly deleted: Set<string>;
}

const pathOf = ({ kind, id }: Found) => `${kinds[kind].collection}${id}/`;
const describe = ({ kind, id, row }: Found) => visible(`${kinds[kind].noun} ${id} (${row.name})`);
const stillListed = (one: Found) => `${describe(one)}: its deletion was accepted, and it is still listed`;

/** Numbers first, then trunks, then what they use. Returns what is still there. */
async function removeFound(api: Api, found: readonly Found[], pass: Pass): Promise<readonly string[]> {
  const left: string[] = [];
  const ownTrunks = new Set(found.filter(({ kind }) => kind === "trunks").map(({ id }) => id));
  for (const one of found) {
    const kept = one.kind === "ipAccessControlLists" ? keptRouteIn(one.row.name) : undefined;
    if (!kept) continue;
    const problem = await restore(api, kept, ownTrunks, pass);
    if (problem !== undefined) left.push(problem);
  }
  // What remembers the route stays, and so does the trunk that the number may be on: with its URI the trunk would go too.
  if (left.length > 0) return [...left, `${found.length} objects of this command stay until then`];
  for (const one of found) {
    const problem = await removeOne(api, one, pass);
    if (problem !== undefined) left.push(`${describe(one)}: ${problem}`);
    else {
      pass.removed.add(String(one.row.name));
      pass.deleted.add(pathOf(one));
    }
  }
  return left;
}

async function removeOne(api: Api, one: Found, { lists }: Pass): Promise<string | undefined> {
  const { id, row } = one;
  // It would lead to another path.
  if (!isId(row[kinds[one.kind].idField])) return "its ID is none";
  const users = lists.trunks.filter((trunk) => !isOwnName(trunk.name) && references.some((name) => trunk[name] === id));
  if (users.length > 0) return "a trunk uses it that is not of this command";
  const reply = await api.remove(pathOf(one));
  return isGone(reply) ? undefined : `its deletion was refused with ${reply.status}`;
}

/** Puts a number back on its route; the problem where that is not possible. */
async function restore(
  api: Api,
  kept: KeptRoute,
  ownTrunks: ReadonlySet<string>,
  { options, restored, homeless }: Pass,
): Promise<string | undefined> {
  const number = new PhoneNumber(api, kept.number);
  const now = await number.read();
  // No longer rented: there is nothing to put back.
  if (!now) return undefined;
  const route = routeIn(now.row);
  if (isSameRoute(route, kept.route)) return undefined;
  const mayRoute = isOurs(route, ownTrunks) || options.number === kept.number;
  if (mayRoute && (await number.routeTo(kept.route))) {
    restored.set(kept.number, kept);
    return undefined;
  }
  // Nothing can bring it back there, and a marker that waits for that would stop every later run.
  if (await isRouteGone(api, kept.route)) {
    homeless.set(kept.number, kept);
    return undefined;
  }
  const text = `number ${kept.number}, routed to ${describeRoute(kept.route)} before`;
  if (mayRoute) return `${text}, could not be put back; it is routed to ${describeRoute(route)}`;
  return `${text}, is routed to ${describeRoute(route)} now; pass --number ${kept.number} to put it back`;
}

async function isRouteGone(api: Api, route: Route): Promise<boolean> {
  return (await api.get(describeRoute(route))).status === 404;
}

/** Routed there by this command, or to nothing because a trunk of this command was deleted. */
function isOurs(route: Route | null | undefined, ownTrunks: ReadonlySet<string>): boolean {
  return route === null || (route?.kind === "trunk" && ownTrunks.has(route.id));
}
