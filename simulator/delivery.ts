import type { ServerResponse } from "node:http";
import type { Ending } from "./faults";
import type { RequestLogEntry } from "./request-log";

/** A complete answer. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  /** Absent: no body. */
  text?: string;
}

/** What goes over the wire in the end. */
export type Delivery =
  | { how: "whole"; reply: Reply }
  | { how: "half"; reply: Reply }
  | { how: "slowly"; reply: Reply; everyMs: number; endless: boolean }
  | { how: "flood"; status: number; bytes: number }
  | { how: "hang-up" }
  | { how: "silence" };

/** Timers that end with the simulator. */
export interface Timers {
  every(ms: number, run: () => void): () => void;
}

const JSON_TYPE = "application/json";
const FLOOD_CHUNK = `${"0,".repeat(8 * 1024)}`;

/** An answer in JSON. */
export function jsonReply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, headers: { "content-type": JSON_TYPE, ...headers }, text: JSON.stringify(body) ?? "" };
}

/** The parts that a fault needs of the server. */
export interface Scene {
  request: RequestLogEntry;
  /** Carries the request out and answers truly; to be called once at most. */
  act(): Reply;
  /** An error in the simulator's own form. */
  error(status: number, message: string, headers?: Record<string, string>): Reply;
}

/** What a fault makes of a request. */
export function deliveryOf(ending: Ending | undefined, scene: Scene): Delivery {
  if (ending === undefined) return { how: "whole", reply: scene.act() };
  switch (ending.kind) {
    case "drop-before":
      return { how: "hang-up" };
    case "drop-after":
      scene.act();
      return { how: "hang-up" };
    case "hang":
      if (ending.acts) scene.act();
      return { how: "silence" };
    case "cut":
      return { how: "half", reply: ending.acts === false ? scene.error(500, "cut") : scene.act() };
    case "drip":
      return { how: "slowly", reply: scene.act(), everyMs: ending.everyMs ?? 5, endless: ending.endless ?? false };
    case "flood":
      if (ending.acts ?? (ending.status ?? 200) < 400) scene.act();
      return { how: "flood", status: ending.status ?? 200, bytes: ending.bytes ?? Number.POSITIVE_INFINITY };
    default:
      return { how: "whole", reply: spoiltReply(ending, scene) };
  }
}

type Spoiling = Extract<
  Ending,
  { kind: "status" | "status-after" | "html" | "empty" | "body" | "raw" | "redirect" | "answer" }
>;

/** The answer of a fault that answers something whole, only not the truth. */
function spoiltReply(ending: Spoiling, scene: Scene): Reply {
  if (acts(ending)) scene.act();
  switch (ending.kind) {
    case "status":
    case "status-after":
      return ending.body === undefined
        ? scene.error(ending.status, `simulated ${ending.status}`, ending.headers)
        : jsonReply(ending.status, ending.body, ending.headers);
    case "body":
      return jsonReply(ending.status, ending.body, ending.headers);
    case "raw":
      return { status: ending.status, headers: { "content-type": JSON_TYPE, ...ending.headers }, text: ending.text };
    case "html":
      return { status: ending.status, headers: { "content-type": "text/html" }, text: gatewayPage(ending.status) };
    case "empty":
      return { status: ending.status ?? 200, headers: {} };
    case "redirect":
      return { status: ending.status ?? 302, headers: { location: ending.location } };
    case "answer": {
      const { status, body } = ending.answer(scene.request);
      return jsonReply(status, body);
    }
  }
}

function acts(ending: Spoiling): boolean {
  if (ending.kind === "status-after") return true;
  if (ending.kind === "redirect") return false;
  if (ending.acts !== undefined) return ending.acts;
  return ending.kind === "answer" || (ending.status ?? 200) < 400;
}

function gatewayPage(status: number): string {
  return `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>\r\n`;
}

/** The status that the client gets to see; 0 for none. */
export function deliveredStatus(delivery: Delivery): number {
  if (delivery.how === "hang-up" || delivery.how === "silence") return 0;
  return delivery.how === "flood" ? delivery.status : delivery.reply.status;
}

/** Puts it on the wire. */
export function deliver(response: ServerResponse, delivery: Delivery, timers: Timers): void {
  if (delivery.how === "whole") send(response, delivery.reply);
  if (delivery.how === "half") cut(response, delivery.reply);
  if (delivery.how === "slowly") drip(response, delivery, timers);
  if (delivery.how === "flood") flood(response, delivery.status, delivery.bytes);
  if (delivery.how === "hang-up") response.socket?.destroy();
}

function send(response: ServerResponse, { status, headers, text }: Reply): void {
  const length = text === undefined ? {} : { "content-length": Buffer.byteLength(text) };
  response.writeHead(status, { ...headers, ...length });
  response.end(text);
}

function cut(response: ServerResponse, { status, headers, text = "" }: Reply): void {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  // Only once the half is out: destroying at once would lose the headers too.
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
}

function drip(response: ServerResponse, delivery: Extract<Delivery, { how: "slowly" }>, timers: Timers): void {
  const { status, headers, text = "" } = delivery.reply;
  response.writeHead(status, headers);
  const bytes = Buffer.from(text);
  let sent = 0;
  const stop = timers.every(delivery.everyMs, () => {
    if (delivery.endless) return void response.write(" ");
    if (sent < bytes.length) return void response.write(bytes.subarray(sent, ++sent));
    stop();
    response.end();
  });
  response.on("close", stop);
}

/** Writes only as fast as the client reads: the flood must not fill the simulator's own memory. */
function flood(response: ServerResponse, status: number, bytes: number): void {
  response.writeHead(status, { "content-type": JSON_TYPE });
  let left = bytes;
  const pour = () => {
    while (left > 0 && !response.destroyed) {
      const chunk = left < FLOOD_CHUNK.length ? FLOOD_CHUNK.slice(0, left) : FLOOD_CHUNK;
      left -= chunk.length;
      if (!response.write(chunk)) return void response.once("drain", pour);
    }
    response.end();
  };
  response.write('{"objects":[');
  pour();
}
