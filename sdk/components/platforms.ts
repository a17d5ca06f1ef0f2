/** `plivo.platforms`: the data as arguments of the components. */
import * as pulumi from "@pulumi/pulumi";
import * as data from "./platform-data";

/** A region, transport or subdomain that this package has no data for. */
export class PlatformError extends pulumi.RunError {
  constructor(platform: data.Platform, problem: string) {
    super(`plivo.platforms: ${platform.name} ${problem}`);
  }
}

/** What a platform is to Plivo. */
export interface PlatformRoute {
  /** For `InboundRoute`: the SIP address that accepts calls. */
  readonly to: string;

  /** For `OutboundAccess`: where calls come from, where the platform publishes it. Other customers' calls come from there too. */
  readonly addresses?: string[];
}

/** A platform that publishes addresses for each of its regions. */
export interface AddressedRoute extends PlatformRoute {
  readonly addresses: string[];
}

/** Whether a program has to ask for addresses: the data says it. */
type RouteTo<Of extends data.Platform> = Of extends {
  addresses: { value: Record<keyof Of["hosts"]["value"], readonly string[]> };
}
  ? AddressedRoute
  : PlatformRoute;

type RegionOf<Of extends data.Platform> = Exclude<keyof Of["hosts"]["value"], "">;
type TransportOf<Of extends data.Platform> = keyof Of["transports"]["value"];

/** What a program may choose. */
export interface PlatformChoice<Of extends data.Platform> {
  /** The platform's choice when left out. */
  readonly region?: RegionOf<Of> | undefined;
  readonly transport?: TransportOf<Of> | undefined;
}

/** The customer's own label in front of the host: `acme` of `acme.sip.livekit.cloud`. */
export interface Subdomain {
  readonly subdomain: string;
}

type Choice = Readonly<Partial<Record<"subdomain" | "region" | "transport", string>>>;

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const OLDEST_DAYS = 180;
const DAY_MS = 86_400_000;

/** The platforms, with a clock by which the age of the data is told. */
export function platformsAt(now: () => number) {
  // By the connection to the engine: a process may run several programs.
  const warned = new WeakSet<object>();

  function warnOnce(asOf: string): void {
    const program = pulumi.runtime.getMonitor();
    if (now() - Date.parse(asOf) <= OLDEST_DAYS * DAY_MS || program === undefined || warned.has(program)) return;
    warned.add(program);
    void pulumi.log.warn(
      `plivo.platforms: some addresses of voice platforms were last checked on ${asOf}, more than ${OLDEST_DAYS} days ago: update pulumi-plivo, or compare them with the pages of the platform`,
    );
  }

  function route<Of extends data.Platform>(platform: Of, choice: object): RouteTo<Of> {
    warnOnce(oldestOf(platform));
    return routeOf(platform, checkedChoice(platform, choice)) as RouteTo<Of>;
  }

  return {
    /** LiveKit Cloud. It publishes addresses for the regions canada, eu, india, japan and us. */
    livekit: (choice: Subdomain & PlatformChoice<typeof data.livekit>) => route(data.livekit, choice),
    /** ElevenLabs agents. */
    elevenlabs: (choice: PlatformChoice<typeof data.elevenlabs> = {}) => route(data.elevenlabs, choice),
    /** Vapi, in the United States unless a region is given. */
    vapi: (choice: PlatformChoice<typeof data.vapi> = {}) => route(data.vapi, choice),
    /** Retell. */
    retell: (choice: PlatformChoice<typeof data.retell> = {}) => route(data.retell, choice),
    /** xAI's voice agents, for inbound calls. */
    xai: (choice: PlatformChoice<typeof data.xai> = {}) => route(data.xai, choice),
  };
}

/** The addresses of voice platforms, from their own pages. */
export const platforms = platformsAt(Date.now);

/** `null` counts as left out. What is ignored could be the region: calls would leave their country. */
function checkedChoice(platform: data.Platform, choice: object | undefined): Choice {
  const names = [...(needsSubdomain(platform) ? ["subdomain"] : []), "region", "transport"];
  const given = Object.entries(choice ?? {}).filter(([, value]) => value !== undefined && value !== null);
  for (const [name, value] of given) {
    if (!names.includes(name)) throw new PlatformError(platform, `has no choice of ${name}: use ${names.join(", ")}`);
    if (typeof value !== "string")
      throw new PlatformError(platform, `needs ${name} as a plain string: an output becomes known too late`);
  }
  return Object.fromEntries(given);
}

function needsSubdomain({ hosts }: data.Platform): boolean {
  return Object.values(hosts.value).some((host) => host.includes("{subdomain}"));
}

function routeOf(platform: data.Platform, { subdomain = "", region = "", transport }: Choice): PlatformRoute {
  const { hosts, transports, addresses } = platform;
  const host = Object.hasOwn(hosts.value, region) ? hosts.value[region] : undefined;
  if (host === undefined) throw new PlatformError(platform, `has no region ${region}: ${regionsOf(hosts.value)}`);
  const suffixes = new Map<string, string>(Object.entries(transports.value));
  const [first = "", ...others] = suffixes.keys();
  const suffix = suffixes.get(transport ?? first);
  if (suffix === undefined)
    throw new PlatformError(platform, `has no transport ${transport}: use ${[first, ...others].join(", ")}`);
  if (needsSubdomain(platform) && !LABEL.test(subdomain))
    throw new PlatformError(platform, "needs the subdomain of your project: the part before .sip.livekit.cloud");
  const ranges = addresses && Object.hasOwn(addresses.value, region) ? addresses.value[region] : undefined;
  return {
    to: `${host.replace("{subdomain}", subdomain)}${suffix}`,
    ...(ranges && { addresses: [...ranges] }),
  };
}

function regionsOf(hosts: Readonly<Record<string, string>>): string {
  const regions = Object.keys(hosts).filter((name) => name !== "");
  return regions.length === 0 ? "leave it out" : `use ${regions.join(", ")}, or leave it out`;
}

function oldestOf({ hosts, transports, addresses }: data.Platform): string {
  return [hosts, transports, ...(addresses ? [addresses] : [])].map(({ asOf }) => asOf).sort()[0] ?? "";
}
