import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { knownObjects } from "./known-objects";
import { readText } from "./run";
import { adopted, smallAccount } from "./testing/adopted";

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
  );
  expect([...names]).toEqual([
    ["Trunk/100", "in"],
    ["PhoneNumberAttachment/14155550100", "hotline"],
  ]);
  expect([...taken]).toEqual(["in", "read", "leaving", "hotline"]);
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

test("a stack that manages everything leaves nothing to write", async () => {
  const { resources } = await adopted(smallAccount);
  const known = state(...resources.map(({ type, name, id }) => ({ type, urn: urn(type, name), id })));
  const after = await adopted(smallAccount, { update: true, state: "x", known });
  expect([after.resources, after.alreadyManaged]).toEqual([[], resources.length]);
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
  expect(() => knownObjects(text, "state.json")).toThrow(message);
});

test("a state with a byte order mark is read", () => {
  const folder = mkdtempSync(join(tmpdir(), "adopt-"));
  try {
    writeFileSync(join(folder, "state.json"), `\uFEFF${state()}`);
    expect(knownObjects(readText(join(folder, "state.json")), "state.json").names.size).toBe(0);
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
