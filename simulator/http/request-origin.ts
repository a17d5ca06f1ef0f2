import { isIP } from "node:net";

/** The headers that say for which host a request is, and which page sent it. */
export interface OriginHeaders {
  host?: string | undefined;
  origin?: string | undefined;
}

const HOST = /^(?<name>\[[0-9a-f:.]+\]|[^\s/@:[\]]+)(?::\d+)?$/i;
const WILDCARDS: readonly string[] = ["0.0.0.0", "::"];

/**
 * Why a request is not for this simulator, or undefined. The token is no protection: it is the same everywhere. A web
 * page can point a name of its own at this machine (DNS rebinding) and would then read and write as it likes; its
 * requests still carry that name as `Host`. A page that sends requests to another site is given away by `Origin`.
 */
export function findOriginProblem({ host = "", origin }: OriginHeaders, served: readonly string[]): string | undefined {
  const name = HOST.exec(host)?.groups?.name?.toLowerCase();
  if (name === undefined || !isServed(name, served)) {
    const also = "pass it to startSimulator as host, or in hosts";
    return `the simulator is not served under the host ${JSON.stringify(host)}, only under a loopback address; ${also}`;
  }
  if (origin === undefined || origin.toLowerCase().replace(/^https?:\/\//, "") === host.toLowerCase()) return undefined;
  return `the simulator takes no requests of web pages of another origin, such as ${JSON.stringify(origin)}`;
}

/** `*.example.com` is any name below example.com. */
function isNamed(name: string, host: string): boolean {
  return host.startsWith("*.") ? name.endsWith(host.slice(1)) : name === host;
}

function isServed(name: string, served: readonly string[]): boolean {
  const bare = name.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(bare);
  if (bare === "localhost" || bare === "::1" || (family === 4 && bare.startsWith("127."))) return true;
  if (served.some((host) => isNamed(bare, host.toLowerCase()))) return true;
  // Listening everywhere, it has addresses that it does not know. No name leads to a bare address.
  return family !== 0 && served.some((host) => WILDCARDS.includes(host));
}
