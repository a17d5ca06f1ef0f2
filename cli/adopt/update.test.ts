import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { readWholeAccount } from "../inventory/read-account";
import { checkAccount, knownObjects } from "./known-objects";
import { languages } from "./languages/index";
import { readText } from "./run";
import { adopted, silent, simulatedAccount, smallAccount } from "./testing/adopted";

const urn = (type: string, name: string) => `urn:pulumi:dev::lines::${type}::${name}`;
const plugin = (token: string, name: string, id: string, more = {}) => {
  const type = `plivo:index:${token}`;
  return { type, urn: urn(type, name), id, ...more };
};
const state = (...resources: readonly object[]) => JSON.stringify({ version: 3, deployment: { resources } });

test("an update writes what the stack does not manage, and refers to the rest by id", async () => {
  const known = state(
    plugin("Credential", "pbx", "cred-1"),
    plugin("OriginationUri", "pbx-tls", "uri-1"),
    plugin("OriginationUri", "standby", "uri-2"),
  );
  const { resources, program, alreadyManaged, files, odd } = await adopted(smallAccount, {
    update: true,
    state: "state.json",
    known,
  });
  expect(resources.map(({ name }) => name)).toEqual(["offices", "out", "support-eu", "hotline"]);
  expect(alreadyManaged).toBe(3);
  expect(program).toContain('primaryUriUuid: "uri-1", // "pbx-tls" in the stack\n');
  expect(program).toContain('credentialUuid: "cred-1", // "pbx" in the stack\n');
  expect([...files.keys()]).toEqual(["adopted.ts"]);
  expect(odd).toEqual([]);
});

test("resources of either adapter are known; what `get` reads, or what waits for its deletion, is not", () => {
  const dynamic = { type: "pulumi-nodejs:dynamic/plivo:Trunk", urn: urn("a$b", "in"), id: "100" };
  const { names, taken } = knownObjects(
    state(
      dynamic,
      plugin("Trunk", "read", "200", { external: true }),
      plugin("Trunk", "leaving", "300", { delete: true }),
      plugin("PhoneNumberAttachment", "hotline", "14155550100"),
      { type: "aws:s3:Bucket", urn: urn("aws:s3:Bucket", "b"), id: "b" },
    ),
    "state.json",
    "MA1",
  );
  expect([...names]).toEqual([
    ["Trunk/100", "in"],
    ["PhoneNumberAttachment/14155550100", "hotline"],
  ]);
  expect([...taken]).toEqual(["in", "read", "leaving", "hotline"]);
});

const encrypted = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };

test.each([
  { what: "the numbers of a set", numbers: ["14155550100"], isLeftOut: true },
  { what: "the numbers of a trunk with a set whose numbers are encrypted", numbers: encrypted, isLeftOut: true },
  { what: "the numbers of a trunk with a set of which one is encrypted", numbers: [encrypted], isLeftOut: true },
  { what: "a number that the set of its trunk does not have", numbers: ["14155550109"], isLeftOut: false },
])("an update leaves out $what: $isLeftOut", async ({ numbers, isLeftOut }) => {
  const set = plugin("TrunkPhoneNumbers", "lines", "100", { outputs: { trunkId: "100", numbers } });
  const trunk = plugin("Trunk", "support-eu", "100");
  const { resources } = await adopted(smallAccount, { update: true, state: "state.json", known: state(trunk, set) });
  expect(resources.some(({ name }) => name === "hotline")).toBe(!isLeftOut);
});

test("a new object gets no name that the stack has", async () => {
  const known = state(plugin("Trunk", "hotline", "999"));
  const { resources } = await adopted(smallAccount, { update: true, state: "x", known });
  expect(resources.map(({ name }) => name)).toContain("hotline-550100");
});

test("in YAML no two resources of a program have the same name, whatever their types", async () => {
  const bucket = { type: "aws:s3:Bucket", urn: urn("aws:s3:Bucket", "offices"), id: "b" };
  const given = { update: true, state: "x", known: state(bucket) };
  const namesIn = async (language: "yaml" | "python") =>
    (await adopted(smallAccount, { ...given, language })).resources.map(({ name }) => name);
  expect(await namesIn("yaml")).toContain("offices-acl-1");
  expect(await namesIn("python")).toContain("offices");
});

test("a comment stays on its line, whatever a resource of the stack is called", async () => {
  const known = state(plugin("OriginationUri", "a\nb\u2028c", "uri-1"));
  const { program } = await adopted(smallAccount, { update: true, state: "x", known });
  expect(program).toContain('primaryUriUuid: "uri-1", // "a\\nb\\u2028c" in the stack\n');
});

test("an object that an unconfirmed create may have made is left out, and reported", async () => {
  const known = state(
    plugin("OriginationUri", "standby", "unconfirmed:fallback"),
    plugin("Trunk", "other", "unconfirmed:primary"),
  );
  const { resources, odd, program, alreadyManaged } = await adopted(smallAccount, { update: true, state: "x", known });
  const text =
    'not adopted, because it may be what an unconfirmed create of the stack made: origination URI uri-2 ("fallback"); run `pulumi up` or `pulumi refresh` first';
  expect(odd[0]).toEqual({ kind: "unconfirmed-create", object: null, text });
  expect(program).toContain(`// ${text}\n`);
  expect([resources.map(({ id }) => id), alreadyManaged]).toEqual([
    ["cred-1", "acl-1", "uri-1", "200", "100", "14155550100"],
    0,
  ]);
});

test("an object that an interrupted create may have made is left out, and reported", async () => {
  const pending = (resource: object) => ({ type: "creating", resource });
  const { id: _, ...fallback } = plugin("OriginationUri", "standby", "", { inputs: { name: "fallback" } });
  const { id: __, ...elsewhere } = plugin("OriginationUri", "x", "", {
    inputs: { name: "primary" },
    provider: "urn:pulumi:dev::lines::pulumi:providers:plivo::b::1",
  });
  const provider = {
    type: "pulumi:providers:plivo",
    urn: "urn:pulumi:dev::lines::pulumi:providers:plivo::b",
    id: "1",
    inputs: { authId: "MAOTHER" },
  };
  const pending_operations = [
    pending(fallback),
    pending(elsewhere),
    { type: "deleting", resource: { ...fallback, inputs: { name: "primary" } } },
    pending(plugin("OriginationUri", "without-inputs", "1")),
  ];
  const known = JSON.stringify({ version: 3, deployment: { resources: [provider], pending_operations } });
  const { resources, odd } = await adopted(smallAccount, { update: true, state: "x", known });
  expect(odd[0]).toEqual({
    kind: "interrupted-create",
    object: null,
    text: 'not adopted, because it may be what an interrupted create of the stack made: origination URI uri-2 ("fallback"); delete it, or run `pulumi refresh --clear-pending-creates` first to adopt it',
  });
  expect(resources.map(({ id }) => id)).toEqual(["cred-1", "acl-1", "uri-1", "200", "100", "14155550100"]);
});

test("an unconfirmed create is found by a name that is hidden", async () => {
  const known = state(plugin("Trunk", "in", "unconfirmed:to hunter2"));
  const uris = [{ uri_uuid: "uri-1", name: "main", uri: "sip:me:hunter2@sip.example.com" }];
  const trunk = { trunk_id: "1", name: "to hunter2", trunk_direction: "inbound", primary_uri_uuid: "uri-1" } as const;
  const seed = { originationUris: uris, trunks: [trunk] };
  const { resources, odd } = await adopted(seed, { update: true, state: "x", known });
  expect(resources.map(({ id }) => id)).toEqual(["uri-1"]);
  expect(odd[0]?.text).toContain("unconfirmed create of the stack made: trunk 1; run");
});

test("a stack that manages everything leaves nothing to write", async () => {
  const { resources } = await adopted(smallAccount);
  const known = state(...resources.map(({ type, name, id }) => ({ type, urn: urn(type, name), id })));
  const after = await adopted(smallAccount, { update: true, state: "x", known });
  expect([after.resources, after.alreadyManaged]).toEqual([[], resources.length]);
});

const provider = (name: string, inputs: object) => {
  const type = "pulumi:providers:plivo";
  return { type, urn: urn(type, name), id: "p-1", inputs };
};
const of = (name: string) => ({ provider: `${urn("pulumi:providers:plivo", name)}::p-1` });

test("the state of another account is refused: by the Auth ID of its provider", () => {
  const other = state(provider("default", { authId: "MAOTHER" }), plugin("Trunk", "in", "100", of("default")));
  expect(() => knownObjects(other, "state.json", "MAONE")).toThrow(
    'state.json is of account "MAOTHER", not of "MAONE"; nothing was written: use the credentials of the stack\'s account',
  );
  expect([...knownObjects(other, "state.json", "MAOTHER").names.keys()]).toEqual(["Trunk/100"]);
});

test("of a stack with providers for several accounts, what belongs to others is not managed here", () => {
  const both = state(
    provider("one", { authId: "MAONE" }),
    provider("other", { authId: "MAOTHER" }),
    provider("hidden", { authId: { "4dabf18193072939515e22adb298388d": "1b47", ciphertext: "x" } }),
    plugin("Trunk", "in", "100", of("one")),
    plugin("Trunk", "there", "200", of("other")),
    plugin("Trunk", "somewhere", "300", of("hidden")),
  );
  const { names, taken } = knownObjects(both, "state.json", "MAONE");
  expect([[...names.keys()], [...taken]]).toEqual([
    ["Trunk/100", "Trunk/300"],
    ["in", "there", "somewhere"],
  ]);
});

test("a state of which the account has nothing is refused; where it has some, the rest is drift", async () => {
  const { account } = await simulatedAccount({ seed: smallAccount });
  const inventory = await readWholeAccount(account, silent);
  const checked = (...resources: readonly object[]) => {
    return () => checkAccount(knownObjects(state(...resources), "dev", "MA1"), inventory, "dev");
  };
  const foreign = plugin("Trunk", "in", "999");
  const reason = "this account has none of the 2 objects of dev, such as Trunk/999; nothing was written";
  // A number may have been moved from one account to another.
  expect(checked(plugin("PhoneNumberAttachment", "line", "14155550100"), foreign)).toThrow(reason);
  expect(checked(foreign, plugin("Trunk", "out", "200"))).not.toThrow();
  expect(checked(plugin("PhoneNumberAttachment", "line", "14155550101"))).not.toThrow();
  expect(checked(plugin("PhoneNumberAttachment", "line", "4930123"))).toThrow("none of the 1 objects");
  expect(checked()).not.toThrow();
});

test("in Go, the parts of two updates are two functions", async () => {
  const nameIn = async (out: string) => {
    const { program } = await adopted(smallAccount, { language: "go", update: true, state: "x", out });
    return /^func (\w+)\(/m.exec(program)?.[1];
  };
  const names = await Promise.all(["adopted.go", "adopted-2.go", "main.go", "adopted 2.go"].map(nameIn));
  expect(names).toEqual(["adopted", "adopted_2", "adopted_main", "adopted_20_2"]);
});

test("in Python, a file that is no name of a module is imported by its path", () => {
  const { include } = languages.python;
  expect(include("parts/more.py", "more")).toBe("Add to your program: import more");
  expect(include("adopted-2.py", "adopted_2")).toContain('importlib.import_module("adopted-2")');
});

test("in Go, an update is a function beside the program", async () => {
  const { program } = await adopted(smallAccount, { language: "go", update: true, state: "x", out: "moreTrunks.go" });
  expect(program).toContain("func moreTrunks(ctx *pulumi.Context) error {\n\t// Credentials\n");
  expect(program).not.toContain("pulumi.Run");
});

test.each([
  ["nothing", "", "there is no input"],
  ["no JSON", "{", "state.json is not JSON"],
  ["something else", "{}", "state.json is no exported stack"],
])("%s is no state", (_, text, message) => {
  expect(() => knownObjects(text, "state.json", "MA1")).toThrow(message);
});

test("a state with a byte order mark is read", () => {
  const folder = mkdtempSync(join(tmpdir(), "adopt-"));
  try {
    writeFileSync(join(folder, "state.json"), `\uFEFF${state()}`);
    expect(knownObjects(readText(join(folder, "state.json")), "state.json", "MA1").names.size).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("in Python no name stands in the second line, where it could be taken for an encoding", async () => {
  const seed = { originationUris: [{ uri_uuid: "uri-1", name: "coding: x", uri: "sip.example.com" }] };
  const more = { ...smallAccount, ...seed };
  const known = state(plugin("OriginationUri", "x", "unconfirmed:coding: x"));
  const { program } = await adopted(more, { language: "python", update: true, state: "x", known });
  expect(program.split("\n").slice(0, 2)).toEqual(["", expect.stringMatching(/^# .*coding: x/)]);
});
