import { expect, test } from "@jest/globals";
import type { Simulator } from "../index";
import { intrude } from "../testing/page";
import { networkError, setup } from "../testing/setup";

/** The events of one page: each call of `next` waits for another `change`; `ended` settles when there are no more. */
async function listen({ url }: Simulator) {
  const response = await fetch(new URL("/events", url));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const next = async () => {
    while (!text.includes("event: change\ndata: now\n\n")) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || value === undefined) throw new Error("the stream ended");
      text += value;
    }
    text = text.slice(text.indexOf("event: change") + "event: change\ndata: now\n\n".length);
  };
  return { response, next, close: () => reader?.cancel() };
}

test("a stream begins with a change, so that a page misses none, and reports a change that the API makes", async () => {
  // Of a log that is full, its length says nothing: only the request itself can tell.
  const { simulator, request } = await setup({ keepRequests: 1 });
  await request("GET", "Number/");
  const { response, next } = await listen(simulator);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  await next();
  await request("POST", "Zentrunk/URI/", { uri: "pbx.example.com" });
  await next();
  await request("GET", "Number/");
  await next();
});

test("a change of the intruder is reported, and one that a test makes in the store", async () => {
  const { simulator } = await setup({ seed: { trunks: [{ trunk_id: "1", trunk_direction: "inbound" }] } });
  const { next } = await listen(simulator);
  await next();
  await intrude(simulator, "trunks/1", { action: "disable" });
  await next();
  simulator.store.edit("trunks", "1", { name: "renamed" });
  await next();
});

test("every open page is told, and many of them do not hold up the shutdown", async () => {
  const { simulator, request } = await setup();
  const pages = await Promise.all(Array.from({ length: 200 }, () => listen(simulator)));
  for (const page of pages) await page.next();
  await request("POST", "Zentrunk/URI/", { uri: "pbx.example.com" });
  for (const page of pages) await page.next();
  await simulator.close();
  for (const page of pages) expect(await networkError(page.next())).toMatch(/ended|terminated|SOCKET|RESET/);
});

test("a simulator that comes back serves new streams", async () => {
  const { simulator, request } = await setup();
  const before = await listen(simulator);
  await request("GET", "Number/");
  await simulator.goAway();
  expect(await networkError(before.next().then(before.next))).toMatch(/ended|terminated|SOCKET|RESET/);
  await simulator.comeBack();
  const { next } = await listen(simulator);
  await next();
  await request("POST", "Zentrunk/URI/", { uri: "pbx.example.com" });
  await next();
});

test("a page of another origin gets no events", async () => {
  const { simulator } = await setup();
  const headers = { origin: "http://evil.example" };
  expect((await fetch(new URL("/events", simulator.url), { headers })).status).toBe(403);
});
