/** Whatever a stack goes through, its secrets are in nothing that is written or shown. When something goes wrong: secrets-in-failures. */
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { expect, test } from "@jest/globals";
import { filesBelow, leakingFiles, leakingLines } from "../support/leaks";
import { commandLinesDuring } from "./support/processes/command-lines";
import { type Evidence, leaksIn, missingOf } from "./support/secrets/evidence";
import {
  type AdapterName,
  authId,
  authToken,
  basic,
  type Printed,
  passwords,
  secrets,
  setVariables,
  traceInto,
  wholeLife,
} from "./support/secrets/secret-life";
import { testInWorld, type World } from "./support/stack/engine";
import { resourceOf } from "./support/stack/fleet";

/** With a passphrase, as most stacks outside of Pulumi Cloud have. */
const options = { simulator: { authId, authToken }, withPassphrase: true };

/** The secrets were really used, and are really kept. */
async function expectPasswordsStored(world: World): Promise<void> {
  const stored = [...world.simulator.store.credentials.values()].map(({ password }) => password);
  expect(stored.sort()).toEqual([passwords.plain, passwords.secret]);
  for (const part of ["inputs", "outputs"] as const)
    expect(resourceOf(world, "plain")[part]?.password).toHaveProperty("ciphertext");
  const { password } = await world.stack.outputs();
  expect(password).toEqual({ value: passwords.plain, secret: true });
}

testInWorld(
  "nothing secret is in a file that is written, in a trace, or on the console, however it was given",
  async (world) => {
    const trace = traceInto(world);
    const { stdout, stderr } = await wholeLife(world, "dynamic");
    expect(leakingLines(stdout + stderr, secrets)).toEqual([]);
    expect(leakingFiles(world.folder, secrets)).toEqual([]);
    expect(readFileSync(trace, "utf8")).toContain("Zentrunk/Credential/");
    await expectPasswordsStored(world);
    await world.stack.destroy();
    expect(leakingFiles(world.folder, secrets)).toEqual([]);
  },
  options,
);

testInWorld(
  "a token that comes from the environment is in no file at all, not even encrypted",
  async (world) => {
    setVariables(world.stack, { PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken });
    traceInto(world);
    const { stdout, stderr } = await wholeLife(world, "dynamic");
    expect(leakingLines(stdout + stderr, secrets)).toEqual([]);
    expect(leakingFiles(world.folder, [...secrets, "authToken"])).toEqual([]);
  },
  { ...options, withoutCredentials: true },
);

const loudest = { logVerbosity: 11, logToStdErr: true, logFlow: true };
/** What libraries write when asked. Not `NODE_DEBUG=http`: Node.js itself then prints the header of every request. */
const loudLibraries = { DEBUG: "*", GRPC_TRACE: "all", GRPC_VERBOSITY: "DEBUG" };

/** A whole life and its end, with all switched on that writes anything down. */
async function loudLife(world: World, adapter: AdapterName): Promise<Evidence> {
  const { stack, folder } = world;
  const rpcLog = join(folder, "messages.jsonl");
  const engineVersion = stack.workspace.pulumiVersion;
  traceInto(world);
  setVariables(stack, { PULUMI_DEBUG_GRPC: rpcLog, ...loudLibraries });
  let printed: Printed | undefined;
  const commandLines = await commandLinesDuring(async () => {
    printed = await wholeLife(world, adapter, loudest);
    await expectPasswordsStored(world);
    await stack.destroy({ ...loudest, ...printed.listening });
  });
  return { console: printed?.stdout ?? "", log: printed?.stderr ?? "", folder, rpcLog, commandLines, engineVersion };
}

/** The name of the provider's process, to prove that the scan of the processes has seen it. */
const commandOf = { dynamic: /dynamic-provider/, plugin: /bin\/pulumi-resource-plivo/ };

for (const adapter of ["dynamic", "plugin"] as const)
  testInWorld(
    `${adapter}: at the highest verbosity only the engine's own lines and messages hold secrets, and a known one is found`,
    async (world) => {
      const evidence = await loudLife(world, adapter);
      expect(leaksIn(evidence, adapter)).toEqual([]);
      expect(missingOf(evidence, adapter)).toEqual([]);
      expect(evidence.log).not.toContain(basic);
      expect(readFileSync(evidence.rpcLog, "utf8")).not.toContain(basic);
      expect([...evidence.commandLines].filter((line) => commandOf[adapter].test(line))).not.toEqual([]);
      await expectKnownFound(evidence, adapter);
    },
    options,
  );

/** One of each kind that there is, by a part of its path. */
const kinds = [
  /^trace\.jsonl$/,
  /^Pulumi\.dev\.yaml$/,
  /\/stacks\/world\/dev\.json$/,
  /\/dev\.json\.bak$/,
  /\/history\/.*\.history\.json$/,
  /\/history\/.*\.checkpoint\.json$/,
  /\/backups\/.*\.json$/,
];

function fileLike(kind: RegExp, folder: string): string {
  const found = filesBelow(folder).map((path) => relative(folder, path));
  const name = found.find((path) => kind.test(path));
  if (!name) throw new Error(`no file like ${kind} was written: ${found.join(", ")}`);
  return name;
}

const messagesWithLeak = [
  '{"errors":["no: LEAK"]',
  '{"response":{"properties":{"name":"LEAK"}}',
  '{"response":{"properties":{"LEAK":1}}',
];

async function expectKnownFound(evidence: Evidence, adapter: AdapterName): Promise<void> {
  const { folder, rpcLog, console, log } = evidence;
  const leak = passwords.uri;
  const leaks = (more: Partial<Evidence>) => leaksIn({ ...evidence, ...more }, adapter);
  for (const name of kinds.map((kind) => fileLike(kind, folder)))
    expect(leaksWith(join(folder, name), leak, leaks)).toEqual([`file: ${name}`]);
  for (const line of messagesWithLeak) {
    const message = `\n${line},"method":"/pulumirpc.ResourceProvider/Create"}`.replace("LEAK", leak);
    expect(leaksWith(rpcLog, message, leaks)).toEqual([expect.stringMatching(/^message: ResourceProvider\/Create /)]);
  }
  expect(leaks({ console: `${console}\npassword: ${leak}` })).toEqual([`console: password: ${leak}`]);
  for (const line of [`creating credential: ${leak}`, JSON.stringify({ msg: `creating credential: ${leak}` })])
    expect(leaks({ log: `${log}\n${line}` })).toEqual([`log: ${line}`]);
  const child = () => spawn(process.execPath, ["-e", "setTimeout(() => {}, 500)", leak], { stdio: "ignore" });
  const commandLines = await commandLinesDuring(() => new Promise((resolve) => child().on("exit", resolve)));
  expect(leaks({ commandLines })).toEqual([expect.stringMatching(new RegExp(`^command line: .* ${leak}$`))]);
}

/** What is found while a file has more in it than it should. */
function leaksWith(file: string, more: string, leaks: (more: Partial<Evidence>) => readonly string[]) {
  const before = readFileSync(file);
  try {
    appendFileSync(file, more);
    return leaks({});
  } finally {
    writeFileSync(file, before);
  }
}

test("a known secret is found however it is spelt", () => {
  const folder = mkdtempSync(join(tmpdir(), "plivo-leaks-"));
  try {
    mkdirSync(join(folder, "backend/deep/er"), { recursive: true });
    const known = join(folder, "backend/deep/er/state.json.bak");
    for (const secret of [passwords.plain, `Basic ${basic}`, encodeURIComponent(passwords.secret), btoa(authToken)]) {
      writeFileSync(known, `{"x": "${secret}"}`);
      expect(leakingFiles(folder, secrets)).toEqual([known]);
      expect(leakingLines(`one\ntwo ${secret}\nthree`, secrets)).toEqual([`two ${secret}`]);
    }
    writeFileSync(known, "nothing");
    expect(leakingFiles(folder, secrets)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
