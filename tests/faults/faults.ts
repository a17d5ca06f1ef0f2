/** The faults of the matrix, and how each is injected. */
import type { Fault } from "pulumi-plivo/simulator";
import { type Manner, refusal } from "../support/test-proxy";

/** A fault of the simulator, no server at all, an object that reads do not show, or a proxy. */
export type Injection = Fault | "refused" | "hidden" | { readonly kind: "proxy"; readonly manner: Manner };

export interface FaultFacts {
  /** What the documentation calls it. */
  readonly title: string;
  readonly injection: Injection;
  /** The message of an error about it, whichever request it struck. */
  readonly message: RegExp;
}

const status = (code: number, title: string, headers?: Record<string, string>): FaultFacts => ({
  title,
  injection: { kind: "status", status: code, ...(headers && { headers }) },
  message: new RegExp(`\\b${code} "simulated ${code}"`),
});

const after = (code: number): FaultFacts => ({
  title: `${code}, but it was done`,
  injection: { kind: "status-after", status: code },
  message: new RegExp(`-> ${code} `),
});

/** A new connection, which a proxy on the way handles. */
const proxy = (manner: Manner, title: string, message: RegExp): FaultFacts => ({
  title: `a proxy ${title}`,
  injection: { kind: "proxy", manner },
  message,
});

/** It looks like one of Plivo's, and is the proxy's. */
const forged = JSON.stringify({ api_id: "forged", trunk_id: "666", message: "changed", objects: [] });

const refusedBy = (code: number): FaultFacts =>
  proxy(
    refusal(code, forged, code === 429 ? { "retry-after": "86400" } : {}),
    `refuses with ${code}`,
    new RegExp(`not sent: the proxy \\S+ refused the connection \\(${code}\\)`),
  );

export const faults = {
  "400": status(400, "400"),
  "401": status(401, "401"),
  "403": status(403, "403"),
  "404": status(404, "404"),
  "408": status(408, "408"),
  "409": status(409, "409"),
  "422": status(422, "422"),
  "429": status(429, "429 without `Retry-After`"),
  "429-7": status(429, "429 with `Retry-After: 7`", { "retry-after": "7" }),
  "500": status(500, "500"),
  "500-after": after(500),
  "502": { title: "502, a web page", injection: { kind: "html", status: 502 }, message: /-> 502 "502 502"/ },
  "502-after": {
    title: "502, a web page, but it was done",
    injection: { kind: "html", status: 502, acts: true },
    message: /-> 502 "502 502"/,
  },
  "503": status(503, "503"),
  "504": status(504, "504"),
  "504-after": after(504),
  refused: { title: "connection refused", injection: "refused", message: /no response \(.*ECONNREFUSED/ },
  "drop-before": {
    title: "connection dropped before it was done",
    injection: { kind: "drop-before" },
    message: /no response \(socket hang up\)/,
  },
  "drop-after": {
    title: "connection dropped after it was done",
    injection: { kind: "drop-after" },
    message: /no response \(socket hang up\)/,
  },
  cut: { title: "half a response", injection: { kind: "cut" }, message: /an incomplete response/ },
  empty: { title: "an empty response", injection: { kind: "empty" }, message: /the body is empty/ },
  wrong: {
    title: "a response of wrong types",
    injection: { kind: "body", status: 200, body: [{ trunk_id: {} }, 7] },
    message: /unexpected response body/,
  },
  page: { title: "a proxy's page with 200", injection: { kind: "html", status: 200 }, message: /the body is not JSON/ },
  hang: { title: "no response", injection: { kind: "hang", acts: false }, message: /no complete response within/ },
  "hang-after": {
    title: "no response, but it was done",
    injection: { kind: "hang", acts: true },
    message: /no complete response within/,
  },
  drip: {
    title: "a response that drips for ever",
    injection: { kind: "drip", endless: true },
    message: /no complete response within/,
  },
  "proxy-201": refusedBy(201),
  "proxy-403": refusedBy(403),
  "proxy-404": refusedBy(404),
  "proxy-407": refusedBy(407),
  "proxy-429": refusedBy(429),
  "proxy-502": refusedBy(502),
  "proxy-closes": proxy("closes", "closes the connection", /not sent: the proxy \S+ made no connection \(/),
  "proxy-silent": proxy("silent", "stays silent", /not sent: the proxy \S+ made no connection within/),
  "proxy-lies": proxy("lies", "says 200 and speaks no TLS", /not sent: the proxy \S+ made a connection in which TLS/),
  late: { title: "late visibility", injection: "hidden", message: /-> 404/ },
} as const satisfies Record<string, FaultFacts>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as readonly FaultName[];
