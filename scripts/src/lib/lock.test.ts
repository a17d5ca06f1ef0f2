/** Locks between processes: each of these tests starts some, because that is what a lock is for. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

let folder: string;
let lock: string;
const running: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plivo-lock-"));
  lock = join(folder, "locks", "lock");
  mkdirSync(join(folder, "locks"));
});

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** A process that takes the lock and then runs `work`, where `print` writes to its stdout. */
function holding(work: string, times: Record<string, number> = {}): ChildProcess {
  const program = `
    import { appendFileSync } from "node:fs";
    import { setTimeout as sleep } from "node:timers/promises";
    import { withLock } from ${JSON.stringify(join(__dirname, "lock.mjs"))};
    const print = (line) => process.stdout.write(line + "\\n");
    try {
      await withLock(${JSON.stringify(lock)}, "testing", async () => { ${work} }, ${JSON.stringify(times)});
    } catch (error) {
      print(error.message);
    }`;
  const args = ["--input-type=module", "-e", program];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  return child;
}

async function finished(child: ChildProcess) {
  if (!child.stdout || !child.stderr) throw new Error("no pipes");
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr };
}

async function holder(work = "await sleep(600_000)"): Promise<ChildProcess> {
  const child = holding(`print("held"); ${work};`);
  if (child.stdout) await once(child.stdout, "data");
  return child;
}

const FAST = { stale: 300, poll: 20, heartbeat: 50 };

test("those who wait are told for whom, and give up in the end with its name and what to do", async () => {
  const { pid } = await holder();
  const { stdout, stderr } = await finished(holding(`print("got it")`, { limit: 500, poll: 20 }));
  const name = `process ${pid} on ${hostname()}`;
  expect(stderr).toBe(`Waiting: ${name} is testing (lock ${lock}).\n`);
  expect(stdout).toBe(
    `Gave up after 0 min: ${name} is still testing. End it, or remove the lock if nothing runs: ${lock}\n`,
  );
});

test("the lock of a killed process is taken over", async () => {
  const child = await holder();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(existsSync(lock)).toBe(true);
  expect((await finished(holding(`print("got it")`, FAST))).stdout).toBe("got it\n");
  expect(existsSync(lock)).toBe(false);
});

test.each([
  { what: "a file", make: () => writeFileSync(lock, "") },
  { what: "a folder", make: () => mkdirSync(lock) },
])(
  "$what from the future, which no clock would ever call old, is waited for no longer than any other",
  async ({ make }) => {
    make();
    const future = new Date(Date.now() + 1_000_000_000);
    utimesSync(lock, future, future);
    const { stdout, stderr } = await finished(holding(`print("got it")`, FAST));
    expect(stderr).toBe(`Waiting: another process is testing (lock ${lock}).\n`);
    expect(stdout).toBe("got it\n");
  },
);

/** Long enough for a process that lives to show it, on a machine that has other things to do. */
const CAREFUL = { stale: 2_000, poll: 20, heartbeat: 50 };

test("the lock of a process that lives is not taken over", async () => {
  const child = holding(`print("held"); await sleep(4_000); print("released")`, CAREFUL);
  if (child.stdout) await once(child.stdout, "data");
  const second = finished(holding(`print("got it")`, CAREFUL));
  expect(child.exitCode).toBeNull();
  expect((await finished(child)).stdout).toBe("released\n");
  expect((await second).stdout).toBe("got it\n");
}, 20_000);

test("of many who find a stale lock, one at a time works", async () => {
  writeFileSync(lock, "process 1 on elsewhere (x)");
  const log = join(folder, "log");
  const write = (word: string) => `appendFileSync(${JSON.stringify(log)}, "${word}\\n")`;
  const work = `${write("in")}; await sleep(30); ${write("out")}`;
  await Promise.all(Array.from({ length: 6 }, () => finished(holding(work, { ...CAREFUL, poll: 1 }))));
  expect(readFileSync(log, "utf8")).toBe("in\nout\n".repeat(6));
  expect(readdirSync(join(folder, "locks"))).toEqual([]);
}, 20_000);

test("a process whose lock was taken over does not release that of the next", async () => {
  const first = await holder(`await sleep(300)`);
  writeFileSync(lock, "process 1 on elsewhere (x)");
  await finished(first);
  expect(existsSync(lock)).toBe(true);
});

test("the locks of a checkout lie in a folder that only the user can write, and no longer under a known name in /tmp", () => {
  const program = `process.stdout.write((await import(${JSON.stringify(join(__dirname, "lock.mjs"))})).checkoutLock("setup"))`;
  const env = { ...process.env, XDG_CACHE_HOME: folder };
  const file = execFileSync(process.execPath, ["--input-type=module", "-e", program], { env, encoding: "utf8" });
  expect(file.startsWith(join(realpathSync(folder), "pulumi-plivo", "locks"))).toBe(true);
  expect(statSync(join(folder, "pulumi-plivo")).mode & 0o777).toBe(0o700);
});
