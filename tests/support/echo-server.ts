/** A server that echoes what it was sent, in every place and spelling that a response has room for. */
import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly authorization: string;
  /** User and password of the header, in the clear. */
  readonly credentials: string;
}

export interface Echo {
  readonly what: string;
  readonly status: number;
  /** What stands in the body; `undefined` for none. */
  body?(sent: Sent): string | undefined;
  headers?(sent: Sent): Record<string, string>;
}

const hex = (sign: string, width: number) => sign.charCodeAt(0).toString(16).padStart(width, "0");
const json = (value: string) => JSON.stringify(value).slice(1, -1);
const rfc3986 = (value: string) =>
  encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${hex(sign, 2).toUpperCase()}`);

/** How servers write what they echo. */
export const spelled: Readonly<Record<string, (value: string) => string>> = {
  "by RFC 3986": rfc3986,
  "by RFC 3986, in small letters": (value) => rfc3986(value).replace(/%../g, (found) => found.toLowerCase()),
  "as a form": (value) => new URLSearchParams([["", value]]).toString().slice(1),
  "in JSON, by Go": (value) => json(value).replace(/[&<>]/g, (sign) => `\\u${hex(sign, 4)}`),
  "in JSON, twice": (value) => json(json(value)),
  "in HTML, by Go": (value) => value.replace(/[&<>"'+]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  "in HTML, by Python": (value) => value.replace(/[&<>"'!]/g, (sign) => `&#x${hex(sign, 2)};`),
  "in JSON in HTML": (value) => html(json(value)),
  "in capitals": (value) => value.toUpperCase(),
};

const all = (sent: Sent) => `${sent.method} ${sent.url} ${sent.authorization} ${sent.credentials} ${sent.body}`;
const asJson = (value: unknown) => JSON.stringify(value);
const html = (value: string) =>
  value.replace(/[&<>"']/g, (sign) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" }[sign]};`);
const page = (value: string) => `<html><head><title>${value}</title></head><body><p>${value}</p></body></html>`;
const inError = (error: (sent: Sent) => unknown) => (sent: Sent) => asJson({ api_id: "a1", error: error(sent) });
const header = (value: string) => value.replace(/[^\x20-\x7e]/g, "");

/** Of the values alone, as a server may quote one field. */
function values(sent: Sent): readonly string[] {
  if (sent.body === "") return [sent.credentials, sent.authorization];
  return [...Object.values(JSON.parse(sent.body) as Record<string, unknown>).map(String), sent.authorization];
}

const inBodies: readonly Omit<Echo, "status">[] = [
  { what: "a text", body: inError(all) },
  { what: "each value in a text", body: inError((sent) => values(sent).join(" and ")) },
  { what: "an object", body: inError((sent) => ({ sent })) },
  { what: "keys", body: inError((sent) => Object.fromEntries(values(sent).map((value) => [value, value]))) },
  { what: "a message", body: (sent) => asJson({ message: all(sent) }) },
  { what: "the api_id", body: (sent) => asJson({ api_id: values(sent).join(), error: "no" }) },
  { what: "no JSON", body: all },
  { what: "a page", body: (sent) => page(all(sent)) },
  { what: "a page, escaped", body: (sent) => page(html(all(sent))) },
  { what: "a URL", body: (sent) => page(`https://example.com/?${values(sent).map(encodeURIComponent).join("&")}`) },
  { what: "behind a long text", body: inError((sent) => `${"x".repeat(180)} ${values(sent).join(" ")}`) },
  { what: "many lines", body: inError((sent) => values(sent).join("\n")) },
  ...Object.entries(spelled).map(([how, spell]) => ({
    what: `each value ${how}`,
    body: (sent: Sent) => page(values(sent).map(spell).join(" and ")),
  })),
  {
    what: "base64",
    body: inError((sent) =>
      [...values(sent), all(sent)].map((value) => Buffer.from(value).toString("base64")).join(" "),
    ),
  },
  { what: "a type", body: (sent) => asJson({ trunk_id: { [values(sent).join()]: 1 }, objects: values(sent) }) },
];

export const echoes: readonly Echo[] = [
  ...[200, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502].flatMap((status) =>
    inBodies.map((echo) => ({ ...echo, what: `${status} with ${echo.what}`, status })),
  ),
  {
    what: "a redirect",
    status: 302,
    headers: (sent) => ({ location: `https://${encodeURIComponent(values(sent).join())}@example.com/` }),
  },
  { what: "a Retry-After", status: 429, headers: (sent) => ({ "retry-after": header(all(sent)) }) },
  { what: "a date", status: 429, headers: (sent) => ({ "retry-after": "Mon, 1", date: header(all(sent)) }) },
];

export class EchoServer {
  readonly #server: Server;
  /** How it responds, until it is changed. */
  echo: Echo = { what: "nothing", status: 500 };
  /** How it responds to the next requests instead, one each. */
  readonly first: Echo[] = [];
  port = 0;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const authorization = request.headers.authorization ?? "";
      const credentials = Buffer.from(authorization.replace(/^Basic /, ""), "base64").toString();
      const { method = "", url = "" } = request;
      const sent = { method, url, body: await text(request), authorization, credentials };
      const { status, body, headers } = this.first.shift() ?? this.echo;
      response.writeHead(status, headers?.(sent) ?? {}).end(body?.(sent));
    });
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (typeof address === "object" && address) this.port = address.port;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
