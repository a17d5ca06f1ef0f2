import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { oddAccount } from "../../../tests/engine/support/programs/odd-account";
import { keyOf } from "../../inventory/inventory";
import { languages } from "../languages/index";
import type { AdoptOptions } from "../options";
import { targetOf } from "../options";
import { namesBefore } from "../run";
import { type Adopted, adopted, everyLanguage } from "../testing/adopted";
import { writtenNames } from "./written-names";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "adopt-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const namesOf = ({ resources }: Adopted) =>
  Object.fromEntries(resources.map(({ type, id, name }) => [keyOf(type.replace("plivo:index:", ""), id), name]));

test.each(everyLanguage)("%s: the names in a program are those that were written into it", async (language) => {
  const written = await adopted(oddAccount, { language });
  const files = [...written.files].map(([path, text]) => ({ path, text }));
  expect(Object.fromEntries(writtenNames(files, languages[language]))).toEqual(namesOf(written));
});

const account = (...names: readonly string[]): Seed => ({
  originationUris: names.map((name, n) => ({ uri_uuid: `uri-${9 - n}`, name, uri: "sip.example.com" })),
});
/** Deceives what reads a program without its literals and comments. */
const liar = 'x", { import: "uri-9" },\n  { import: "uri-9", protect';

const optionsIn = (place: string, given: Partial<AdoptOptions> = {}): AdoptOptions => ({
  ...{ language: "typescript", adapter: "plugin", trunk: [], number: [], match: [], protect: true },
  ...given,
  out: join(place, "program"),
  ...(given.importFile !== undefined && { importFile: join(place, given.importFile) }),
});

/** A full run in the folder, which replaces the file of the one before. */
async function run(seed: Seed, given: Partial<AdoptOptions>): Promise<Adopted> {
  const options = optionsIn(folder, given);
  const result = await adopted(seed, { ...options, names: namesBefore(options, targetOf(options)) });
  for (const [path, text] of result.files) writeFileSync(path, text);
  return result;
}

const cases: readonly (Partial<AdoptOptions> & { readonly what: string })[] = [
  ...everyLanguage.map((language) => ({ what: language, language })),
  { what: "with a file for `pulumi import`", importFile: "import.json" },
];

test.each(cases)(
  "$what: a new object of the same name renames none in the next full run",
  async ({ what: _, ...given }) => {
    const first = await run(account("pbx", "support", liar), given);
    const second = await run(account("pbx", "support", liar, "PBX", "pbx"), given);
    expect(namesOf(second)).toEqual({
      ...namesOf(first),
      "OriginationUri/uri-6": "pbx-uri-6",
      "OriginationUri/uri-5": "pbx-uri-5",
    });
    expect(namesOf(first)["OriginationUri/uri-9"]).toBe("pbx");
    // Renamed at Plivo, or its twin is gone: still the same.
    expect(namesOf(await run(account("main", "support", liar, "PBX"), given))).toMatchObject({
      "OriginationUri/uri-9": "pbx",
      "OriginationUri/uri-6": "pbx-uri-6",
    });
  },
);

test("an edited file, one of other options, and an update say nothing of names", async () => {
  await run(account("pbx"), {});
  const options = optionsIn(folder);
  const target = targetOf(options);
  expect(namesBefore(options, target).size).toBe(1);
  expect(namesBefore(options, { ...target, signature: `${target.signature} --trunk x` }).size).toBe(0);
  expect(namesBefore({ ...options, update: true }, target).size).toBe(0);
  writeFileSync(target.file, `${readFileSync(target.file, "utf8")}\n`);
  expect(namesBefore(options, target).size).toBe(0);
});

test("a name that contains a password by now is not kept", async () => {
  const uri = "sip:me:hunter2@sip.example.com";
  await run(account("to hunter2"), {});
  const { resources } = await run({ originationUris: [{ uri_uuid: "uri-9", name: "to hunter2", uri }] }, {});
  expect(resources.map(({ name }) => name)).toEqual(["uri-uri-9"]);
});

test.each(["to hunter-2!", "renamed since"])(
  "nor where the object is called %s by now, or only its letters are in it",
  async (name) => {
    const uri = "sip:me:Hunter-2!@sip.example.com";
    await run(account("to hunter-2!"), {});
    const { resources } = await run({ originationUris: [{ uri_uuid: "uri-9", name, uri }] }, {});
    expect(resources.map((resource) => resource.name)).not.toEqual(["to-hunter-2"]);
  },
);

test("an object whose name is hidden keeps the name that it has instead", async () => {
  const uri = { name: "to hunter2", uri: "sip:me:hunter2@sip.example.com" };
  const twins = ["1-123456", "2-123456"].map((uri_uuid) => ({ ...uri, uri_uuid }));
  const first = await run(
    { originationUris: [...twins, { uri_uuid: "uri-3", name: "uri 2 123456", uri: "x.example.com" }] },
    {},
  );
  expect(namesOf(await run({ originationUris: twins }, {}))).toEqual({
    "OriginationUri/1-123456": namesOf(first)["OriginationUri/1-123456"],
    "OriginationUri/2-123456": namesOf(first)["OriginationUri/2-123456"],
  });
  expect(namesOf(await run({ originationUris: twins.slice(1) }, {}))).toEqual({
    "OriginationUri/2-123456": namesOf(first)["OriginationUri/2-123456"],
  });
});
