/** No failure shows a secret: what a server echoes, a crash, a password in an address. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@jest/globals";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import * as plugin from "pulumi-plivo/plugin";
import { leakingFiles, leakingLines } from "../support/leaks";
import { sdks } from "./support/programs/sdks";
import {
  type AdapterName,
  authId,
  authToken,
  basic,
  Printed,
  passwords,
  program,
  secrets,
  setVariables,
  traceInto,
} from "./support/secrets/secret-life";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";

const simulator = { authId, authToken };
const adapterNames = ["dynamic", "plugin"] as const;

const echoed = [authToken, basic, passwords.plain];
const body = { api_id: "1a2b", error: `no: ${echoed.join(" ")}` };
const echo = { times: 99, do: { kind: "body", status: 400, body } } as const;

for (const adapter of adapterNames)
  testInWorld(
    `${adapter}: a secret that Plivo echoes in an error is not shown`,
    async (world) => {
      const { stack, simulator, run, folder } = world;
      traceInto(world);
      const credential = (username: string) => async () =>
        void new sdks[adapter].Credential("pbx", { username, password: passwords.plain });
      const echoes: string[] = [];
      const fails = async (operation: Promise<unknown>, form: RegExp) => {
        const message = await failureOf(operation);
        expect(message).toMatch(form);
        echoes.push(...leakingLines(message, echoed));
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
      expect(leakingFiles(folder, echoed)).toEqual([]);
    },
    { simulator },
  );

/** Node.js loads it into whatever runs our provider: it dies, or would, while a password is sent to Plivo. */
const crash = (text: string) => `
  require("node:diagnostics_channel").subscribe("http.client.request.start", ({ request }) => {
    if (request.method === "POST") throw new Error(${text});
  });`;

/** What is shown and written when it crashes with this text, an expression on \`request\`. */
async function crashIn({ stack, folder }: World, text: string): Promise<string> {
  const file = join(folder, "crash.cjs");
  writeFileSync(file, crash(text));
  setVariables(stack, { NODE_OPTIONS: `--require ${file}` });
  const printed = new Printed();
  // Pulumi's host of dynamic providers prints what was not caught, and goes on.
  const end = await stack.up(printed.listening).then(String, String);
  return printed.stdout + printed.stderr + end;
}

for (const adapter of adapterNames)
  testInWorld(
    `${adapter}: a crash in the middle of an operation shows and writes nothing secret, and the scan would catch it`,
    async (world) => {
      traceInto(world);
      world.run(program(adapter));
      const shown = await crashIn(world, '"simulated crash"');
      expect(shown).toContain("Error: simulated crash");
      if (adapter === "plugin") expect(shown).toContain("dumped the STDOUT and STDERR streams of the plugin");
      expect(leakingLines(shown, secrets)).toEqual([]);
      expect(leakingFiles(world.folder, secrets)).toEqual([]);
      world.run(program(adapter, "pbxparis"));
      const leaking = await crashIn(world, '"simulated crash with " + request.getHeader("authorization")');
      expect(leakingLines(leaking, secrets)).toContainEqual(
        expect.stringContaining(`simulated crash with Basic ${basic}`),
      );
    },
    { simulator },
  );

const userInfo = "hunter2pass";
const withUserInfo = (scheme: string) => `${scheme}://user:${userInfo}@plivo.invalid/v1`;

/** The text of the failure, on which no user info may stand. */
async function errorOf(operation: Promise<unknown>): Promise<string> {
  const message = await failureOf(operation);
  expect(leakingLines(message, [userInfo])).toEqual([]);
  return message;
}

function lists(adapter: AdapterName, opts: CustomResourceOptions = {}) {
  return async () => {
    const { name } = new sdks[adapter].IpAccessControlList("offices", { ipAddresses: ["192.0.2.1"] }, opts);
    return { name };
  };
}

const noUserInfo = /must not carry user name or password/;

for (const adapter of adapterNames)
  testInWorld(
    `${adapter}: a base URL with a password in it is rejected without being shown, and so is the address of a PBX`,
    async (world) => {
      const { stack, run, folder } = world;
      await stack.removeConfig("plivo:baseUrl");
      run(async () => {
        const { uri } = new sdks[adapter].OriginationUri("pbx", { uri: `sip:user:${userInfo}@sip.example.com` });
        return { uri };
      });
      expect(await errorOf(stack.preview())).toContain("no path, spaces or password");
      run(lists(adapter));
      setVariables(stack, { PLIVO_BASE_URL: withUserInfo("https") });
      expect(await errorOf(stack.up())).toMatch(noUserInfo);
      setVariables(stack, {
        PLIVO_BASE_URL: "https://plivo.invalid/v1",
        HTTPS_PROXY: `http://user:${userInfo}@127.0.0.1:1`,
      });
      expect(await errorOf(stack.up())).toMatch(
        /not sent: the proxy 127\.0\.0\.1:1 made no connection .*check HTTPS_PROXY/,
      );
      expect(leakingFiles(folder, [userInfo])).toEqual([]);
      await stack.setConfig("plivo:baseUrl", { value: withUserInfo("https") });
      expect(await errorOf(stack.up())).toMatch(noUserInfo);
      await stack.setConfig("plivo:baseUrl", { value: withUserInfo("ftp") });
      expect(await errorOf(stack.preview())).toContain("must be an https URL");
    },
    { simulator, config: { "plivo:maxRetries": { value: "0" } } },
  );

testInWorld(
  "plugin: a base URL with a password in it is not kept either, from the configuration or an explicit provider",
  async ({ stack, run, folder }) => {
    for (const scheme of ["ftp", "https"]) {
      run(async () => {
        const account = { authId, authToken, baseUrl: withUserInfo(scheme) };
        return lists("plugin", { provider: new plugin.Provider("account", account) })();
      });
      await errorOf(stack.up());
    }
    expect(leakingFiles(folder, [userInfo])).toEqual([]);
    run(lists("plugin"));
    await stack.setConfig("plivo:baseUrl", { value: withUserInfo("https") });
    await errorOf(stack.up());
    // The engine writes the configuration of a stack beside its history.
    const others = leakingFiles(folder, [userInfo]).filter((file) => !/Pulumi\.dev\.yaml$|\.history\.json$/.test(file));
    expect(others).toEqual([]);
  },
  { simulator },
);
