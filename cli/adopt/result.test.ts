import { expect, test } from "@jest/globals";
import { Output } from "../shared/output";
import type { AdoptOptions } from "./options";
import { commandsFor, print, type Result } from "./result";

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

const nothing: Result = {
  files: [],
  resources: [],
  secrets: [],
  odd: [],
  numbers: { rented: 0, onInboundTrunks: 0, adopted: 0, inSets: 0, leftOut: 0 },
  alreadyManaged: 0,
  commands: [],
};

test.each([
  { kind: "interrupted-create", alreadyManaged: 2, why: "a create of the stack may have made what it does not manage" },
  { kind: "exclusive-set", alreadyManaged: 2, why: "a set of the stack is exclusive" },
  { kind: "number-without-trunk", alreadyManaged: 2, why: "the stack manages all 2 objects" },
  { kind: "number-without-trunk", alreadyManaged: 0, why: "the account holds nothing to manage" },
])("without a program the reason is reported, and nothing is marked: $kind, $alreadyManaged managed", (given) => {
  let text = "";
  const output = new Output({ write: (more) => (text += more) });
  const { kind, alreadyManaged, why } = given;
  print({ ...nothing, odd: [{ kind, object: null, text: "so it is" }], alreadyManaged }, [], output);
  expect(text).toBe(`Nothing to adopt: ${why}.\n\nOdd:\n  so it is\n`);
});
