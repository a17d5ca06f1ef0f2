/** The proxy that the environment names for the base URL: HTTPS_PROXY, ALL_PROXY and NO_PROXY. */
import { getProxyForUrl } from "proxy-from-env";

export interface HttpProxy {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** `Basic ...`, where the URL carries credentials. Never shown. */
  readonly authorization: string | undefined;
  /** For texts: `proxy.example.com:3128`, without credentials. */
  readonly name: string;
}

/** Undefined: no proxy. Nothing of a wrong URL is quoted: it may hold a password. */
export function proxyFor(url: string): HttpProxy | { readonly problem: string } | undefined {
  const chosen = getProxyForUrl(url);
  if (chosen === "") return undefined;
  // As with curl: an address without a scheme is that of an http proxy, whatever the scheme of the target.
  const given = variable("https_proxy") || variable("all_proxy");
  const text = given.includes("://") ? chosen : `http://${given}`;
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.hostname === "")
    return { problem: "must be an http or https URL, such as http://proxy.example.com:3128; SOCKS is not supported" };
  const secure = parsed.protocol === "https:";
  const port = parsed.port === "" ? (secure ? 443 : 80) : Number(parsed.port);
  return {
    ...{ secure, port, name: `${parsed.hostname}:${port}` },
    host: parsed.hostname.replace(/^\[|\]$/g, ""),
    authorization: authorizationOf(parsed),
  };
}

function variable(name: string): string {
  return process.env[name] || process.env[name.toUpperCase()] || "";
}

function authorizationOf({ username, password }: URL): string | undefined {
  if (username === "" && password === "") return undefined;
  const credentials = `${decoded(username)}:${decoded(password)}`;
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}

/** A `%` that begins no escape is taken as it is. */
function decoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}
