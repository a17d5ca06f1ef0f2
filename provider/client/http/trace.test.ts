import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { asRoot, byRoot, onPosix, posix } from "../../../tests/support/machine";
import { rejection, setup, TRUNK } from "../testing/scripted-server";
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
      dependencies: { trace },
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
    { ...common, attempt: 2, status: 200, failure: "invalid-response" },
    { ...common, attempt: 3, status: 503, failure: null },
    { ...common, attempt: 4, status: 200, failure: null, apiId: "7c" },
  ]);
  expect([text.includes(authId), text.includes(authToken)]).toEqual([false, false]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a body never reaches the trace", async () => {
  const seen: object[] = [];
  const { plivo } = await setup([{ status: 400 }], { dependencies: { trace: (line) => seen.push(line) } });
  await rejection(plivo.credentials.create({ name: "n", username: "user1", password: "hunter2!" }));
  expect(seen).toHaveLength(1);
  expect(JSON.stringify(seen)).not.toContain("hunter2!");
});

test("a trace that cannot be written is reported once and fails nothing", async () => {
  const trace = traceTo(join(folder, "no", "such", "folder"));
  const { plivo, logged } = await setup([{ json: TRUNK }], { dependencies: { trace } });
  await plivo.trunks.get("123");
  await plivo.trunks.get("123");
  expect(logged).toEqual([expect.stringMatching(/^warning: The trace cannot be written, and ends here: .*ENOENT/)]);
});

const LINE = {
  time: "2023-11-14T22:13:20.000Z",
  method: "GET",
  path: "/v1/",
  status: 200,
  failure: null,
  ms: 1,
  attempt: 1,
  apiId: null,
};

let files = 0;
const newFile = () => join(folder, `file-${files++}`);

/** What has been written to the file that a trace would reach, after the trace has refused it. */
function refused(file: string, target: string, why: RegExp): void {
  const before = readFileSync(target, "utf8");
  expect(() => traceTo(file)(LINE)).toThrow(why);
  expect(readFileSync(target, "utf8")).toBe(before);
}

posix.each([0o644, 0o640, 0o666, 0o622])(
  `a file of mode %o that is there already becomes one of its owner alone${onPosix}`,
  (mode) => {
    const file = newFile();
    writeFileSync(file, "before\n");
    chmodSync(file, mode);
    traceTo(file)(LINE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toBe(`before\n${JSON.stringify(LINE)}\n`);
  },
);

posix(`a link is not followed: it may lead into any file of the user${onPosix}`, () => {
  const target = newFile();
  writeFileSync(target, "precious\n");
  const link = newFile();
  symlinkSync(target, link);
  refused(link, target, /is a symbolic link; set PLIVO_TRACE to/);
  const hardLink = newFile();
  linkSync(target, hardLink);
  refused(hardLink, target, /has more than one name/);
});

posix(`a link to nothing makes no file where it leads${onPosix}`, () => {
  const target = newFile();
  const link = newFile();
  symlinkSync(target, link);
  expect(() => traceTo(link)(LINE)).toThrow(/is a symbolic link/);
  expect(existsSync(target)).toBe(false);
});

asRoot(`a file of another user is not written to${byRoot}`, () => {
  const file = newFile();
  writeFileSync(file, "theirs\n");
  chownSync(file, 12_345, 12_345);
  refused(file, file, /belongs to another user/);
});

posix(`a directory, a device and the terminal are rejected before they are opened${onPosix}`, () => {
  const directory = newFile();
  mkdirSync(directory);
  for (const file of [directory, "/dev/full", "/dev/null", "/dev/tty"])
    expect(() => traceTo(file)(LINE)).toThrow(/is not a regular file; set PLIVO_TRACE to a new file/);
  expect(() => traceTo("/dev/stdout")(LINE)).toThrow(/is a symbolic link/);
});

posix(`a FIFO is rejected at once, although nothing reads from it${onPosix}`, () => {
  const fifo = newFile();
  execFileSync("mkfifo", [fifo]);
  // In a process of its own: what blocks in an open, blocks for ever, and no limit of a test would end it.
  const program = `require(${JSON.stringify(join(__dirname, "trace.ts"))}).traceTo(process.argv[1])({})`;
  const { signal, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", program, fifo], {
    encoding: "utf8",
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  expect(signal).toBeNull();
  expect(stderr).toContain("is not a regular file");
});

test("a file that is moved away in between is followed by a new one", () => {
  const file = newFile();
  const trace = traceTo(file);
  trace(LINE);
  rmSync(file);
  trace(LINE);
  expect(readFileSync(file, "utf8")).toBe(`${JSON.stringify(LINE)}\n`);
});
