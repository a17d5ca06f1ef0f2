import { afterEach } from "@jest/globals";
import { type Simulator, type SimulatorOptions, startSimulator } from "../index";

/** What a client receives. */
export interface ClientResponse {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever fields it expects, and fails when they are not there
  body: any;
}

/** A simulator with a client of its first account. */
export interface Setup {
  simulator: Simulator;
  /** A string or a Buffer is sent as it is, anything else as JSON; a Buffer has no content type. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<ClientResponse>;
  create(path: string, body: unknown): Promise<ClientResponse["body"]>;
}

const open: Simulator[] = [];

afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close();
});

/** The Basic header of a user. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** Starts a simulator that ends with the test. */
export async function setup(options?: SimulatorOptions): Promise<Setup> {
  const simulator = await startSimulator(options);
  open.push(simulator);
  const request: Setup["request"] = async (method, path, body, headers = {}) => {
    const authorization = basic(simulator.authId, simulator.authToken);
    const response = await fetch(`${simulator.url}/Account/${simulator.authId}/${path}`, {
      method,
      redirect: "manual",
      headers: { authorization, ...(isJson(body) && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
  const create: Setup["create"] = async (path, body) => {
    const response = await request("POST", path, body);
    if (response.status >= 300) throw new Error(`POST ${path} -> ${response.status} ${response.text}`);
    return response.body;
  };
  return { simulator, request, create };
}

function isRaw(body: unknown): body is string | Buffer {
  return typeof body === "string" || Buffer.isBuffer(body);
}

function isJson(body: unknown): boolean {
  return body !== undefined && !Buffer.isBuffer(body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The code of the network error that ended a request. */
export async function networkError(request: Promise<unknown>): Promise<string> {
  const outcome = await request.then(
    () => "a response",
    (thrown: Error & { cause?: { code?: string } }) => thrown.cause?.code ?? thrown.message,
  );
  return outcome;
}
