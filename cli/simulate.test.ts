import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { version } from "../package.json";
import { basic, setup } from "../simulator/testing/setup";
import { builtCli } from "./shared/testing/command-line";

const folder = mkdtempSync(join(tmpdir(), "simulate-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command line as a user does. */
function cli(...args: string[]) {
  const child = spawn(process.execPath, [builtCli, ...args]);
  const output = { text: "" };
  child.stdout.on("data", (chunk) => {
    output.text += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.text += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const shows = async (pattern: RegExp): Promise<RegExpMatchArray> => {
    for (;;) {
      const match = output.text.match(pattern);
      if (match !== null) return match;
      if (child.exitCode !== null) throw new Error(`ended without ${pattern}: ${output.text}`);
      await Promise.race([new Promise((resolve) => child.stdout.once("data", resolve)), ended]);
    }
  };
  return { child, output, ended, shows };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "simulate prints what to configure, logs requests, ends on %s",
  async (signal) => {
    const { child, output, ended, shows } = cli("simulate", "--port", "0");
    const [, url = "", authId = ""] = await shows(/plivo:baseUrl (\S+)\n.*plivo:authId (\S+)\n/);
    const [, token = ""] = await shows(/config set --secret plivo:authToken (\S+)/);
    await shows(new RegExp(`export PLIVO_BASE_URL=${url} PLIVO_AUTH_ID=${authId} PLIVO_AUTH_TOKEN=${token}`));
    const response = await fetch(`${url}/Account/${authId}/Number/?limit=1`, {
      headers: { authorization: basic(authId, token) },
    });
    expect(await response.json()).toMatchObject({ objects: [{ number: "14155550100" }] });
    await shows(/^GET {4}Number\/\?limit=1 {2}200 {2}\d+ ms$/m);
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(output.text).toMatch(/Stopped\. Nothing was kept\.\n$/);
  },
);

test("a port in use is one clear line", async () => {
  const { simulator } = await setup();
  const { port } = new URL(simulator.url);
  const { ended, output } = cli("simulate", "--port", port);
  expect(await ended).toBe(1);
  expect(output.text).toBe(`error: port ${port} is in use; choose another with --port, or --port 0 for a free one\n`);
});

test.each([
  { content: '{"numbers": ["+1"]}', problem: "numbers[0].number: must be digits without +" },
  { content: "{", problem: "JSON" },
])("a bad seed file is one clear line: $problem", async ({ content, problem }) => {
  const file = join(folder, "seed.json");
  writeFileSync(file, content);
  const { ended, output } = cli("simulate", "--port", "0", "--seed", file);
  expect(await ended).toBe(1);
  expect(output.text).toContain(`error: the seed ${file} cannot be used: `);
  expect(output.text).toContain(problem);
  expect(output.text.trim().split("\n")).toHaveLength(1);
});

test("with --like it behaves as the account of a record", async () => {
  const file = join(folder, "account.json");
  const facts = [{ id: "single-uri", seen: "wrapped" }];
  writeFileSync(file, JSON.stringify({ format: "pulumi-plivo contract 1", facts }));
  const { child, ended, shows } = cli("simulate", "--port", "0", "--like", file);
  const [, url = "", authId = "", token = ""] = await shows(/URL=(\S+) PLIVO_AUTH_ID=(\S+) PLIVO_AUTH_TOKEN=(\S+)/);
  const headers = { authorization: basic(authId, token), "content-type": "application/json" };
  const uris = `${url}/Account/${authId}/Zentrunk/URI/`;
  const created = await fetch(uris, { method: "POST", headers, body: JSON.stringify({ uri: "sip.example.com" }) });
  const { uri_uuid: id } = (await created.json()) as { readonly uri_uuid: string };
  const read = await fetch(`${uris}${id}/`, { headers });
  expect(await read.json()).toMatchObject({ object: { uri: "sip.example.com" } });
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("a record that is none is one clear line", async () => {
  const file = join(folder, "no-record.json");
  writeFileSync(file, "{}");
  const { ended, output } = cli("simulate", "--port", "0", "--like", file);
  expect(await ended).toBe(1);
  expect(output.text).toMatch(/^error: .* is no record of `pulumi-plivo contract --record` \(format: .*\)\n$/);
});

test("--version is the package's", async () => {
  const { ended, output } = cli("--version");
  expect(await ended).toBe(0);
  expect(output.text.trim()).toBe(version);
});
