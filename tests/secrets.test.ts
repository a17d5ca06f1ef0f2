/**
 * Whatever a server echoes of what it was sent: no error, log line or trace of either adapter shows a secret. On the real
 * engine the same is proven by `tests/engine/secrets.test.ts`.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { Account, type ResourceToken } from "../provider/resources/index";
import { FailedInitialisation, type OpenRun, type Props, type State } from "./support/adapters/adapter";
import { EchoServer, echoes, spelled } from "./support/echo-server";
import { filesBelow, leakingFiles } from "./support/leaks";
import { VirtualClock } from "./support/virtual/virtual-clock";
import { openRuns } from "./support/virtual/virtual-world";

const authId = "MAECHO";
const authToken = "hush+hush/hush&hush";
/** With signs that each spelling changes. */
const passwords = { before: "old&%+(pw)1", after: "new&%+(pw)2", uri: 'u"ri <p&w> \\3', uriAfter: "l'autre & <4>" };

const secrets = [authToken, Buffer.from(`${authId}:${authToken}`).toString("base64"), ...Object.values(passwords)];

/** A secret as it may be written. */
function spellings(secret: string): readonly string[] {
  const html = secret.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const others = Object.values(spelled).map((spell) => spell(secret));
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), html, ...others];
  // Quotes are turned into others in what is shown.
  return [...new Set([...forms, ...forms.map((form) => form.replaceAll('"', "'"))])];
}

/** What of its base64 is the same whatever stands before and behind it. */
function inBase64(secret: string): readonly string[] {
  return ["", "x", "xy"].map((before) => {
    const signs = Buffer.from(before + secret)
      .toString("base64")
      .replace(/=+$/, "");
    return signs.slice(Math.ceil((before.length * 4) / 3) + 1, -2);
  });
}

/** Each line that shows a secret. */
function leaks(shown: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((secret) => [...spellings(secret), ...inBase64(secret)]);
  return shown.filter((line) => forms.some((form) => line.includes(form)));
}

/** Everything that users get to see, apart from the state. */
class Watched {
  readonly shown: string[] = [];

  note(error: unknown): void {
    if (!(error instanceof Error)) throw new Error(`no Error: ${String(error)}`);
    // The state of a failed initialisation is the engine's to encrypt; all the rest is shown.
    const { message, stack = "", cause } = error;
    const reasons = error instanceof FailedInitialisation ? error.reasons : [];
    this.shown.push(message, stack, inspect(cause, { depth: 9 }), ...reasons);
    if (!(error instanceof FailedInitialisation)) this.shown.push(inspect(error, { depth: 9 }));
  }
}

const server = new EchoServer();
beforeAll(() => server.start().then(() => undefined));
afterAll(() => server.stop());

const credential = { name: "pbx", username: "pbxlondon", password: passwords.before, forceDestroy: true };
const uri = {
  ...{ name: "uri", uri: "a.example.com", authenticationNeeded: true, username: "pbx" },
  ...{ password: passwords.uri, forceDestroy: true },
};

const cases: readonly { token: ResourceToken; inputs: Props; news: Props }[] = [
  { token: "Credential", inputs: credential, news: { ...credential, password: passwords.after } },
  { token: "OriginationUri", inputs: uri, news: { ...uri, password: passwords.uriAfter } },
];

/** Each method once, against a server that echoes what it gets. */
async function everyVerb(open: OpenRun, watched: Watched): Promise<number> {
  const trace = (line: object) => watched.shown.push(JSON.stringify(line));
  const dependencies = { clock: new VirtualClock(), random: () => 0.5, trace };
  const baseUrl = `http://127.0.0.1:${server.port}/v1`;
  const account = new Account({ authId, authToken, baseUrl, maxRetries: 1 }, dependencies);
  const run = open(account, (line) => watched.shown.push(line));
  let failures = 0;
  const failing = async (work: Promise<unknown>) => {
    failures += await work.then(
      () => 0,
      (error: unknown) => {
        watched.note(error);
        return 1;
      },
    );
  };
  for (const { token, inputs, news } of cases) {
    const adapter = run.adapter("it");
    const state: State = { id: "17", inputs, outputs: inputs };
    watched.shown.push(
      JSON.stringify((await adapter.check(token, { ...news, username: "?:", nonsense: news.password })).failures),
    );
    await failing(adapter.create(token, inputs));
    server.first.push({ what: "an id", status: 200, body: () => '{"credential_uuid":"1","uri_uuid":"1"}' });
    await failing(adapter.create(token, inputs));
    server.first.length = 0;
    await failing(adapter.read(token, state));
    await failing(adapter.read(token, { ...state, id: "unconfirmed:pbx" }));
    await failing(adapter.update(token, state, news));
    await failing(adapter.delete(token, state));
  }
  await failing(run.invoke("getTrunks", {}));
  return failures;
}

test.each(Object.entries(openRuns))(
  "%s: nothing secret is shown, whatever the server echoes",
  async (_, open) => {
    const printed: string[] = [];
    const print = (text: unknown) => printed.push(String(text)) > 0;
    const spies = [jest.spyOn(process.stdout, "write"), jest.spyOn(process.stderr, "write")];
    for (const spy of spies) spy.mockImplementation(print as typeof process.stdout.write);
    try {
      for (const echo of echoes) {
        server.echo = echo;
        const watched = new Watched();
        const failures = await everyVerb(open, watched);
        expect([echo.what, leaks([...watched.shown, ...printed])]).toEqual([echo.what, []]);
        // Else nothing was tried.
        expect([echo.what, failures > 5]).toEqual([echo.what, true]);
      }
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  },
  120_000,
);

test.each(secrets.flatMap((secret) => spellings(secret)))("the scan finds a known %s wherever it stands", (known) => {
  const watched = new Watched();
  watched.note(new Error(`said ${known}`));
  watched.note(Object.assign(new Error("x"), { stack: `at ${known}` }));
  watched.note(new Error("x", { cause: { config: { data: known } } }));
  watched.note(Object.assign(new Error("x"), { request: { body: known } }));
  const state = { id: "1", inputs: {}, outputs: {} };
  watched.note(new FailedInitialisation(state, [`because ${known}`]));
  expect(leaks(watched.shown).length).toBeGreaterThanOrEqual(5);
  expect(leaks(["all is well"])).toEqual([]);
});

test("the search for secrets in a folder goes through all of its folders and follows no link", () => {
  const folder = mkdtempSync(join(tmpdir(), "plivo-leaks-"));
  try {
    mkdirSync(join(folder, "a/b"), { recursive: true });
    writeFileSync(join(folder, "a/b/state.json"), "hush");
    symlinkSync(folder, join(folder, "a/b/loop"));
    expect(filesBelow(folder)).toEqual([join(folder, "a/b/state.json")]);
    expect(leakingFiles(folder, ["hush"])).toEqual([join(folder, "a/b/state.json")]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
