/** The requests alone: what an `up`, a `refresh` and a `destroy` of N trunks cost without Pulumi and without any care. */

/** @typedef {{ url: string, authId: string, authToken: string }} Access */
/** @typedef {{ trunks: number, atOnce: number, limited: boolean }} Size */
/** @typedef {Record<string, any>} Row */

const REQUESTS = 300;
const WINDOW_MS = 5_000;

/** @param {Access} access @param {Size} size */
export function plainNode(access, { trunks, atOnce, limited }) {
  const turn = limited ? limiter() : async () => undefined;
  /** @param {string} method @param {string} path @param {Row} [body] */
  const send = async (method, path, body) => {
    for (;;) {
      await turn();
      const answer = await request(access, method, path, body);
      if (answer) return answer;
      if (!limited) throw new Error(`${method} ${path} -> 429`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  };
  /** @type {string[]} */
  let ids = [];
  let credential = "";
  return {
    async up() {
      const who = { name: "bench", username: "benchuser", password: "s3cret_s3cret!" };
      credential = (await send("POST", "Zentrunk/Credential/", who)).credential_uuid;
      await send("GET", `Zentrunk/Credential/${credential}/`);
      ids = await inParallel(atOnce, trunks, async (index) => {
        const trunk = { name: `trunk-${index}`, trunk_direction: "outbound", credential_uuid: credential };
        const { trunk_id: id } = await send("POST", "Zentrunk/Trunk/", trunk);
        await send("GET", `Zentrunk/Trunk/${id}/`);
        return id;
      });
    },
    /** Twice, as the engine reads everything in its preview and again afterwards. */
    async refresh() {
      for (const _pass of [1, 2]) {
        await send("GET", `Zentrunk/Credential/${credential}/`);
        await inParallel(atOnce, trunks, (index) => send("GET", `Zentrunk/Trunk/${ids[index]}/`));
      }
    },
    async destroy() {
      await inParallel(atOnce, trunks, (index) => send("DELETE", `Zentrunk/Trunk/${ids[index]}/`));
      await send("DELETE", `Zentrunk/Credential/${credential}/`);
    },
  };
}

/** @param {Access} access @param {string} method @param {string} path @param {Row} [body] @returns {Promise<Row | undefined>} undefined when refused */
async function request({ url, authId, authToken }, method, path, body) {
  const response = await fetch(`${url}/Account/${authId}/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${authId}:${authToken}`).toString("base64")}`,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status === 429) return undefined;
  if (!response.ok) throw new Error(`${method} ${path} -> ${response.status} ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

/** @template T @param {number} atOnce @param {number} count @param {(index: number) => Promise<T>} work @returns {Promise<T[]>} */
async function inParallel(atOnce, count, work) {
  /** @type {T[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/** Waits for a place under the limit of 300 requests in 5 s. */
function limiter() {
  /** @type {number[]} */
  const taken = [];
  let queue = Promise.resolve();
  return () => {
    queue = queue.then(async () => {
      const first = taken.length < REQUESTS ? undefined : taken.shift();
      // A little more than the window: the server counts arrivals, not departures.
      const waitMs = first === undefined ? 0 : first + WINDOW_MS + 50 - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      taken.push(performance.now());
    });
    return queue;
  };
}
