import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { inExample, type Project } from "./support/programs/example";

const minutes = 60_000;

interface Example {
  readonly name: string;
  readonly stack: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** How many objects there are at Plivo, numbers apart, while it is up. */
  readonly objects: number;
  /** Before its first command. */
  readonly prepare?: (project: Project) => void;
  readonly routed: readonly string[];
  /** What is particular about it, tried while it is up. */
  readonly promise: string;
  readonly proof?: (project: Project) => Promise<void>;
}

function inventoryFile<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(__dirname, "../../examples/number-inventory", name), "utf8"));
}

const { numbers: allNumbers } = inventoryFile<{ numbers: readonly string[] }>("numbers.json");
/** As many as the rate limit takes at once: with all of them each command would wait for 5 seconds. */
const inventory = allNumbers.slice(0, 200);
/** Some of its numbers are routed to an application already, as in a real account. */
const seed = inventoryFile<Seed>("seed.json");

const examples: readonly Example[] = [
  {
    name: "inbound-trunk",
    stack: "dev",
    secrets: { pbxPassword: "try_this_one" },
    objects: 3,
    routed: ["14155550100"],
    promise: "has its password at Plivo",
    async proof({ simulator }) {
      const passwords = [...simulator.store.originationUris.values()].map(({ password }) => password);
      expect(passwords.filter(Boolean)).toEqual(["try_this_one"]);
    },
  },
  {
    name: "outbound-trunk",
    stack: "dev",
    secrets: { sipPassword: "try_this_one" },
    objects: 3,
    routed: [],
    promise: "says where the PBX sends its calls",
    async proof({ pulumi }) {
      expect(await pulumi("stack", "output", "sipDomain")).toMatch(/^\d+\.zt\.plivo\.com\n$/);
    },
  },
  {
    name: "number-routing",
    stack: "dev",
    objects: 4,
    routed: ["14155550100", "14155550101", "14155550102"],
    promise: "moves a number in one update that never leaves it unrouted",
    proof: moveNumber,
  },
  {
    name: "number-inventory",
    stack: "dev",
    objects: 2,
    prepare: ({ folder }) => writeFileSync(join(folder, "numbers.json"), JSON.stringify({ numbers: inventory })),
    routed: inventory,
    promise: "moves all numbers to another trunk, each in one request",
    proof: moveInventory,
  },
  {
    name: "multi-environment",
    stack: "prod",
    secrets: { sipPassword: "try_this_one" },
    objects: 6,
    routed: ["14155550101", "14155550102"],
    promise: "protects its trunks in production",
    proof: unprotect,
  },
  {
    name: "ci-pipeline",
    stack: "prod",
    objects: 2,
    routed: [],
    promise: "has a drift check that ends with 7 for drift, 0 for none, and neither when the check fails",
    proof: checkDrift,
  },
];

function objects({ simulator: { store } }: Project): number {
  return store.trunks.size + store.credentials.size + store.ipAccessControlLists.size + store.originationUris.size;
}

test.each(examples)(
  "$name comes up, is clean in a second preview and in a refresh, $promise, and goes without a trace",
  ({ name, stack, secrets = {}, prepare, proof, ...expected }) =>
    inExample(name, seed, async (project) => {
      const { pulumi, simulator } = project;
      const before = structuredClone([...simulator.store.numbers.values()]);
      prepare?.(project);
      await pulumi("stack", "init", stack);
      for (const [key, value] of Object.entries(secrets)) await pulumi("config", "set", "--secret", key, value);
      await pulumi("up", "--yes", "--skip-preview");
      expect(objects(project)).toBe(expected.objects);
      const routed = [...simulator.store.trunks.keys()].flatMap((id) => simulator.store.numbersOf(id));
      expect(routed.map(({ number }) => number).sort()).toEqual(expected.routed);
      await pulumi("preview", "--expect-no-changes");
      await pulumi("refresh", "--preview-only", "--expect-no-changes");
      await proof?.(project);
      await pulumi("destroy", "--yes", "--skip-preview");
      expect(objects(project)).toBe(0);
      expect([...simulator.store.numbers.values()]).toEqual(before);
    }),
  3 * minutes,
);

async function moveNumber({ pulumi, simulator, folder }: Project): Promise<void> {
  const file = join(folder, "index.ts");
  const moved = readFileSync(file, "utf8")
    .replace(`, "+1 415 555 0101"]`, "]")
    .replace(`["+1 415 555 0102"`, `["+1 415 555 0101", "+1 415 555 0102"`);
  writeFileSync(file, moved);
  simulator.clearRequests();
  expect(await pulumi("up", "--yes", "--skip-preview")).toMatch(/~ 1 updated\n +7 unchanged/);
  const writes = simulator.requests.filter(({ method }) => method !== "GET");
  expect(writes.map(({ path }) => path)).toEqual(["Number/14155550101/"]);
}

/** As the diff in its README shows. */
async function moveInventory({ pulumi, simulator, folder }: Project): Promise<void> {
  const [, diff = ""] = /```diff\n(.*?)```/s.exec(readFileSync(join(folder, "README.md"), "utf8")) ?? [];
  const [before = "", after = ""] = ["-", "+"].map((sign) => {
    const lines = diff.split("\n").filter((line) => line.startsWith(" ") || line.startsWith(sign));
    return lines.map((line) => `${line.slice(1)}\n`).join("");
  });
  const file = join(folder, "index.ts");
  const program = readFileSync(file, "utf8");
  expect(program).toContain(before);
  writeFileSync(file, program.replace(before, after));
  expect(await pulumi("preview")).toMatch(/\+ 2 to create\n +\+-1 to replace\n/);
  simulator.clearRequests();
  await pulumi("up", "--yes", "--skip-preview");
  const writes = simulator.requests.filter(({ method, path }) => method !== "GET" && path.startsWith("Number/"));
  expect(writes.map(({ path }) => path).sort()).toEqual(inventory.map((number) => `Number/${number}/`));
  const routed = [...simulator.store.trunks.values()].map(({ name, trunk_id }) => {
    return [name.replace(/-\w+$/, ""), simulator.store.numbersOf(trunk_id).length];
  });
  expect(Object.fromEntries(routed)).toEqual({ inbound: 0, next: inventory.length });
}

async function unprotect({ run, pulumi, simulator }: Project): Promise<void> {
  const failed = await run("pulumi", ["destroy", "--yes", "--skip-preview", "--non-interactive"]);
  expect(failed).toEqual({ code: expect.any(Number), output: expect.stringMatching(/protect/) });
  expect(failed.code).not.toBe(0);
  expect(simulator.store.trunks.size).toBe(2);
  await pulumi("state", "unprotect", "--all", "--yes");
}

async function checkDrift({ run, pulumi, simulator: { store } }: Project): Promise<void> {
  expect(await run("./drift-check", ["prod"])).toEqual({ code: 0, output: expect.stringContaining("No drift.") });

  const [trunkId = ""] = store.trunks.keys();
  store.edit("trunks", trunkId, { trunk_status: "disabled" });
  const drifted = await run("./drift-check", []);
  expect(drifted.output).toMatch(/~ trunkStatus *: "enabled" => "disabled"/);
  expect(drifted.code).toBe(7);

  const blind = await run("./drift-check", ["prod"], { PLIVO_AUTH_TOKEN: "wrong" });
  expect(blind.output).toMatch(/401.*The drift check failed/s);
  expect([0, 7]).not.toContain(blind.code);

  await pulumi("up", "--refresh", "--yes", "--skip-preview");
  expect(store.trunks.get(trunkId)?.trunk_status).toBe("enabled");
  expect((await run("./drift-check", ["prod"])).code).toBe(0);
}

test("number-inventory: the seed rents the numbers of the program and spare ones, and routes some of each", () => {
  const rented = (seed.numbers ?? []).map((entry) => (typeof entry === "string" ? { number: entry } : entry));
  const spare = rented.filter(({ number }) => !allNumbers.includes(number));
  const own = rented.filter((row) => !spare.includes(row));
  expect(own.map(({ number }) => number)).toEqual(allNumbers);
  for (const rows of [own, spare])
    expect(new Set(rows.map(({ app_id }) => app_id !== undefined))).toEqual(new Set([true, false]));
});

test("every example is run by a test of this folder", () => {
  const tests = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const text = tests.map((file) => readFileSync(join(__dirname, file), "utf8")).join();
  const folders = readdirSync(join(__dirname, "../../examples"), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  // A recipe is one of several in its folder.
  expect(names.filter((name) => !text.includes(`"${name}"`) && !text.includes(`"${name}/`))).toEqual([]);
});

test(
  "ci-pipeline: the drift check knows drift from failure with an older pulumi too, which ends with 255 for both",
  () =>
    inExample("ci-pipeline", seed, async ({ run, folder }) => {
      const pulumi = join(folder, "pulumi");
      const path = { PATH: `${folder}${delimiter}${process.env.PATH}` };
      const message = "error: no changes were expected but changes occurred";
      writeFileSync(pulumi, `#!/bin/sh\necho '${message}' >&2\nexit 255\n`, { mode: 0o755 });
      expect((await run("./drift-check", [], path)).code).toBe(7);
      writeFileSync(pulumi, "#!/bin/sh\necho 'error: no such host' >&2\nexit 255\n");
      expect((await run("./drift-check", [], path)).code).toBe(255);
    }),
  minutes,
);
