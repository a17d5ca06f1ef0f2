import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { rejection, setup, TRUNK } from "./test-server";
import { traceFromEnvironment, traceTo } from "./trace";

const folder = mkdtempSync(join(tmpdir(), "plivo-trace-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("the trace is off unless PLIVO_TRACE names a file", () => {
  expect(traceFromEnvironment({})).toBeUndefined();
  expect(traceFromEnvironment({ PLIVO_TRACE: "" })).toBeUndefined();
});

test("each attempt becomes one JSON line in a file that only its owner may read", async () => {
  const file = join(folder, "trace.jsonl");
  const trace = traceFromEnvironment({ PLIVO_TRACE: file });
  const { plivo, authId, authToken } = await setup(
    ["drop", { text: "<p>" }, { status: 503 }, { json: { ...TRUNK, api_id: "7c" } }],
    {
      surroundings: { trace },
    },
  );
  await plivo.trunks.get("123");
  const text = readFileSync(file, "utf8");
  const common = {
    method: "GET",
    path: "/v1/Account/{auth_id}/Zentrunk/Trunk/123/",
    apiId: null,
    ms: 0,
    time: expect.stringMatching(/^2023-.*Z$/),
  };
  expect(
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { ...common, attempt: 1, status: null, failure: "ECONNRESET" },
    { ...common, attempt: 2, status: 200, failure: "unreadable" },
    { ...common, attempt: 3, status: 503, failure: null },
    { ...common, attempt: 4, status: 200, failure: null, apiId: "7c" },
  ]);
  expect([text.includes(authId), text.includes(authToken)]).toEqual([false, false]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a body never reaches the trace", async () => {
  const seen: object[] = [];
  const { plivo } = await setup([{ status: 400 }], { surroundings: { trace: (line) => seen.push(line) } });
  await rejection(plivo.credentials.create({ name: "n", username: "user1", password: "hunter2!" }));
  expect(seen).toHaveLength(1);
  expect(JSON.stringify(seen)).not.toContain("hunter2!");
});

test("a trace that cannot be written is said once and fails nothing", async () => {
  const trace = traceTo(join(folder, "no", "such", "folder"));
  const { plivo, logged } = await setup([{ json: TRUNK }], { surroundings: { trace } });
  await plivo.trunks.get("123");
  await plivo.trunks.get("123");
  expect(logged).toEqual([expect.stringMatching(/^warning: The trace cannot be written, and ends here: .*ENOENT/)]);
});
