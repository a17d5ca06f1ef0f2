import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { startSimulator } from "pulumi-plivo/simulator";
import { type AccountOptions, openAccount } from "./account";
import { exportStack } from "./pulumi-cli";

const before = { ...process.env };
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-"));
  for (const name of ["PLIVO_AUTH_ID", "PLIVO_AUTH_TOKEN", "PLIVO_BASE_URL"]) delete process.env[name];
});

afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

/** A `pulumi` on PATH that runs this text in a shell. */
function pulumi(script: string): void {
  writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "pulumi"), 0o755);
  process.env.PATH = `${folder}${delimiter}${before.PATH}`;
}

/** Sends one request. */
async function ask(options: AccountOptions): Promise<void> {
  const { account } = await openAccount(options);
  await account.context({ log: () => {} }).services.plivo.trunks.list();
}

test("a flag comes before the stack, the stack before the environment, and the token is no flag", async () => {
  const accounts = ["MAFLAG", "MASTACK", "MAENVIRONMENT"].map((authId) => ({ authId, authToken: "token" }));
  const simulator = await startSimulator({ accounts });
  try {
    const config = {
      "plivo:authId": { value: "MASTACK", secret: false },
      "plivo:authToken": { value: "token", secret: true },
      "plivo:baseUrl": { value: simulator.url, secret: false },
      "lines:other": { secret: true },
    };
    pulumi(
      `test "$*" = "config --json --show-secrets --stack dev --non-interactive" && echo '${JSON.stringify(config)}'`,
    );
    await ask({ authId: "MAFLAG", stack: "dev" });
    await ask({ stack: "dev" });
    Object.assign(process.env, {
      PLIVO_AUTH_ID: "MAENVIRONMENT",
      PLIVO_AUTH_TOKEN: "token",
      PLIVO_BASE_URL: simulator.url,
    });
    await ask({ stack: "dev" });
    await ask({});
    await ask({ authId: "MAFLAG", baseUrl: simulator.url });
    expect(simulator.requests.map(({ authId }) => authId)).toEqual([
      "MAFLAG",
      "MASTACK",
      "MASTACK",
      "MAENVIRONMENT",
      "MAFLAG",
    ]);
  } finally {
    await simulator.close();
  }
});

test.each([
  { options: { authId: "a b" }, message: /^--auth-id must / },
  { options: { baseUrl: "http://example.com" }, message: /^--base-url must be https/ },
])("a wrong flag is named: $options", async ({ options, message }) => {
  await expect(openAccount(options)).rejects.toThrow(message);
});

test("without credentials nothing is asked, and the message says what to set", async () => {
  await expect(openAccount({})).rejects.toThrow(
    "Plivo's Auth ID is not configured: set PLIVO_AUTH_ID, or give a stack that has plivo:authId with --stack <name>",
  );
  await expect(openAccount({ authId: "MAFLAG" })).rejects.toThrow(
    "Plivo's Auth Token is not configured: set PLIVO_AUTH_TOKEN, or give a stack that has plivo:authToken with --stack",
  );
});

test("a failure of pulumi is one line, without what it printed on stdout", async () => {
  pulumi("echo secret; echo; echo 'error: no stack named dev' >&2; echo more >&2; exit 3");
  await expect(openAccount({ stack: "dev" })).rejects.toThrow(
    /^`pulumi config --json --show-secrets --stack dev` failed: error: no stack named dev$/,
  );
  pulumi("echo nothing");
  await expect(openAccount({ stack: "dev" })).rejects.toThrow("printed something else than a configuration");
  process.env.PATH = folder;
  rmSync(join(folder, "pulumi"));
  await expect(exportStack("dev")).rejects.toThrow("there is no `pulumi` on PATH");
});

test("of what a failed `pulumi` prints the error is reported, visible and without the token", async () => {
  process.env.PLIVO_AUTH_TOKEN = "TOKENxOPENSxNOTHING";
  pulumi(
    `printf 'warning: A new version is available\\nerror: \\033[31mTOKENxOPENSxNOTHING\\033[0m is wrong\\n' >&2; exit 255`,
  );
  await expect(exportStack("dev")).rejects.toThrow(/failed: error: \\u001b\[31m\[hidden\]\\u001b\[0m is wrong$/);
});
