import { request } from "node:http";
import { expect, test } from "@jest/globals";
import type { Simulator, SimulatorOptions } from "../index";
import { basic, setup } from "../testing/setup";

interface Response {
  status: number | undefined;
  text: string;
}

/** A request with any header, also those that fetch does not let a program set. */
function send({ url }: Simulator, target: string, headers: Record<string, string>, method = "GET"): Promise<Response> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path: target, method, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() });
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function started(options: SimulatorOptions = {}) {
  const { simulator } = await setup({ ...options, seed: { numbers: ["14155550100"] } });
  const path = `/v1/Account/${simulator.authId}/Number/`;
  const authorization = basic(simulator.authId, simulator.authToken);
  return { simulator, path, authorization };
}

test.each([
  "evil.example",
  "evil.example:7548",
  "127.0.0.1.evil.example",
  "192.0.2.1",
  "localhost@evil.example",
  "x y",
])("a request for the host %s is rejected before its token is checked, and so is the page", async (host) => {
  const { simulator, path, authorization } = await started({ behaviour: { errorShape: "absent" } });
  for (const headers of [
    { host, authorization },
    { host, authorization: "Basic wrong" },
  ]) {
    const { status, text } = await send(simulator, path, headers);
    expect([status, JSON.parse(text).error]).toEqual([403, expect.stringContaining(JSON.stringify(host))]);
  }
  expect(simulator.requests.map(({ status }) => status)).toEqual([403, 403]);
  const page = await send(simulator, "/", { host });
  expect([page.status, page.text]).toEqual([403, expect.not.stringContaining("14155550100")]);
});

test.each(["127.0.0.1", "127.1.2.3:9", "localhost", "LocalHost:80", "[::1]", "[::1]:7548"])(
  "a request for the loopback host %s is served, and so is the page",
  async (host) => {
    const { simulator, path, authorization } = await started();
    expect((await send(simulator, path, { host, authorization })).status).toBe(200);
    expect((await send(simulator, "/", { host })).status).toBe(200);
  },
);

test.each([
  { options: { host: "0.0.0.0" }, host: "192.0.2.1:7548", status: 200 },
  { options: { host: "0.0.0.0" }, host: "[2001:db8::1]:7548", status: 200 },
  { options: { host: "0.0.0.0" }, host: "evil.example", status: 403 },
  { options: { hosts: ["Simulator"] }, host: "simulator:7548", status: 200 },
  { options: { hosts: ["simulator"] }, host: "evil.example", status: 403 },
  { options: { hosts: ["*.plivo.test"] }, host: "a.plivo.test", status: 200 },
  { options: { hosts: ["*.plivo.test"] }, host: "plivo.test", status: 403 },
  { options: { hosts: ["*.plivo.test"] }, host: "evilplivo.test", status: 403 },
  { options: { host: "localhost" }, host: "localhost:1", status: 200 },
])("started with $options, a request for $host gets $status", async ({ options, host, status }) => {
  const { simulator, path, authorization } = await started(options);
  expect((await send(simulator, path, { host, authorization })).status).toBe(status);
});

test.each(["http://evil.example", "http://localhost:3000", "null", "http://127.0.0.1"])(
  "a request of a web page of the origin %s is rejected, though it knows the token",
  async (origin) => {
    const { simulator, path, authorization } = await started();
    const { host } = new URL(simulator.url);
    const { status, text } = await send(simulator, path, { host, origin, authorization });
    expect([status, JSON.parse(text).error]).toEqual([403, expect.stringContaining(JSON.stringify(origin))]);
    expect((await send(simulator, path, { host, origin: `http://${host}`, authorization })).status).toBe(200);
  },
);

test("a rejected request uses up neither the rate limit nor a fault", async () => {
  const { simulator, path, authorization } = await started({ rateLimit: { requests: 1, windowMs: 5000 } });
  const fault = simulator.faults.add({ do: { kind: "empty" } });
  await send(simulator, path, { host: "evil.example", authorization });
  expect(fault.hits).toBe(0);
  fault.remove();
  expect((await send(simulator, path, { host: "localhost", authorization })).status).toBe(200);
});

test("what no URL can have is no bug of the simulator", async () => {
  const { simulator } = await started();
  for (const target of ["*", "http://evil.example/v1", "//", "/%00", "/v1/Account/%zz/Number/", "/v1//", "/[:"]) {
    expect((await send(simulator, target, { host: "localhost" }, "OPTIONS")).status).toBeLessThan(599);
  }
  expect(simulator.internalErrors).toEqual([]);
});
