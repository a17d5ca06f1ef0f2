/** Where an origination URI leads: transport, addresses and ports, as RFC 3263 finds them. */
import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { parseSipUri, type SipUri } from "../../provider/warnings/sip-uri";
import { CommandError } from "../shared/errors";
import { EXIT } from "./exit-codes";

export type Transport = "udp" | "tcp" | "tls";

export interface Target {
  readonly transport: Transport;
  /** What a certificate must be for: the host of the URI. */
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** The record that it comes from: the name of an SRV record, or the host. */
  readonly from: string;
}

export interface Resolution {
  readonly transport: Transport;
  /** The URI names it. Plivo's pages do not say what the lack of one means; UDP is SIP's default. */
  readonly isStated: boolean;
  readonly targets: readonly Target[];
  /** Why there are none, or not all. */
  readonly problems: readonly string[];
}

/** Per URI. A name server, which belongs to others, does not decide how many servers are asked. */
const MOST_RECORDS = 8;
const MOST_TARGETS = 16;

export type Dns = Pick<Resolver, "resolve4" | "resolve6" | "resolveSrv">;

/** Asks name servers, never the hosts file of this machine: Plivo does not see that. */
export function dnsOf(server: string | undefined, timeoutMs: number): Dns {
  const resolver = new Resolver({ timeout: timeoutMs, tries: 2 });
  try {
    if (server !== undefined) resolver.setServers([server]);
  } catch {
    throw new CommandError(`--dns "${server}" is no address of a name server`, EXIT.usage);
  }
  return resolver;
}

/** `undefined` for a URI of another form, which Plivo may understand all the same. */
export async function resolveUri(text: string, dns: Dns): Promise<Resolution | undefined> {
  const uri = parseSipUri(text.trim());
  if (uri === undefined) return undefined;
  const { transport, isStated } = statedTransport(text, uri);
  const port = uri.port === undefined ? undefined : Number(uri.port);
  const search = new Search(dns, transport, uri.host.replace(/\.$/, ""));
  // RFC 3263, 4.2: a port, like an address, leaves nothing to look up but the address.
  const targets =
    port !== undefined || isIP(uri.host) !== 0
      ? await search.byAddress(uri.host, port ?? defaultPort(transport))
      : await search.byService();
  if (targets.length > MOST_TARGETS)
    search.problems.push(`only the first ${MOST_TARGETS} of ${targets.length} addresses are followed`);
  return { transport, isStated, targets: targets.slice(0, MOST_TARGETS), problems: search.problems };
}

/** How calls reach a URI; `undefined` for one of another form. */
export function transportOf(text: string): Transport | undefined {
  const uri = parseSipUri(text.trim());
  return uri && statedTransport(text, uri).transport;
}

function statedTransport(text: string, { parameters }: SipUri): { transport: Transport; isStated: boolean } {
  const stated = parameters.map((parameter) => /^transport=(udp|tcp|tls)$/i.exec(parameter)?.[1]).find(Boolean);
  if (stated !== undefined) return { transport: stated.toLowerCase() as Transport, isStated: true };
  const isSips = /^\s*sips:/i.test(text);
  return { transport: isSips ? "tls" : "udp", isStated: isSips };
}

function defaultPort(transport: Transport): number {
  return transport === "tls" ? 5061 : 5060;
}

const SERVICES = { udp: "_sip._udp", tcp: "_sip._tcp", tls: "_sips._tcp" } as const;

class Search {
  readonly problems: string[] = [];

  constructor(
    private readonly dns: Dns,
    private readonly transport: Transport,
    private readonly host: string,
  ) {}

  /** The host's SRV records in their order, else its addresses. */
  async byService(): Promise<readonly Target[]> {
    const { host, transport } = this;
    const service = `${SERVICES[transport]}.${host}`;
    const records = await this.#ask(service, () => this.dns.resolveSrv(service));
    if (records.length === 0) return this.byAddress(host, defaultPort(transport));
    // RFC 2782: a dot. Node.js has it as a blank name.
    const named = records.filter(({ name }) => name !== "" && name !== ".");
    if (named.length === 0) this.problems.push(`${service} says that the host has no such service`);
    const sorted = [...named].sort((a, b) => a.priority - b.priority || b.weight - a.weight);
    const ordered = sorted.slice(0, MOST_RECORDS);
    if (named.length > ordered.length)
      this.problems.push(`only the first ${ordered.length} of ${named.length} records of ${service} are followed`);
    const targets = await Promise.all(ordered.map(({ name, port }) => this.byAddress(name, port, service)));
    return targets.flat();
  }

  async byAddress(name: string, port: number, from = name): Promise<readonly Target[]> {
    const addresses = isIP(name) === 0 ? await this.#addressesOf(name) : [name];
    const { transport, host } = this;
    return addresses.map((address) => ({ transport, host, address, port, from }));
  }

  async #addressesOf(name: string): Promise<readonly string[]> {
    const found = await Promise.all([
      this.#ask(name, () => this.dns.resolve4(name)),
      this.#ask(name, () => this.dns.resolve6(name)),
    ]);
    const addresses = found.flat();
    if (addresses.length === 0 && this.problems.length === 0) this.problems.push(`${name} has no address`);
    return addresses;
  }

  /** No such record is no problem; no response is one. */
  async #ask<T>(name: string, query: () => Promise<readonly T[]>): Promise<readonly T[]> {
    try {
      return await query();
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      const problem = `${name} could not be looked up (${code})`;
      // Of both kinds of addresses, most often for one reason.
      if (code !== "ENOTFOUND" && code !== "ENODATA" && !this.problems.includes(problem)) this.problems.push(problem);
      return [];
    }
  }
}
