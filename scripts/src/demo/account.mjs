/** The simulated Plivo account, as somebody sees it who does not use Pulumi. */

import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "../lib/cli.mjs";
import { stopIfInterrupted } from "./processes.mjs";

const START_MS = 10_000;

/** @typedef {{ url: string, authId: string, authToken: string }} Access */
/** @typedef {Record<string, unknown>} Row */

/** Waits until the simulator says how to reach it. @param {string} log @param {() => boolean} isRunning @returns {Promise<Access>} */
export async function accessFrom(log, isRunning) {
  const deadline = Date.now() + START_MS;
  for (;;) {
    stopIfInterrupted();
    const text = fs.readFileSync(log, "utf8");
    const found = /PLIVO_BASE_URL=(\S+) PLIVO_AUTH_ID=(\S+) PLIVO_AUTH_TOKEN=(\S+)/.exec(text);
    const [, url, authId, authToken] = found ?? [];
    if (url && authId && authToken) return { url, authId, authToken };
    if (!isRunning() || Date.now() > deadline) throw new Problem(`The simulator did not start:\n${text}`);
    await sleep(50);
  }
}

/** @param {Access} access @param {string} path @returns {Promise<Row[]>} */
export async function list(access, path) {
  const { objects } = await call(access, "GET", path);
  return Array.isArray(objects) ? objects : [];
}

/** @param {Access} access @param {string} method @param {string} path @param {Row} [body] @returns {Promise<Row>} */
export async function call({ url, authId, authToken }, method, path, body) {
  const response = await fetch(`${url}/Account/${authId}/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString("base64")}`,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Problem(`${method} ${path} -> ${response.status} ${text}`);
  return JSON.parse(text);
}
