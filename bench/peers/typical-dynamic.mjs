/**
 * A `pulumi.dynamic` provider for trunks as people write one for any REST API today: the requests in a closure, which
 * Pulumi writes into the state of each resource; no limiter, no retries, no checks.
 */

import * as pulumi from "@pulumi/pulumi";

/** @typedef {Record<string, any>} Values */

/** @param {string} method @param {string} path @param {Values} [body] */
async function plivo(method, path, body) {
  const { PLIVO_BASE_URL, PLIVO_AUTH_ID, PLIVO_AUTH_TOKEN } = process.env;
  const response = await fetch(`${PLIVO_BASE_URL}/Account/${PLIVO_AUTH_ID}/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${PLIVO_AUTH_ID}:${PLIVO_AUTH_TOKEN}`).toString("base64")}`,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} -> ${response.status} ${text}`);
  if (text === "") return {};
  const answer = JSON.parse(text);
  return answer.object ?? answer;
}

/** @type {pulumi.dynamic.ResourceProvider} */
const credentialProvider = {
  async create(inputs) {
    const { name, username, password } = inputs;
    const { credential_uuid: id } = await plivo("POST", "Zentrunk/Credential/", { name, username, password });
    return { id, outs: { ...inputs, credentialUuid: id } };
  },
  async read(id, props) {
    const row = await plivo("GET", `Zentrunk/Credential/${id}/`);
    return { id, props: { ...props, name: row.name, username: row.username } };
  },
  async delete(id) {
    await plivo("DELETE", `Zentrunk/Credential/${id}/`);
  },
};

/** @param {Values} inputs */
function trunkBody({ name, trunkDirection, credentialUuid }) {
  return { name, trunk_direction: trunkDirection, credential_uuid: credentialUuid };
}

/** @param {Values} row */
function trunkOutputs(row) {
  return {
    name: row.name,
    trunkDirection: row.trunk_direction,
    trunkStatus: row.trunk_status,
    secure: row.secure,
    credentialUuid: row.credential_uuid,
    trunkId: row.trunk_id,
    trunkDomain: row.trunk_domain,
  };
}

/** @type {pulumi.dynamic.ResourceProvider} */
const trunkProvider = {
  async diff(_id, olds, news) {
    const keys = ["name", "trunkDirection", "credentialUuid"];
    const replaces = olds.trunkDirection === news.trunkDirection ? [] : ["trunkDirection"];
    return { changes: keys.some((key) => olds[key] !== news[key]), replaces };
  },
  async create(inputs) {
    const { trunk_id: id } = await plivo("POST", "Zentrunk/Trunk/", trunkBody(inputs));
    return { id, outs: trunkOutputs(await plivo("GET", `Zentrunk/Trunk/${id}/`)) };
  },
  async read(id) {
    return { id, props: trunkOutputs(await plivo("GET", `Zentrunk/Trunk/${id}/`)) };
  },
  async update(id, _olds, news) {
    await plivo("POST", `Zentrunk/Trunk/${id}/`, trunkBody(news));
    return { outs: trunkOutputs(await plivo("GET", `Zentrunk/Trunk/${id}/`)) };
  },
  async delete(id) {
    await plivo("DELETE", `Zentrunk/Trunk/${id}/`);
  },
};

class Credential extends pulumi.dynamic.Resource {
  /** @param {string} name @param {Values} args */
  constructor(name, args) {
    super(credentialProvider, name, { ...args, credentialUuid: undefined });
  }
}

class Trunk extends pulumi.dynamic.Resource {
  /** @param {string} name @param {Values} args */
  constructor(name, args) {
    super(trunkProvider, name, { ...args, trunkId: undefined, trunkDomain: undefined });
  }
}

export const typical = { Credential, Trunk };
