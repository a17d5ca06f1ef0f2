import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import type { GlobalOpts, Stack } from "@pulumi/pulumi/automation";
import * as plivo from "pulumi-plivo";
import { testInWorld, type World } from "./support/engine";
import { failureOf } from "./support/failure";
import { resourceOf } from "./support/fleet";
import { leakingFiles, leakingLines } from "./support/leaks";

const authId = "MASECRETS";
const authToken = "hush0000hush1111hush";
const passwords = { plain: "plain_Pa55word!", secret: "secret_Pa55word!", uri: "uri_Pa55word" };
const basic = Buffer.from(`${authId}:${authToken}`).toString("base64");
const secrets = [authToken, basic, ...Object.values(passwords)];

const simulator = { authId, authToken };

function program(username: string) {
  return async () => {
    const { password } = new plivo.Credential("plain", { username, password: passwords.plain });
    new plivo.Credential("secret", { username, password: pulumi.secret(passwords.secret) });
    const login = { authenticationNeeded: true, username, password: passwords.uri };
    new plivo.OriginationUri("uri", { uri: "sip.example.com", ...login });
    return { password };
  };
}

/** Everything that a stack goes through, and all that the engine prints meanwhile. */
async function wholeLife({ stack, run }: World, options: GlobalOpts): Promise<string> {
  const printed: string[] = [];
  const hear = (text: string) => void printed.push(text);
  const all = { ...options, onOutput: hear, onError: hear };
  run(program("pbxlondon"));
  await stack.preview({ diff: true, ...all });
  await stack.up({ diff: true, ...all });
  run(program("pbxparis"));
  await stack.up({ diff: true, ...all });
  await stack.refresh(all);
  await stack.preview({ expectNoChanges: true, ...all });
  return printed.join("");
}

/** Below the folder that is scanned. */
function traceInto({ stack: { workspace }, folder }: World): string {
  const file = join(folder, "trace.jsonl");
  workspace.envVars = { ...workspace.envVars, PLIVO_TRACE: file };
  return file;
}

testInWorld(
  "nothing secret is in a file that is written, in a trace, or on the console, however it was given",
  async (world) => {
    const trace = traceInto(world);
    const console = await wholeLife(world, {});
    expect(leakingLines(console, secrets)).toEqual([]);
    expect(leakingFiles(world.folder, secrets)).toEqual([]);
    expect(readFileSync(trace, "utf8")).toContain("Zentrunk/Credential/");
    // It was really used, and is really kept.
    const kept = [...world.simulator.store.credentials.values()].map(({ password }) => password);
    expect(kept.sort()).toEqual([passwords.plain, passwords.secret]);
    for (const part of ["inputs", "outputs"] as const)
      expect(resourceOf(world, "plain")[part]?.password).toHaveProperty("ciphertext");
    const { password } = await world.stack.outputs();
    expect(password).toEqual({ value: passwords.plain, secret: true });
    await world.stack.destroy();
    expect(leakingFiles(world.folder, secrets)).toEqual([]);
  },
  { simulator },
);

/** Credentials from the environment only. */
function fromEnvironment({ workspace }: Stack): void {
  workspace.envVars = { ...workspace.envVars, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
}

testInWorld(
  "a token that comes from the environment is in no file at all, not even encrypted",
  async (world) => {
    fromEnvironment(world.stack);
    traceInto(world);
    const console = await wholeLife(world, {});
    expect(leakingLines(console, secrets)).toEqual([]);
    expect(leakingFiles(world.folder, [...secrets, "authToken"])).toEqual([]);
  },
  { simulator, withoutCredentials: true },
);

/**
 * What the engine and Pulumi's Node.js SDK write themselves at `-v=9 --logtostderr --logflow`, in the clear, for every
 * provider: the values of each call between them (also the secret outputs of a stack), and the answer to each registration.
 */
const enginesOwn = [
  /^(Unm|M)arshaling property for RPC\[ResourceMonitor\.RegisterResource\(pulumi-nodejs:dynamic\/plivo:\w+,\w+\)\]: value=/,
  /^Unmarshaling property for RPC\[ResourceMonitor\.RegisterResourceOutputs\(urn:.*:pulumi:Stack::world-dev\)\]: value=/,
  /^Marshaling property for RPC\[Provider\[\w+\]\.Configure\(\)\.inputs\]: value=/,
  /^Unmarshaling property for RPC\[Provider\[\w+\]\.(Check|Create|Update|Read)\(.*\)\.(inputs|outputs)\]: password=/,
  /^(eventSink::Debug\(<\{%reset%\}>)?RegisterResource RPC finished: resource:\w+\[pulumi-nodejs:dynamic\/plivo:\w+\]/,
];

function isEnginesOwn(line: string): boolean {
  const logged: { msg?: string } = line.startsWith("{") ? JSON.parse(line) : {};
  return enginesOwn.some((form) => form.test(logged.msg ?? ""));
}

testInWorld(
  "at the highest verbosity only the engine's own lines hold secrets",
  async (world) => {
    const trace = traceInto(world);
    const console = await wholeLife(world, { logVerbosity: 9, logToStdErr: true, logFlow: true });
    const leaks = leakingLines(console, secrets);
    expect(leaks.filter((line) => !isEnginesOwn(line))).toEqual([]);
    expect(console).not.toContain(basic);
    // When the engine stops doing one of these, this list and the documentation get shorter.
    const seen = enginesOwn.map((form) => leaks.some((line) => form.test(JSON.parse(line).msg)));
    expect(seen).toEqual(enginesOwn.map(() => true));
    expect(leakingFiles(world.folder, secrets)).toEqual([]);
    expect(readFileSync(trace, "utf8")).not.toBe("");
  },
  { simulator },
);

testInWorld(
  "what Plivo repeats of a secret in an error is not shown",
  async (world) => {
    const { stack, simulator, run, folder } = world;
    traceInto(world);
    const credential = (username: string) => async () =>
      void new plivo.Credential("pbx", { username, password: passwords.plain });
    const repeated = [authToken, basic, passwords.plain];
    const body = { api_id: "1a2b", error: `no: ${repeated.join(" ")}` };
    const echo = { times: 99, do: { kind: "body", status: 400, body } } as const;
    const echoes: string[] = [];
    const fails = async (operation: Promise<unknown>, form: RegExp) => {
      const message = await failureOf(operation);
      expect(message).toMatch(form);
      echoes.push(...leakingLines(message, repeated));
    };
    run(credential("pbxlondon"));
    const fault = simulator.faults.add(echo);
    await fails(stack.up(), /creating credential .*: POST Zentrunk\/Credential\/ -> 400 "no: .*" \(api_id 1a2b\)/);
    fault.remove();
    await stack.up();
    simulator.faults.add(echo);
    await fails(stack.refresh(), /reading credential .*: GET .* -> 400 "no: /);
    await fails(stack.destroy(), /deleting credential .*: GET .* -> 400 "no: /);
    run(credential("pbxparis"));
    await fails(stack.up(), /updating credential .*: POST .* -> 400 "no: /);
    expect(echoes).toEqual([]);
    expect(leakingFiles(folder, repeated)).toEqual([]);
  },
  { simulator },
);

testInWorld("a secret that is planted is found", async ({ folder }) => {
  mkdirSync(join(folder, "backend/deep/er"), { recursive: true });
  const planted = join(folder, "backend/deep/er/state.json.bak");
  for (const secret of [passwords.plain, `Basic ${basic}`, encodeURIComponent(passwords.secret), btoa(authToken)]) {
    writeFileSync(planted, `{"x": "${secret}"}`);
    expect(leakingFiles(folder, secrets)).toEqual([planted]);
    expect(leakingLines(`one\ntwo ${secret}\nthree`, secrets)).toEqual([`two ${secret}`]);
  }
  writeFileSync(planted, "nothing");
  expect(leakingFiles(folder, secrets)).toEqual([]);
  expect(isEnginesOwn(JSON.stringify({ msg: `creating credential: ${authToken}` }))).toBe(false);
  expect(isEnginesOwn(`Unmarshaling property for RPC: ${authToken}`)).toBe(false);
});
