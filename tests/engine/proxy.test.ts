/** Behind a proxy that lets nothing through, whatever it says, nothing is lost and nothing is doubled. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "@jest/globals";
import { type Manner, refusal, TEST_HOSTS, TestProxy } from "../support/test-proxy";
import { sdks } from "./support/programs/sdks";
import { setVariables } from "./support/secrets/secret-life";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";

const proxy = new TestProxy();
const folder = mkdtempSync(join(tmpdir(), "plivo-proxy-"));
const trusted = join(folder, "ca.pem");

beforeAll(async () => {
  await proxy.start();
  writeFileSync(trusted, await proxy.certificate());
});
afterAll(async () => {
  await proxy.stop();
  rmSync(folder, { recursive: true });
});

const forged = JSON.stringify({ api_id: "a", trunk_id: "666", credential_uuid: "666", objects: [] });
const manners: readonly (readonly [Manner, RegExp])[] = [
  [refusal(404, forged), /not sent: the proxy 127\.0\.0\.1:\d+ refused the connection \(404\)/],
  [refusal(201, forged), /not sent: the proxy 127\.0\.0\.1:\d+ refused the connection \(201\)/],
  ["closes", /not sent: the proxy 127\.0\.0\.1:\d+ made no connection \(/],
  ["lies", /not sent: the proxy 127\.0\.0\.1:\d+ made a connection in which TLS failed \(/],
  ["silent", /not sent: the proxy 127\.0\.0\.1:\d+ made no connection within 2 s/],
];

/** All requests of the engine's processes go through the proxy. */
async function behindProxy({ stack, simulator }: World) {
  const host = await proxy.host(Number(new URL(simulator.url).port));
  await stack.setConfig("plivo:baseUrl", { value: host.url });
  setVariables(stack, { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: trusted });
  return host;
}

const simulator = { hosts: TEST_HOSTS, seed: { originationUris: [{ uri_uuid: "elsewhere", uri: "sip.example.com" }] } };
const config = { "plivo:maxRetries": { value: "0" }, "plivo:requestTimeout": { value: "2" } };

for (const [adapter, sdk] of Object.entries(sdks))
  testInWorld(
    `${adapter}: behind a proxy that refuses, closes, lies or stays silent nothing is lost; behind an honest one all works`,
    async (world) => {
      const { stack, run, state, simulator } = world;
      const host = await behindProxy(world);
      const trunks = (...names: readonly string[]) => {
        run(async () => {
          for (const name of names)
            new sdk.Trunk(name, { name, trunkDirection: "inbound", primaryUriUuid: "elsewhere" });
        });
      };
      trunks("first");
      await stack.up();
      const before = state().resources.filter(({ id }) => id);
      expect(host.connects.length).toBeGreaterThan(0);
      for (const [manner, message] of manners) {
        host.manner = manner;
        trunks("first", "second");
        expect(await failureOf(stack.up())).toMatch(message);
        expect(await failureOf(stack.refresh())).toMatch(message);
        expect(await failureOf(stack.destroy())).toMatch(message);
        expect(state().resources.filter(({ id }) => id)).toMatchObject(before.map(({ id, urn }) => ({ id, urn })));
        expect(simulator.store.trunks.size).toBe(1);
      }
      host.manner = "honest";
      await stack.refresh({ expectNoChanges: true });
      await stack.up();
      expect([...simulator.store.trunks.values()].map(({ name }) => name)).toEqual(["first", "second"]);
      await stack.destroy();
      expect(simulator.store.trunks.size).toBe(0);
    },
    { simulator, config },
  );
