/** scripts/demo as a newcomer runs it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { engineEnvironment } from "./support/engine";

const root = join(__dirname, "../..");
const minutes = 60_000;

/** The demo's temporary folders are made here, so that a test sees what is left behind. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plivo-demo-test-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function engineFolder(): string {
  return engineEnvironment(folder).PATH?.split(delimiter)[0] ?? "";
}

interface Demo {
  readonly process: ChildProcess;
  /** All that was printed up to now. */
  output(): string;
  /** The exit code. */
  end(): Promise<number | null>;
}

function demo(args: readonly string[] = [], first: readonly string[] = []): Demo {
  const path = [...first, engineFolder(), process.env.PATH].join(delimiter);
  const env = { ...process.env, TMPDIR: folder, PATH: path };
  const child = spawn(join(root, "scripts/demo"), args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const closed = once(child, "close");
  return { process: child, output: () => text, end: async () => (await closed)[0] };
}

/** Processes with our folder in their environment: all that the demo starts inherit it as TMPDIR. */
function leftProcesses(): string[] {
  const all = execFileSync("ps", ["axeww", "-o", "pid=,args="], { encoding: "utf8", maxBuffer: 1e8 });
  return all.split("\n").filter((line) => line.includes(folder));
}

async function expectNothingLeft(): Promise<void> {
  expect(readdirSync(folder)).toEqual([]);
  // The engine does not wait for the last breath of its plugins.
  for (let patience = 30; patience > 0 && leftProcesses().length > 0; patience--) await sleep(100);
  expect(leftProcesses()).toEqual([]);
}

test(
  "the demo shows its story and leaves nothing behind",
  async () => {
    const { output, end } = demo();
    const code = await end();
    expect(output()).toMatch(
      /-- The account is empty again\.\n-- Done in [\d.]+ s: every step showed what it should\.\n$/,
    );
    expect(code).toBe(0);
    for (const command of ["preview", "up", "refresh --preview-only --expect-no-changes --diff", "destroy"]) {
      expect(output()).toContain(`\n$ pulumi ${command}`);
    }
    await expectNothingLeft();
  },
  4 * minutes,
);

test(
  "with --keep the simulator and the stack go on, until the command that it prints",
  async () => {
    const { output, end } = demo(["--keep"]);
    expect(await end()).toBe(0);
    const url = /The account: (\S+)/.exec(output())?.[1] ?? "";
    const enter = /^\$ (cd .* && source .*)$/m.exec(output())?.[1];
    const cleanUp = /^\$ (kill \d+; rm -rf \S+)$/m.exec(output())?.[1] ?? "";
    try {
      expect(await (await fetch(url)).text()).toContain("outbound dev");
      const show = execFileSync("bash", ["-c", `${enter} && pulumi stack output`], { encoding: "utf8" });
      expect(show).toContain("zt.plivo.com");
    } finally {
      execFileSync("bash", ["-c", cleanUp]);
    }
    await expect(fetch(url)).rejects.toThrow();
    await expectNothingLeft();
  },
  4 * minutes,
);

test(
  "interrupted in the middle of an update, it ends within seconds and leaves nothing behind",
  async () => {
    const { process: child, output, end } = demo();
    while (!/\$ pulumi up.*Trunk inbound creating/s.test(output())) {
      expect(child.exitCode).toBeNull();
      await sleep(20);
    }
    const since = Date.now();
    child.kill("SIGINT");
    expect(await end()).toBe(130);
    expect(Date.now() - since).toBeLessThan(15_000);
    expect(output()).toContain("SIGINT: stopped");
    await expectNothingLeft();
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
    const { output, end } = demo([], [broken]);
    expect(await end()).toBe(1);
    expect(output()).toMatch(/This step does not show what it should: its output has nothing like .*8 to create/);
    rmSync(broken, { recursive: true });
    await expectNothingLeft();
  },
  4 * minutes,
);

test("it says what it is", () => {
  const help = execFileSync(join(root, "scripts/demo"), ["-h"], { encoding: "utf8" });
  expect(help).toMatch(/^Usage: scripts\/demo \[--keep\]/);
});
