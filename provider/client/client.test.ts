import { expect, test } from "@jest/globals";
import { PlivoClient } from "./client";
import { realClock } from "./clock";
import { ConfigurationError } from "./http/errors";
import { setup, TRUNK } from "./testing/scripted-server";

test("a client that cannot work fails in its constructor", () => {
  expect(() => new PlivoClient({ authId: "MA1", authToken: "t", baseUrl: "http://plivo.example" })).toThrow(
    ConfigurationError,
  );
});

test("axios is loaded with the first request, not before", async () => {
  const isLoaded = () => Object.keys(require.cache).some((file) => file.includes("/axios/"));
  new PlivoClient({ authId: "MA1", authToken: "t" }).withContext({ deadline: 0, log: () => {} });
  const before = isLoaded();
  const { plivo } = await setup([{ json: TRUNK }]);
  await plivo.trunks.get("123");
  expect([before, isLoaded()]).toEqual([false, true]);
});

test("connections are reused between the operations of one account", async () => {
  const { client, requests } = await setup([{ json: TRUNK }], { dependencies: { clock: realClock } });
  const operation = () => client.withContext({ deadline: client.clock.now() + 5_000, log: () => {} });
  await operation().trunks.get("123");
  await operation().trunks.get("123");
  expect(requests.map(({ headers }) => headers.connection)).toEqual(["keep-alive", "keep-alive"]);
});

test("the real clock's sleep ends as soon as the signal aborts", async () => {
  const abort = new AbortController();
  const sleep = realClock.sleep(60_000, abort.signal);
  abort.abort();
  await expect(sleep).rejects.toThrow(/aborted/);
});
