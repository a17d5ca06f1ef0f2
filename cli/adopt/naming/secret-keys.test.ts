import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { signed } from "../files";
import { keysOf } from "../run";
import { adopted, smallAccount } from "../testing/adopted";
import { secretKeyOf } from "./secret-keys";

const folder = mkdtempSync(join(tmpdir(), "adopt-"));
afterAll(() => rmSync(folder, { recursive: true }));

const id = "1f0e9d8c-6b5a-4c3d-a2b1-0c9d8e7f6a5b";
const target = { file: join(folder, "index.ts"), signature: "pulumi-plivo adopt" };
const configuration = { "lines:pbxPassword": "of another credential", "plivo:authToken": "x" };

test("a secret never gets a key that the configuration of the stack has", () => {
  const keyBeside = (...taken: string[]) =>
    secretKeyOf("pbx", "password", id, { taken: new Set(taken), isUnknown: false });
  expect(keyBeside()).toBe("pbxPassword");
  expect(keyBeside("pbxPassword")).toBe("pbxPassword7f6a5b");
  const whole = "pbxPassword1f0e9d8c6b5a4c3da2b10c9d8e7f6a5b";
  expect(keyBeside("pbxPassword", "pbxPassword7f6a5b")).toBe(whole);
  expect(keyBeside("pbxPassword", "pbxPassword7f6a5b", whole)).toBe(`${whole}x2`);
});

test.each([{ update: true }, { update: false }])("with --stack its keys are known, update $update", async (options) => {
  const keys = keysOf(configuration, { ...options, stack: "dev" }, target);
  const seed = { credentials: [{ credential_uuid: id, name: "PBX", username: "pbx", password: "Secret!1" }] };
  const { program, secrets } = await adopted(seed, { keys });
  expect(secrets.map(({ key }) => key)).toEqual(["pbxPassword7f6a5b"]);
  expect(program).toContain('config.requireSecret("pbxPassword7f6a5b")');
});

test("with the state alone no key of an update has the form of a first adoption", async () => {
  const keys = keysOf({}, { update: true }, target);
  const { secrets } = await adopted(smallAccount, { keys });
  expect(secrets.map(({ key }) => key)).toEqual(["londonPasswordcred1", "fallbackPassworduri2"]);
});

test("a second run keeps the keys of the file that it replaces, unless that was edited", () => {
  const text = signed("//", target.signature, 'config.requireSecret("pbxPassword")\n');
  writeFileSync(target.file, text);
  expect([...keysOf(configuration, { stack: "dev" }, target).taken]).toEqual(["authToken"]);
  writeFileSync(target.file, `${text}\n`);
  expect([...keysOf(configuration, { stack: "dev" }, target).taken]).toEqual(["pbxPassword", "authToken"]);
});
