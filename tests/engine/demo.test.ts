/** scripts/demo as a newcomer runs it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { root } from "../support/pages/markdown";
import { demo, engineFolder, expectNothingLeft } from "./support/programs/demo";

const minutes = 60_000;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plivo-demo-test-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test(
  "the demo shows its story and leaves nothing behind",
  async () => {
    const { output, end } = demo(folder);
    const code = await end();
    expect(output()).toMatch(
      /-- The account is empty again\.\n-- Done in [\d.]+ s: every step showed what it should\.\n$/,
    );
    expect(code).toBe(0);
    for (const command of ["preview", "up", "refresh --preview-only --expect-no-changes --diff", "destroy"]) {
      expect(output()).toContain(`\n$ pulumi ${command}`);
    }
    const session = join(root, "docs/site/session.mjs");
    const picture = execFileSync(process.execPath, [session], { input: output(), encoding: "utf8" });
    expect(picture).toContain(">$ pulumi destroy --yes --skip-preview</text>");
    // In the comments of XML no two hyphens may follow each other; a picture with a folder of this machine is no use.
    expect([picture.match(/<!--.*--.*-->/), picture.includes(tmpdir())]).toEqual([null, false]);
    await expectNothingLeft(folder);
  },
  4 * minutes,
);

test(
  "interrupted in the middle of an update, it ends there and leaves nothing behind",
  async () => {
    const { process: child, output, end } = demo(folder);
    while (!/\$ pulumi up.*Trunk inbound creating/s.test(output())) {
      expect(child.exitCode).toBeNull();
      await sleep(20);
    }
    child.kill("SIGINT");
    expect(await end()).toBe(130);
    expect(output()).toContain("SIGINT: stopped");
    expect(output()).not.toContain("$ pulumi refresh");
    await expectNothingLeft(folder);
  },
  4 * minutes,
);

test(
  "a step that does not show what it should ends the demo with exit code 1, and nothing is left behind",
  async () => {
    // An engine that finds nothing to do, whatever the program says.
    const broken = join(folder, "broken");
    execFileSync("cp", ["-rs", engineFolder(), broken]);
    rmSync(join(broken, "pulumi"));
    const real = join(engineFolder(), "pulumi");
    writeFileSync(join(broken, "pulumi"), `#!/bin/sh\n[ "$1" = preview ] || exec "${real}" "$@"\n`, { mode: 0o755 });
    const { output, end } = demo(folder, { path: [broken] });
    expect(await end()).toBe(1);
    expect(output()).toMatch(/This step does not show what it should: its output has nothing like .*8 to create/);
    rmSync(broken, { recursive: true });
    await expectNothingLeft(folder);
  },
  4 * minutes,
);

test("it says what it is", () => {
  const help = execFileSync(join(root, "scripts/demo"), ["-h"], { encoding: "utf8" });
  expect(help).toMatch(/^Usage: scripts\/demo \[--keep\]/);
});
