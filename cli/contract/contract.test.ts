/** The command as users have it: a process, its output, its exit code. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import type { Simulator } from "pulumi-plivo/simulator";
import { setup } from "../../simulator/testing/setup";
import { builtCli } from "../shared/testing/command-line";
import { accountWithNumber, NUMBER, snapshot } from "./testing/examined";

const folder = mkdtempSync(join(tmpdir(), "contract-"));
afterAll(() => rmSync(folder, { recursive: true }));

function contract({ url, authId, authToken }: Simulator, ...args: string[]) {
  const env = { ...process.env, PLIVO_BASE_URL: url, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
  const child = spawn(process.execPath, [builtCli, "contract", ...args], { env, cwd: folder });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (chunk) => {
      output[name] += chunk;
    });
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  return { child, output, ended };
}

const asPlivo = { seed: accountWithNumber, behaviour: { unknownPath: "as-seen" } } as const;

test("without --yes-use-this-account the plan is printed and nothing is sent", async () => {
  const { simulator } = await setup(asPlivo);
  const { ended, output } = contract(simulator, "--number", `+${NUMBER}`);
  expect(await ended).toBe(0);
  expect(output.stdout).toContain(`Plan for the account ...${simulator.authId.slice(-4)} at ${simulator.url}`);
  expect(output.stdout).toContain(`The number ${NUMBER} takes no calls meanwhile`);
  expect(output.stdout).toContain("Nothing was sent. Pass --yes-use-this-account to do it.");
  expect(simulator.requests).toEqual([]);
});

test("with it, one document of JSON, a record that only its owner may read, and the account as before", async () => {
  const { simulator } = await setup(asPlivo);
  const before = snapshot(simulator);
  const record = join(folder, "record.json");
  const flags = ["--yes-use-this-account", "--number", NUMBER, "--record", record, "--json"];
  const { ended, output } = contract(simulator, ...flags);
  expect([await ended, output.stderr]).toEqual([0, expect.stringContaining("[1/13] reading one object")]);
  const { facts, left, exitCode } = JSON.parse(output.stdout);
  expect([facts.length, left, exitCode]).toEqual([67, [], 0]);
  expect(snapshot(simulator)).toEqual(before);
  expect(statSync(record).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(record, "utf8")).facts).toHaveLength(67);
  const again = contract(simulator, ...flags);
  expect([await again.ended, again.output.stderr]).toEqual([1, expect.stringContaining("exists already")]);
});

test("a table without colours, and the exit code for a fact that differs", async () => {
  const { simulator } = await setup({ behaviour: { unknownPath: "as-seen", ignoreFilters: true } });
  const { ended, output } = contract(simulator, "--yes-use-this-account");
  expect(await ended).toBe(3);
  expect(output.stdout).toMatch(/^! Are the filters of the list of trunks applied\? +all \(documented\) +none/m);
  expect(output.stdout).not.toContain("\u001b");
  expect(output.stdout).toContain("Nothing is left on the account.");
});

test("Ctrl-C stops it, and everything that it made is removed", async () => {
  const { simulator } = await setup({ ...asPlivo, latencyMs: 3 });
  const before = snapshot(simulator);
  const { child, ended, output } = contract(simulator, "--yes-use-this-account");
  while (!output.stderr.includes("] names")) await new Promise((resolve) => child.stderr.once("data", resolve));
  expect(simulator.store.originationUris.size).toBeGreaterThanOrEqual(1);
  child.kill("SIGINT");
  expect([await ended, output.stderr]).toEqual([130, expect.stringContaining("stopped; removing")]);
  expect(output.stdout).toContain("It was stopped: further facts were not asked for.");
  expect(snapshot(simulator)).toEqual(before);
});

test("when its progress is no longer read it goes on, and removes what it made", async () => {
  const { simulator } = await setup({ ...asPlivo, latencyMs: 3 });
  const before = snapshot(simulator);
  const { child, ended } = contract(simulator, "--yes-use-this-account");
  await new Promise((resolve) => child.stderr.once("data", resolve));
  child.stderr.destroy();
  // Far enough to have written to the closed pipe; the whole of it would wait for the limit of requests.
  const seen = simulator.requests.length;
  while (simulator.requests.length < seen + 60) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(snapshot(simulator)).toEqual(before);
});

test("with --json an error is one document too", async () => {
  const { simulator } = await setup(asPlivo);
  const { ended, output } = contract(simulator, "--yes-use-this-account", "--json", "--number", "14155550000");
  expect(await ended).toBe(1);
  expect(JSON.parse(output.stdout)).toEqual({
    error: { message: "the account has no number 14155550000", exitCode: 1 },
  });
});

test.each([
  { args: ["--number", "12"], problem: "Give a phone number with its country code." },
  { args: ["--yes-use-this-account", "--record", "missing/record.json"], problem: "cannot be written (ENOENT)" },
  { args: ["--yes-use-this-account", "--number", "14155550000"], problem: "the account has no number 14155550000" },
])("wrong options end with 1: $problem", async ({ args, problem }) => {
  const { simulator } = await setup(asPlivo);
  const { ended, output } = contract(simulator, ...args);
  expect([await ended, output.stderr]).toEqual([1, expect.stringContaining(problem)]);
  expect(simulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});
