import type { ServerResponse } from "node:http";
import type { TerminalFault } from "../faults";
import type { RequestLogEntry } from "./request-log";

/** A complete response. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** Absent: no body. */
  text?: string;
}

/** How a response goes over the wire. */
export type ResponsePlan =
  | { how: "whole"; response: HttpResponse }
  | { how: "half"; response: HttpResponse }
  | { how: "slowly"; response: HttpResponse; everyMs: number; endless: boolean }
  | { how: "flood"; status: number; bytes: number }
  | { how: "hang-up" }
  | { how: "silence" };

/** Timers that end with the simulator. */
export interface Timers {
  every(ms: number, run: () => void): () => void;
}

const JSON_TYPE = "application/json";
const FLOOD_CHUNK = `${"0,".repeat(8 * 1024)}`;

/** A response in JSON. */
export function jsonResponse(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers: { "content-type": JSON_TYPE, ...headers }, text: JSON.stringify(body) ?? "" };
}

/** What a fault needs of the server. */
export interface FaultContext {
  request: RequestLogEntry;
  /** Carries out the request and returns the real response; to be called once at most. */
  act(): HttpResponse;
  /** An error in the simulator's own form. */
  error(status: number, message: string, headers?: Record<string, string>): HttpResponse;
}

/** Applies a fault to a request. */
export function planResponse(fault: TerminalFault | undefined, context: FaultContext): ResponsePlan {
  if (fault === undefined) return { how: "whole", response: context.act() };
  switch (fault.kind) {
    case "drop-before":
      return { how: "hang-up" };
    case "drop-after":
      context.act();
      return { how: "hang-up" };
    case "hang":
      if (fault.acts) context.act();
      return { how: "silence" };
    case "cut":
      return { how: "half", response: fault.acts === false ? context.error(500, "cut") : context.act() };
    case "drip":
      return { how: "slowly", response: context.act(), everyMs: fault.everyMs ?? 5, endless: fault.endless ?? false };
    case "flood":
      if (fault.acts ?? (fault.status ?? 200) < 400) context.act();
      return { how: "flood", status: fault.status ?? 200, bytes: fault.bytes ?? Number.POSITIVE_INFINITY };
    default:
      return { how: "whole", response: replacementResponse(fault, context) };
  }
}

type ReplacingFault = Extract<
  TerminalFault,
  { kind: "status" | "status-after" | "html" | "empty" | "body" | "raw" | "redirect" | "respond" }
>;

/** The complete response that a fault returns instead of the real one. */
function replacementResponse(fault: ReplacingFault, context: FaultContext): HttpResponse {
  if (acts(fault)) context.act();
  switch (fault.kind) {
    case "status":
    case "status-after":
      return fault.body === undefined
        ? context.error(fault.status, `simulated ${fault.status}`, fault.headers)
        : jsonResponse(fault.status, fault.body, fault.headers);
    case "body":
      return jsonResponse(fault.status, fault.body, fault.headers);
    case "raw":
      return { status: fault.status, headers: { "content-type": JSON_TYPE, ...fault.headers }, text: fault.text };
    case "html":
      return { status: fault.status, headers: { "content-type": "text/html" }, text: gatewayPage(fault.status) };
    case "empty":
      return { status: fault.status ?? 200, headers: {} };
    case "redirect":
      return { status: fault.status ?? 302, headers: { location: fault.location } };
    case "respond": {
      const { status, body } = fault.respond(context.request);
      return jsonResponse(status, body);
    }
  }
}

function acts(fault: ReplacingFault): boolean {
  if (fault.kind === "status-after") return true;
  if (fault.kind === "redirect") return false;
  if (fault.acts !== undefined) return fault.acts;
  return fault.kind === "respond" || (fault.status ?? 200) < 400;
}

function gatewayPage(status: number): string {
  return `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>\r\n`;
}

/** The status that the client receives; 0 for none. */
export function sentStatus(plan: ResponsePlan): number {
  if (plan.how === "hang-up" || plan.how === "silence") return 0;
  return plan.how === "flood" ? plan.status : plan.response.status;
}

/** Sends the response as planned. */
export function writeResponse(response: ServerResponse, plan: ResponsePlan, timers: Timers): void {
  if (plan.how === "whole") send(response, plan.response);
  if (plan.how === "half") cut(response, plan.response);
  if (plan.how === "slowly") drip(response, plan, timers);
  if (plan.how === "flood") flood(response, plan.status, plan.bytes);
  if (plan.how === "hang-up") response.socket?.destroy();
}

function send(response: ServerResponse, { status, headers, text }: HttpResponse): void {
  const length = text === undefined ? {} : { "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { ...headers, ...length });
  response.end(text);
}

function cut(response: ServerResponse, { status, headers, text = "" }: HttpResponse): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  // Only once the half is out: destroying at once would lose the headers too.
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

function drip(response: ServerResponse, plan: Extract<ResponsePlan, { how: "slowly" }>, timers: Timers): void {
  const { status, headers, text = "" } = plan.response;
  response.writeHead(status, headers);
  const bytes = Buffer.from(text);
  let sent = 0;
  const stop = timers.every(plan.everyMs, () => {
    if (plan.endless) return void response.write(" ");
    if (sent < bytes.length) return void response.write(bytes.subarray(sent, ++sent));
    stop();
    response.end();
  });
  response.on("close", stop);
}

/** Writes only as fast as the client reads: the flood must not fill the simulator's own memory. */
function flood(response: ServerResponse, status: number, bytes: number): void {
  response.writeHead(status, { "content-type": JSON_TYPE });
  let remaining = bytes;
  const pour = () => {
    while (remaining > 0 && !response.destroyed) {
      const chunk = remaining < FLOOD_CHUNK.length ? FLOOD_CHUNK.slice(0, remaining) : FLOOD_CHUNK;
      remaining -= chunk.length;
      if (!response.write(chunk)) return void response.once("drain", pour);
    }
    response.end();
  };
  response.write('{"objects":[');
  pour();
}
