import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readConfig } from "../client/config";
import { OperationError } from "../lifecycle/index";
import { Account, parseSetting, readSettings, settings } from "./index";

type Values = Readonly<Record<string, unknown>>;

const read = (stack: Values, environment: Record<string, string | undefined> = {}) =>
  readSettings((key) => stack[key], environment);

const environment = {
  PLIVO_AUTH_ID: "MAENV",
  PLIVO_AUTH_TOKEN: "env-token",
  PLIVO_BASE_URL: "https://env.example.com/v1",
};
const fromEnvironment = { authId: "MAENV", authToken: "env-token", baseUrl: "https://env.example.com/v1" };

test.each<{ what: string; stack: Values; environment: Record<string, string | undefined>; values: Values }>([
  { what: "nothing at all", stack: {}, environment: {}, values: {} },
  { what: "the environment where the stack says nothing", stack: {}, environment, values: fromEnvironment },
  {
    what: "the stack before the environment",
    stack: { authId: "MASTACK" },
    environment,
    values: { ...fromEnvironment, authId: "MASTACK" },
  },
  { what: "the environment for a stack that says null", stack: { authId: null }, environment, values: fromEnvironment },
  { what: "nothing for an empty variable", stack: {}, environment: { PLIVO_AUTH_ID: "" }, values: {} },
  {
    what: "numbers written as text",
    stack: { maxRetries: "3", requestTimeout: "60" },
    environment: {},
    values: { maxRetries: 3, requestTimeout: 60 },
  },
  {
    what: "numbers",
    stack: { maxRetries: 0, requestTimeout: 600 },
    environment: {},
    values: { maxRetries: 0, requestTimeout: 600 },
  },
  {
    what: "no variable for the rest",
    stack: {},
    environment: { PLIVO_MAX_RETRIES: "3", PLIVO_REQUEST_TIMEOUT: "9" },
    values: {},
  },
  {
    what: "a loopback URL",
    stack: { baseUrl: "http://127.0.0.1:8080/v1" },
    environment: {},
    values: { baseUrl: "http://127.0.0.1:8080/v1" },
  },
])("the settings are $what", ({ stack, environment: variables, values }) => {
  expect(read(stack, variables)).toEqual(values);
});

test.each<{ stack: Values; variables?: Record<string, string>; message: string }>([
  { stack: { authId: "MA XX" }, message: "plivo:authId must not be empty or contain spaces" },
  { stack: { authId: "" }, message: "plivo:authId must not be empty or contain spaces" },
  { stack: { authId: "MA-XX" }, message: "plivo:authId must be 1 to 64 letters and digits, as on the overview page" },
  { stack: { authToken: "a\nb" }, message: "plivo:authToken must not be empty or contain spaces, line breaks or" },
  { stack: { authToken: { secret: 1 } }, message: "plivo:authToken must be a string" },
  { stack: { baseUrl: "api.plivo.com" }, message: "plivo:baseUrl must be an https URL" },
  { stack: { baseUrl: "ftp://api.plivo.com" }, message: "plivo:baseUrl must be an https URL" },
  { stack: { baseUrl: "https://u:p@api.plivo.com" }, message: "plivo:baseUrl must not carry user name or password" },
  { stack: { maxRetries: "many" }, message: "plivo:maxRetries must be a whole number from 0 to 20" },
  { stack: { maxRetries: "21" }, message: "plivo:maxRetries must be a whole number from 0 to 20" },
  { stack: { maxRetries: -1 }, message: "plivo:maxRetries must be a whole number from 0 to 20" },
  { stack: { maxRetries: 1.5 }, message: "plivo:maxRetries must be a whole number from 0 to 20" },
  { stack: { requestTimeout: "0" }, message: "plivo:requestTimeout must be a whole number from 1 to 600" },
  { stack: {}, variables: { PLIVO_AUTH_ID: "MA XX" }, message: "PLIVO_AUTH_ID must not be empty or contain spaces" },
  {
    stack: { authId: null },
    variables: { PLIVO_AUTH_ID: "MA-XX" },
    message: "PLIVO_AUTH_ID must be 1 to 64 letters and digits",
  },
  { stack: {}, variables: { PLIVO_BASE_URL: "x" }, message: "PLIVO_BASE_URL must be an https URL" },
])("a mistake names where it was made: $message", ({ stack, variables, message }) => {
  expect(() => read(stack, variables)).toThrow(message);
});

test("all mistakes are in one error, and none of them quotes a value", () => {
  const wrong = {
    authId: "MA hunter2",
    authToken: "hunter2 hunter2",
    baseUrl: "hunter2",
    maxRetries: "hunter2",
    requestTimeout: "hunter2",
  };
  let error: unknown;
  try {
    read(wrong);
  } catch (caught) {
    error = caught;
  }
  expect(OperationError.isInstance(error)).toBe(true);
  const text = String(error);
  expect(text).toContain("the configuration of the plivo provider is wrong: ");
  for (const key of Object.keys(wrong)) expect(text).toContain(`plivo:${key} `);
  expect(text).not.toContain("hunter2");
});

/** Texts as people paste them, and numbers: mostly wrong, but near to what is right. */
const nearly = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("M", "a", "7", " ", "\t", "\n", "\0", "\x7f", "\u200b", "\ufeff", "\u0645", "-", "?", "#"),
  }),
  fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ["https", "http", "ftp"] }),
  fc.tuple(fc.constantFrom("https://", "http://127.0.0.1/"), fc.string()).map((parts) => parts.join("")),
  fc.integer({ min: -2, max: 700 }),
  fc.integer({ min: -2, max: 700 }).map(String),
  fc.double(),
);

const good = { authId: "MA1", authToken: "token" };

test.each(Object.keys(settings) as (keyof typeof settings)[])(
  "the check of %s and the client accept and reject the same",
  (key) => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(nearly, (value) => {
        const checked = parseSetting(key, value);
        seen.add(checked.success);
        const client = () => readConfig({ ...good, [key]: value }, {});
        if (!checked.success) return expect(client).toThrow(`${checked.error.issues[0]?.message}`);
        // The client gets what the check has made of it.
        expect(readConfig({ ...good, [key]: checked.data }, {})).toEqual(client());
        expect(read({ [key]: value })).toEqual({ [key]: checked.data });
      }),
      { numRuns: 1_000 },
    );
    expect(seen).toEqual(new Set([true, false]));
  },
);

test.each(["\0", "to\0ken", "token\0", "to\u0007ken", "to\u200bken", "\ufefftoken", "to\u202eken", "to\x7fken"])(
  "a token with an invisible character is rejected by check and client: %j",
  (authToken) => {
    expect(parseSetting("authToken", authToken).success).toBe(false);
    expect(() => readConfig({ ...good, authToken }, {})).toThrow("The Auth Token must not be empty or contain spaces");
  },
);

test.each(["https://plivo.example/v1?", "https://plivo.example/v1#"])(
  "a base URL with a lone sign at its end would send every path as its query: %s is rejected",
  (baseUrl) => {
    expect(() => read({ baseUrl })).toThrow('plivo:baseUrl must end with its path, without "?" or "#"');
  },
);

test("only the token is a secret, and only what a machine needs has a variable", () => {
  const facts = Object.entries(settings).map(([key, { secret, environment: variable }]) => [
    key,
    secret === true,
    variable,
  ]);
  expect(facts).toEqual([
    ["authId", false, "PLIVO_AUTH_ID"],
    ["authToken", true, "PLIVO_AUTH_TOKEN"],
    ["baseUrl", false, "PLIVO_BASE_URL"],
    ["maxRetries", false, undefined],
    ["requestTimeout", false, undefined],
  ]);
});

const silent = { log: () => undefined };

test.each([
  { given: {}, mentions: ["Auth ID", "pulumi config set plivo:authId", "PLIVO_AUTH_ID"] },
  {
    given: { authId: "MA1" },
    mentions: ["Auth Token", "pulumi config set --secret plivo:authToken", "PLIVO_AUTH_TOKEN"],
  },
])(
  "nothing needs credentials until the first request; the error then says how to set the $mentions.0",
  ({ given, mentions }) => {
    const context = new Account(given).context(silent);
    for (const part of mentions) expect(() => context.services.plivo).toThrow(part);
  },
);

test("an operation has one deadline, whenever it touches the API", async () => {
  let now = 0;
  const clock = { now: () => now, sleep: async () => undefined };
  const account = new Account({ authId: "MA1", authToken: "t", baseUrl: "http://127.0.0.1:1" }, { clock });
  const { services } = account.context({ ...silent, timeout: 1_000 });
  now = 1_001;
  await expect(services.plivo.trunks.get("1")).rejects.toMatchObject({ name: "DeadlineExceededError" });
});

test("without a timeout of its own an operation has 120 seconds", async () => {
  let now = 0;
  const clock = { now: () => now, sleep: async () => undefined };
  const account = new Account(
    { authId: "MA1", authToken: "t", baseUrl: "http://127.0.0.1:1", maxRetries: 0 },
    { clock },
  );
  const { services } = account.context(silent);
  now = 119_000;
  await expect(services.plivo.trunks.get("1")).rejects.toMatchObject({ name: "ConnectionError" });
  now = 120_000;
  await expect(services.plivo.trunks.get("1")).rejects.toMatchObject({ name: "DeadlineExceededError" });
});

test("each account of a process has one ledger", () => {
  const account = new Account({});
  expect(account.context(silent).ledger).toBe(account.context(silent).ledger);
  expect(account.context(silent).ledger).not.toBe(new Account({}).context(silent).ledger);
});
