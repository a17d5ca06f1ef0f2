/**
 * Where a phone number is routed, kept until it is back there. The account itself remembers it: an IP access control list
 * that nothing uses has it in its name, so that a later run finds it whatever became of this process.
 */
import type { Api } from "./api";
import { NAME_PREFIX, type Row } from "./kinds";
import { isDone, NoReplyError, objectIn, type Reply } from "./reply";

export interface Route {
  readonly kind: "trunk" | "application";
  readonly id: string;
}

export interface KeptRoute {
  readonly number: string;
  readonly route: Route;
}

const PATHS = { trunk: "Zentrunk/Trunk/", application: "Application/" } as const;
const REREADS_MS = [0, 500, 1_000, 2_000, 4_000] as const;
const MARKER = new RegExp(`^${NAME_PREFIX}[0-9a-f]{12}-n(\\d+)-(trunk|application)-([\\w-]+)-end$`);

/** The name of the list that remembers a route. It has an end: of a name that was cut, the route would be another one. */
export function markerName(name: string, { number, route }: KeptRoute): string {
  return `${name}-n${number}-${route.kind}-${route.id}-end`;
}

export function keptRouteIn(name: unknown): KeptRoute | undefined {
  const [, number, kind, id] = MARKER.exec(String(name)) ?? [];
  if (number === undefined || id === undefined || (kind !== "trunk" && kind !== "application")) return undefined;
  return { number, route: { kind, id } };
}

/** The route in a number's `application`; `null`: it is not routed. `undefined`: neither a trunk nor an application. */
export function routeIn(row: Row): Route | null | undefined {
  const { application } = row;
  if (application === undefined || application === null || application === "") return null;
  const [, path, id] = /\/(Zentrunk\/Trunk|Application)\/([\w-]+)\/?$/.exec(String(application)) ?? [];
  if (path === undefined || id === undefined) return undefined;
  return { kind: path === "Application" ? "application" : "trunk", id };
}

export function isSameRoute(a: Route | null | undefined, b: Route | null | undefined): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}

export function describeRoute(route: Route | null | undefined): string {
  if (route === null) return "nothing";
  return route === undefined ? "an unknown place" : `${PATHS[route.kind]}${route.id}/`;
}

export class PhoneNumber {
  constructor(
    private readonly api: Api,
    readonly number: string,
  ) {}

  get path(): string {
    return `Number/${this.number}/`;
  }

  /** `undefined`: the account has no such number. */
  async read(): Promise<{ readonly row: Row; readonly reply: Reply } | undefined> {
    const reply = await this.api.get(this.path);
    if (reply.status === 404) return undefined;
    const row = isDone(reply) ? objectIn(reply) : undefined;
    if (row === undefined || !("number" in row))
      throw new NoReplyError(`GET ${this.path} -> ${reply.status}: not a phone number`);
    return { row, reply };
  }

  post(body: Row): Promise<Reply> {
    return this.api.update(this.path, body);
  }

  /** Routes it there; `true` when a read shows it. */
  async routeTo(route: Route): Promise<boolean> {
    await this.post({ app_id: route.id });
    return this.isRoutedTo(route);
  }

  async isRoutedTo(route: Route | null): Promise<boolean> {
    for (const wait of REREADS_MS) {
      if (wait > 0) await this.api.pause(wait);
      const read = await this.read();
      if (read && isSameRoute(routeIn(read.row), route)) return true;
    }
    return false;
  }
}
