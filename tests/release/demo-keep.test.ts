/** What `scripts/demo --keep` leaves is a stack like any other: it goes on, and moves to the plugin. */
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { demo, expectNothingLeft } from "../engine/support/programs/demo";
import { must } from "../support/command";
import { Page } from "../support/pages/markdown";

const minutes = 60_000;

interface RunningDemo {
  /** Of the account, as a browser shows it. */
  readonly url: string;
  readonly project: string;
  readonly cleanUp: string;
  /** What a user types behind the line that enters the project. */
  type(command: string): Promise<string>;
  /** All requests up to now, as the simulator's log shows them. */
  requests(): readonly string[];
}

let folder: string;
let running: RunningDemo;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plivo-demo-keep-"));
  const { output, end } = demo(folder, { args: ["--keep"] });
  expect([await end(), output()]).toEqual([0, expect.stringContaining("== Yours to explore")]);
  running = demoOf(output());
}, 4 * minutes);

afterAll(() => {
  // After a failure too: without it the simulator would run on.
  if (running && existsSync(running.project)) execFileSync("bash", ["-c", running.cleanUp], { stdio: "ignore" });
  rmSync(folder, { recursive: true, force: true });
});

function demoOf(output: string): RunningDemo {
  const find = (pattern: RegExp) => pattern.exec(output)?.[1] ?? "";
  const enter = find(/^\$ (cd .* && source .*)$/m);
  const project = find(/^\$ cd (\S+) && source/m);
  const log = join(dirname(project), "simulator.log");
  // As typed at a terminal, with yes.
  const env = { ...process.env, TMPDIR: join(dirname(project), "tmp"), PULUMI_SKIP_CONFIRMATIONS: "true" };
  return {
    project,
    url: find(/The account: (\S+)/),
    cleanUp: find(/^\$ (kill \d+; rm -rf \S+)$/m),
    type: (command) => must("bash", ["-c", `${enter} && ${command}`], { cwd: folder, env }),
    requests: () => readFileSync(log, "utf8").match(/^[A-Z]+ .*$/gm) ?? [],
  };
}

async function account(): Promise<string> {
  return (await fetch(running.url)).text();
}

test(
  "with --keep the simulator and the stack go on",
  async () => {
    expect(await account()).toContain("outbound dev");
    expect(await running.type("pulumi stack output")).toContain("zt.plivo.com");
  },
  minutes,
);

const page = new Page("docs/migrate.md");

/** The commands of the page, in their order, without those that group numbers: this stack has one of a trunk. */
function documented(): readonly string[] {
  const fences = page.fences.filter(({ language, text }) => language === "sh" && !text.includes("--group-numbers"));
  return fences.flatMap(({ text }) => text.split("\n")).filter((line) => line.trim() !== "");
}

/** The lines of Pulumi.yaml on the page. */
function namePlugin(): void {
  const [yaml] = page.fences.filter(({ language }) => language === "yaml");
  expect(yaml?.text).toMatch(/ path: node_modules\/pulumi-plivo$/);
  appendFileSync(join(running.project, "Pulumi.yaml"), `${yaml?.text}\n`);
}

/** The line of the program that the page changes. */
function changeImport(): void {
  const [diff] = page.fences.filter(({ language }) => language === "diff");
  const [, before = "", after = ""] = /^-(.+)\n\+(.+)$/.exec(diff?.text ?? "") ?? [];
  const file = join(running.project, "index.ts");
  const program = readFileSync(file, "utf8");
  expect(program).toContain(`${before}\n`);
  writeFileSync(file, program.replace(before, after));
}

/** The types of what the state holds, Pulumi's own and doubles left out. */
async function typesInState(): Promise<readonly string[]> {
  const { deployment } = JSON.parse(await running.type("pulumi stack export"));
  const types: string[] = deployment.resources.map(({ type }: { type: string }) => type);
  return [...new Set(types)].filter((type) => type !== "pulumi:pulumi:Stack").sort();
}

const own = ["Credential", "IpAccessControlList", "OriginationUri", "PhoneNumberAttachment", "Trunk"];

test(
  "its stack moves to the plugin as docs/migrate.md says: nothing is planned, and no request reaches Plivo",
  async () => {
    const [before, dynamic] = [await running.type("pulumi stack output --json"), await typesInState()];
    expect(dynamic).toEqual([
      ...own.map((type) => `pulumi-nodejs:dynamic/plivo:${type}`),
      "pulumi:providers:pulumi-nodejs",
    ]);
    const requests = running.requests();
    expect(requests.length).toBeGreaterThan(10);
    const printed = new Map<string, string>();
    const commands = documented();
    // The program and its project file are changed before the last one.
    for (const command of commands.slice(0, -1)) printed.set(command, await running.type(command));
    changeImport();
    namePlugin();
    for (const command of commands.slice(-1)) printed.set(command, await running.type(command));
    expect(printed.get("npx pulumi-plivo migrate < state.json > new.json")).toContain("7 resources have moved");
    expect(printed.get("pulumi preview --expect-no-changes")).toMatch(/^ +8 unchanged$/m);
    expect(await running.type("pulumi up --expect-no-changes")).toMatch(/^ +8 unchanged$/m);
    expect(running.requests()).toEqual(requests);
    expect(await typesInState()).toEqual([...own.map((type) => `plivo:index:${type}`), "pulumi:providers:plivo"]);
    expect(await running.type("pulumi stack output --json")).toBe(before);
    expect(await account()).toContain("outbound dev");
    expect(await running.type("pulumi destroy")).toMatch(/- 8 deleted/);
    expect(await account()).not.toMatch(/(in|out)bound dev/);
  },
  2 * minutes,
);

test("the command that it prints at the end leaves nothing behind", async () => {
  execFileSync("bash", ["-c", running.cleanUp]);
  await expect(account()).rejects.toThrow();
  await expectNothingLeft(folder);
});
