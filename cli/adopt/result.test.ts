import { expect, test } from "@jest/globals";
import type { AdoptOptions } from "./options";
import { commandsFor } from "./result";

const options: AdoptOptions = { language: "yaml", trunk: [], number: [], match: [], protect: true };
const secret = { key: "pbxPassword" };
const commands = (secrets: readonly (typeof secret)[], more: Partial<AdoptOptions> = {}) =>
  commandsFor({ secrets }, { ...options, ...more });

test("each password is set, then everything is imported, then a preview shows nothing", () => {
  expect(commands([secret])).toEqual([
    "pulumi config set --secret pbxPassword",
    "pulumi up",
    "pulumi preview --expect-no-changes",
  ]);
});

test("the commands name the stack that the account came from, quoted for a shell", () => {
  expect(commands([secret], { stack: "org/it's" })[0]).toBe(
    "pulumi config set --secret pbxPassword --stack 'org/it'\\''s'",
  );
});

test("with a file for `pulumi import`, `up` has only passwords to send", () => {
  const importFile = "import.json";
  expect(commands([], { importFile, protect: false })).toEqual([
    "pulumi import --file import.json --generate-code=false --protect=false",
    "pulumi preview --expect-no-changes",
  ]);
  expect(commands([secret], { importFile })).toEqual([
    "pulumi config set --secret pbxPassword",
    "pulumi import --file import.json --generate-code=false",
    "pulumi up",
    "pulumi preview --expect-no-changes",
  ]);
});
