import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Simulator } from "pulumi-plivo/simulator";
import { type Consumer, consumer, copiesOf, LIMIT, newestPulumi, type Pulumi, root, stackOf } from "./support/consumer";
import { bothAsEsModule, commonJs, esModule, mistyped, typed, typeScript } from "./support/programs";
import { mistakes, settings } from "./support/types";

let project: Consumer;
let simulator: Simulator;
let pulumi: Pulumi;

beforeAll(async () => {
  project = await consumer("npm", newestPulumi);
  ({ simulator, pulumi } = await stackOf(project));
}, LIMIT);

afterAll(async () => {
  await simulator?.close();
  project?.dispose();
});

const up = ["up", "--yes", "--skip-preview"] as const;

test("it brings no package but the peer, of which there is one copy", () => {
  expect(copiesOf("@pulumi/pulumi", project.folder)).toEqual([
    expect.stringMatching(new RegExp(`^${newestPulumi} in `)),
  ]);
  expect(copiesOf("axios", project.folder)).toEqual([]);
  expect(copiesOf("zod", project.folder)).toEqual([]);
});

// In this order: the first creates what the others find unchanged.
test(
  "a CommonJS program comes up",
  async () => {
    project.program("index.js", commonJs);
    await pulumi(up);
    const outputs = JSON.parse(await pulumi(["stack", "output", "--json"]));
    expect(outputs.domain).toMatch(/^\d+\.zt\.plivo\.com$/);
    expect(outputs.found).toBe(outputs.domain);
    expect(simulator.store.trunks.size).toBe(1);
  },
  LIMIT,
);

test.each([
  ["an ES module", "index.mjs", esModule],
  ["a TypeScript program", "index.ts", typeScript],
])(
  "%s declares the very same",
  async (_, file, text) => {
    project.program(file, text);
    expect(await pulumi([...up, "--expect-no-changes"])).toMatch(/3 unchanged/);
  },
  LIMIT,
);

const noNode22 = ofNode22("node22Problem");
(noNode22 ? test.skip : test)(
  `Node 22 runs it as well${noNode22 ? ` (skipped: ${noNode22})` : ""}`,
  async () => {
    const folder = ofNode22("node22");
    const env = { PATH: `${folder}${delimiter}${process.env.PULUMI_PLIVO_ENGINE}${delimiter}${process.env.PATH}` };
    expect(await project.must("node", ["--version"], env)).toMatch(/^v22\./);
    project.program("index.js", commonJs);
    expect(await pulumi([...up, "--refresh", "--expect-no-changes"], env)).toMatch(/3 unchanged/);
    await pulumi(["destroy", "--yes", "--skip-preview"], env);
    expect(simulator.store.trunks.size).toBe(0);
  },
  LIMIT,
);

test(
  "with the plugin's classes beside it, the engine starts the plugin of the package",
  async () => {
    project.program("index.mjs", bothAsEsModule);
    // Whatever version the engine asks for, it finds none elsewhere.
    const env = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" };
    await pulumi(up, env);
    expect(await pulumi(["stack", "output", "servedDomain"])).toMatch(/^\d+\.zt\.plivo\.com\n$/);
    expect(simulator.store.trunks.size).toBe(2);
    expect(await pulumi([...up, "--expect-no-changes"], env)).toMatch(/5 unchanged/);
    await pulumi(["destroy", "--yes", "--skip-preview"], env);
    expect(simulator.store.trunks.size).toBe(0);
  },
  LIMIT,
);

test.each(settings)("a strict program compiles, and its mistakes do not: $name", (setting) => {
  const { folder } = project;
  project.program("typed.ts", typed);
  expect(mistakes(folder, "typed.ts", setting)).toEqual([]);
  project.program("mistyped.ts", mistyped);
  const lines = mistyped.split("\n").flatMap((line, index) => (line.includes("// mistake") ? [index + 1] : []));
  const found = mistakes(folder, "mistyped.ts", setting).map((text) => /^mistyped\.ts:(\d+)/.exec(text)?.[1]);
  expect(found).toEqual(lines.map(String));
});

test.each(["plugin", "provider", "simulator"])(
  "pulumi-plivo/%s loads as CommonJS and as an ES module",
  async (entry) => {
    const name = { plugin: "Trunk", provider: "trunk", simulator: "startSimulator" }[entry];
    const commonJsText = `console.log(typeof require("pulumi-plivo/${entry}").${name})`;
    expect(await project.must("node", ["-e", commonJsText])).toMatch(/^(object|function)\n$/);
    const moduleText = `import { ${name} } from "pulumi-plivo/${entry}"; console.log(typeof ${name})`;
    expect(await project.must("node", ["--input-type=module", "-e", moduleText])).toMatch(/^(object|function)\n$/);
  },
);

test("the installed command simulates an account", async () => {
  const command = join(project.folder, "node_modules/.bin/pulumi-plivo");
  const child = spawn(command, ["simulate", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const page = await pageOf(child);
    expect(await (await fetch(page)).text()).toContain("14155550100");
  } finally {
    child.kill("SIGTERM");
  }
  expect(await once(child, "close")).toEqual([0, null]);
});

async function pageOf(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    const page = /What it holds: (\S+)/.exec(text)?.[1];
    if (page !== undefined) return page;
  }
  throw new Error(`the simulator ended:\n${text}`);
}

/** The folder of a Node 22, fetched as scripts/test does, or why there is none for this machine. */
function ofNode22(name: "node22" | "node22Problem"): string {
  const module = join(root, "scripts/src/test/node-22.mjs");
  const text = `import { ${name} } from ${JSON.stringify(module)};
    process.stdout.write((await ${name}()) ?? "");`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", text], { encoding: "utf8" });
}
