import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { Account, resources } from "../resources/index";
import { dynamicProvider } from "./adapter";
import { Session } from "./session";
import { FakeHost, type Props } from "./testing/fake-host";

const saved = { ...process.env };

beforeEach(() => {
  for (const key of Object.keys(process.env)) if (key.startsWith("PLIVO_")) delete process.env[key];
});

afterEach(() => {
  process.env = { ...saved };
});

function sessionOf(printed: string[] = []) {
  const made: Account[] = [];
  const settings: Props[] = [];
  const make = (given: ConstructorParameters<typeof Account>[0]) => {
    const account = new Account(given);
    settings.push(given);
    made.push(account);
    return account;
  };
  return { session: new Session(make, (line) => void printed.push(line)), made, settings };
}

const good = (key: string) => ({ authId: "MA1", authToken: "token" })[key];
const wrong = (key: string) => (key === "maxRetries" ? "hunter2" : good(key));
const text = "configuration of the plivo provider is wrong: plivo:maxRetries";

/** A provider as the host has it after a first configure. */
function configured(config: (key: string) => string | undefined) {
  const { session, settings } = sessionOf();
  const provider = dynamicProvider(resources.Credential, session);
  const asked: string[] = [];
  const get = (key: string) => {
    asked.push(key);
    return config(key.replace(/^plivo:/, ""));
  };
  const require = (key: string) => get(key) ?? "";
  const returned: unknown = provider.configure?.({ config: { get, require } });
  return { host: new FakeHost(provider), asked, returned, settings };
}

test("configure is synchronous: it is done for calls that arrive while the host waits", () => {
  const { returned, settings, asked } = configured(good);
  expect(returned).toBeUndefined();
  expect(settings).toEqual([{ authId: "MA1", authToken: "token" }]);
  expect(asked).toEqual([
    "plivo:authId",
    "plivo:authToken",
    "plivo:baseUrl",
    "plivo:maxRetries",
    "plivo:requestTimeout",
  ]);
});

test("configure does not throw: the host would forget the error and go on unconfigured", () => {
  expect(() => configured(wrong)).not.toThrow();
});

const credential = { name: "pbx", username: "pbxlondon", password: "Secret!1" };

test.each<{ method: string; act: (host: FakeHost) => Promise<unknown> }>([
  { method: "check", act: (host) => host.check({}, credential) },
  { method: "diff", act: (host) => host.diff("1", credential, credential) },
  { method: "create", act: (host) => host.create(credential) },
  { method: "read", act: (host) => host.read("1", credential) },
  { method: "update", act: (host) => host.update("1", credential, { ...credential, name: "new" }) },
  { method: "delete", act: (host) => host.delete("1", credential) },
])(
  "a wrong configuration is reported by each $method, not only by the first, and without its value",
  async ({ act }) => {
    const { host } = configured(wrong);
    await expect(act(host)).rejects.toThrow(text);
    await expect(act(host)).rejects.toThrow(text);
    expect(host.printed.join("")).not.toContain("hunter2");
  },
);

test("all resources of a run share one account, whichever configures it first", () => {
  const { session, made } = sessionOf();
  session.configure(good);
  session.configure(() => undefined);
  expect(made).toHaveLength(1);
  expect(session.account()).toBe(made[0]);
  expect(session.context().ledger).toBe(session.context().ledger);
});

test("a later configure with a correct configuration heals", () => {
  const { session } = sessionOf();
  session.configure(wrong);
  expect(() => session.account()).toThrow(text);
  session.configure(good);
  expect(() => session.account()).not.toThrow();
});

test("without configure the environment alone holds", () => {
  process.env.PLIVO_AUTH_ID = "MAENV";
  const { session, settings } = sessionOf();
  session.account();
  expect(settings).toEqual([{ authId: "MAENV" }]);
});

test("checking and comparing need no credentials", async () => {
  const { host } = configured(() => undefined);
  await expect(host.check({}, { ...credential, __provider: "p" })).resolves.toMatchObject({ failures: [] });
  const checked = { ...credential, forceDestroy: false };
  await expect(host.diff("1", checked, checked)).resolves.toEqual({ changes: "none", replaces: [] });
});

test("without credentials the first request fails and says how to set them", async () => {
  const { host } = configured(() => undefined);
  await expect(host.create(credential)).rejects.toThrow(/pulumi config set plivo:authId <value>` or set PLIVO_AUTH_ID/);
});

test("a check warns of the same once in a run", () => {
  const printed: string[] = [];
  const { session } = sessionOf(printed);
  for (const text of ["one", "two", "one"]) session.log("warning", text);
  expect(printed).toEqual(["warning: one", "warning: two"]);
});

test("what an operation wants to tell the user is printed with its severity", () => {
  const printed: string[] = [];
  const { session } = sessionOf(printed);
  session.context().services.warn("number 1 is detached");
  expect(printed).toEqual(["warning: number 1 is detached"]);
});
