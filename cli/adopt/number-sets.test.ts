import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Seed } from "pulumi-plivo/simulator";
import { keyOf, type LiveObject } from "../inventory/inventory";
import { Output } from "../shared/output";
import { nothingKnown } from "./known-objects";
import { languages } from "./languages/index";
import { writtenNames } from "./naming/written-names";
import { type NumbersAs, numberForms } from "./number-sets";
import { targetOf } from "./options";
import { print } from "./result";
import { type Adopted, adopted, everyLanguage, smallAccount } from "./testing/adopted";

const numberAt = (n: number) => String(14_155_550_100 + n);

/** The small account, whose inbound trunk 100 has so many numbers, and trunk 300 two. */
const fleet = (count: number, alias: string | null = null): Seed => ({
  ...smallAccount,
  trunks: [
    ...(smallAccount.trunks ?? []),
    { trunk_id: "300", name: "sales", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
  ],
  numbers: [
    ...Array.from({ length: count }, (_, n) => ({ number: numberAt(n), app_id: "100", alias })),
    ...[90, 91].map((n) => ({ number: numberAt(n), app_id: "300" })),
    numberAt(99),
  ],
});

/** Resources that have numbers: `TrunkPhoneNumbers support-eu-numbers`. */
const forms = ({ resources }: Adopted) =>
  resources.flatMap(({ type, name }) => (/Numbers?\b|Attachment/.test(type) ? [`${type.slice(12)} ${name}`] : []));
const sets = (result: Adopted) => forms(result).filter((text) => text.startsWith("TrunkPhoneNumbers"));
const remarks = ({ odd }: Adopted) => odd.flatMap(({ kind, text }) => (kind === "attachments-for-set" ? [text] : []));

test.each<{ count: number; numbersAs: NumbersAs | undefined; found: readonly string[] }>([
  { count: 20, numbersAs: undefined, found: [] },
  { count: 21, numbersAs: undefined, found: ["TrunkPhoneNumbers support-eu-numbers"] },
  { count: 21, numbersAs: "auto", found: ["TrunkPhoneNumbers support-eu-numbers"] },
  { count: 21, numbersAs: "attachments", found: [] },
  {
    count: 1,
    numbersAs: "sets",
    found: ["TrunkPhoneNumbers sales-numbers", "TrunkPhoneNumbers support-eu-numbers"],
  },
])("--numbers-as $numbersAs writes the sets $found of trunks with $count and 2 numbers", async (given) => {
  const { count, numbersAs, found } = given;
  const result = await adopted(fleet(count), numbersAs === undefined ? {} : { numbersAs });
  expect(sets(result).sort()).toEqual(found);
  expect(result.numbers).toMatchObject({ onInboundTrunks: count + 2, adopted: count + 2, leftOut: 0 });
  expect([result.odd, remarks(result)]).toEqual([[], []]);
});

test("a set has every number of its trunk, behind the trunk that it refers to, and is imported by the trunk's id", async () => {
  const { program, files } = await adopted(fleet(21), { importFile: "import.json", trunk: ["Support EU"] });
  const numbers = Array.from({ length: 21 }, (_, n) => `      "${numberAt(n)}",\n`).join("");
  expect(program).toContain(`
  { protect: true },
);

new plivo.TrunkPhoneNumbers(
  "support-eu-numbers",
  {
    trunkId: supportEu.trunkId,
    numbers: [
${numbers}    ],
  },
  { protect: true },
);
`);
  expect(JSON.parse(files.get("import.json") ?? "").resources).toContainEqual({
    type: "plivo:index:TrunkPhoneNumbers",
    name: "support-eu-numbers",
    id: "100",
  });
});

test.each([
  {
    language: "typescript" as const,
    line: '      "14155550120",\n    ],\n  },\n  { import: "100", protect: true },\n',
  },
  {
    language: "python" as const,
    line: '        "14155550120",\n    ],\n    opts=pulumi.ResourceOptions(import_="100",',
  },
  {
    language: "go" as const,
    line: '\t\t\t\t"14155550120",\n\t\t\t}),\n\t\t}, pulumi.Import(pulumi.ID("100")), pulumi.Protect(true)); err',
  },
  { language: "yaml" as const, line: '        - "14155550120"\n    options:\n      import: "100"\n' },
])("in $language each number of a set has a line of its own", async ({ language, line }) => {
  const { program } = await adopted(fleet(21), { language });
  expect(program).toContain(line);
});

test("the report counts the numbers of sets, as text and as JSON", async () => {
  const { numbers, ...rest } = await adopted(fleet(21));
  expect(numbers).toEqual({ rented: 24, onInboundTrunks: 23, adopted: 23, inSets: 21, leftOut: 0 });
  let text = "";
  print({ ...rest, numbers, files: [], commands: [] }, [], new Output({ write: (more) => (text += more) }));
  expect(text).toContain(
    "3 Trunk, 2 PhoneNumberAttachment, 1 TrunkPhoneNumbers (21 phone numbers)\nNot written: 1 phone number on no",
  );
});

const all = "the import of a set takes every number of its trunk";

test("of a trunk of which only some numbers are selected these are attachments, and that is reported", async () => {
  const result = await adopted(fleet(21), { number: [numberAt(0), numberAt(1)] });
  expect(forms(result)).toEqual([0, 1].map((n) => `PhoneNumberAttachment number-${numberAt(n)}`));
  const text = `2 phone numbers of this trunk are adopted, of 21, and written as attachments: ${all}`;
  expect(result.odd[0]).toEqual({
    kind: "attachments-for-set",
    object: null,
    text: `trunk 100 ("Support EU"): ${text}`,
  });
  expect(result.program).toMatch(/^\/\/ trunk 100 \("Support EU"\): 2 phone numbers of this trunk are adopted/);
});

test("a selection that takes all numbers of a trunk without the trunk is a set with the trunk's id", async () => {
  const result = await adopted(fleet(21, "line"), { match: ["line"] });
  expect(forms(result)).toEqual(["TrunkPhoneNumbers support-eu-numbers"]);
  expect(result.program).toContain(
    '// NOTE: trunkId is an id: trunk 100 ("Support EU") is not adopted\nnew plivo.TrunkPhoneNumbers(',
  );
  expect(result.odd).toEqual([
    {
      kind: "trunk-not-adopted",
      object: 'phone number set 100 ("Support EU")',
      text: expect.stringContaining("trunkId is an id"),
    },
  ]);
});

const managed = (token: string, name: string, id: string, outputs = {}) => {
  const type = `plivo:index:${token}`;
  return { type, id, urn: `urn:pulumi:dev::lines::${type}::${name}`, outputs };
};
const update = (count: number, resources: readonly object[], numbersAs: NumbersAs = "auto") => {
  const known = JSON.stringify({ version: 3, deployment: { resources } });
  return adopted(fleet(count), { update: true, state: "x", known, numbersAs });
};

test.each(["auto", "sets"] as const)(
  "--numbers-as %s: an update writes attachments beside those of the stack, because a set would take them",
  async (numbersAs) => {
    const stack = [managed("PhoneNumberAttachment", "line", numberAt(0))];
    const result = await update(25, stack, numbersAs);
    const own = forms(result).filter((text) => !text.endsWith("90") && !text.endsWith("91"));
    expect(own.filter((text) => !text.endsWith("sales-numbers"))).toHaveLength(24);
    expect(own).not.toContain("TrunkPhoneNumbers support-eu-numbers");
    expect(result.odd).toContainEqual({
      kind: "attachments-for-set",
      object: 'trunk 100 ("Support EU")',
      text: `24 phone numbers of this trunk are written as attachments, because the stack has 1 already and ${all}; after \`pulumi up\`, \`npx pulumi-plivo migrate --group-numbers\` makes a set of them`,
    });
  },
);

test.each([2, 25])(
  "an update writes no second set for the trunk of a set, which has 1 of %i numbers",
  async (count) => {
    const trunk = managed("Trunk", "in", "100");
    const set = managed("TrunkPhoneNumbers", "lines", "100", { trunkId: "100", numbers: [numberAt(0)] });
    const result = await update(count, [trunk, set]);
    expect(sets(result)).toEqual([]);
    expect(forms(result)).not.toContain(`PhoneNumberAttachment number-${numberAt(0)}`);
    const [subject, verb] = count === 2 ? ["1 phone number", "is"] : ["24 phone numbers", "are"];
    expect(remarks(result)).toEqual([
      `trunk 100 ("Support EU"): ${subject} of this trunk ${verb} not in the set "lines" of the stack, and written as attachments: add them to the set instead`,
    ]);
  },
);

test.each(["auto", "attachments", "sets"] as const)(
  "--numbers-as %s: an update leaves out what an exclusive set of the stack would detach, and says so",
  async (numbersAs) => {
    const numbers = [numberAt(0), numberAt(1)];
    const set = managed("TrunkPhoneNumbers", "lines", "100", { trunkId: "100", numbers, exclusive: true });
    const result = await update(4, [managed("Trunk", "in", "100"), set], numbersAs);
    expect(forms(result).filter((text) => !/number-1415555019[01]|sales-numbers/.test(text))).toEqual([]);
    expect(result.odd).toContainEqual({
      kind: "exclusive-set",
      object: null,
      text: `trunk 100 ("Support EU"): 2 phone numbers of this trunk are not adopted, because the set "lines" of the stack is exclusive, and detaches after a refresh what it does not name: add ${numberAt(2)}, ${numberAt(3)}`,
    });
    expect(result.numbers.adopted).toBe(2);
  },
);

test("an update writes a set for a trunk of which the stack has no number, and nothing once it has the set", async () => {
  const trunk = managed("Trunk", "in", "100");
  expect(sets(await update(25, [trunk]))).toEqual(["TrunkPhoneNumbers support-eu-numbers"]);
  const numbers = Array.from({ length: 25 }, (_, n) => numberAt(n));
  const set = managed("TrunkPhoneNumbers", "support-eu-numbers", "100", { trunkId: "100", numbers });
  const result = await update(25, [trunk, set]);
  expect([forms(result).length, remarks(result), result.alreadyManaged]).toEqual([2, [], 26]);
});

test.each(everyLanguage)("%s: a full run keeps the form that its file has, and the name of a set", async (language) => {
  const again = async ({ files }: Adopted, seed: Seed) => {
    const before = [...files].map(([path, text]) => ({ path, text }));
    return adopted(seed, { language, names: writtenNames(before, languages[language]) });
  };
  const many = await adopted(fleet(25), { language });
  const fewer = await again(many, fleet(3));
  expect(sets(fewer)).toEqual(["TrunkPhoneNumbers support-eu-numbers"]);
  const renamed = {
    ...fleet(25),
    trunks: fleet(25).trunks?.map((trunk) => ({ ...trunk, name: `${trunk.trunk_id}x` })),
  };
  expect(sets(await again(many, renamed))).toEqual(["TrunkPhoneNumbers support-eu-numbers"]);
  expect([...(await again(many, fleet(25))).files]).toEqual([...many.files]);
  const few = await adopted(fleet(3), { language });
  expect(sets(await again(few, fleet(25)))).toEqual([]);
});

test("a set is called after its trunk, whatever part of the account is adopted", async () => {
  const named = (...names: readonly string[]): Seed => ({
    originationUris: [{ uri_uuid: "uri-1", name: "help numbers", uri: "sip.example.com" }],
    trunks: names.map((name, n) => ({
      trunk_id: `1000${n}`,
      name,
      trunk_direction: "inbound" as const,
      primary_uri_uuid: "uri-1",
    })),
    numbers: names.map((_, n) => ({ number: numberAt(n), app_id: `1000${n}` })),
  });
  const seed = named("24x7", "☎️", "help", "PBX", "pbx");
  const expected = ["numbers-24x7", "numbers-10001", "help-numbers-10002", "pbx-numbers-10003", "pbx-numbers-10004"];
  const namesIn = (result: Adopted) => sets(result).map((text) => text.split(" ")[1]);
  expect(namesIn(await adopted(seed, { numbersAs: "sets" })).sort()).toEqual([...expected].sort());
  for (const [n, name] of expected.entries())
    expect(namesIn(await adopted(seed, { numbersAs: "sets", trunk: [`1000${n}`] }))).toEqual([name]);
});

test("a set tells no password that the name of its trunk has", async () => {
  const seed: Seed = {
    originationUris: [{ uri_uuid: "uri-1", name: "pbx", uri: "sip:me:hunter2@sip.example.com" }],
    trunks: [{ trunk_id: "100", name: "to hunter2", trunk_direction: "inbound", primary_uri_uuid: "uri-1" }],
    numbers: [{ number: numberAt(0), app_id: "100" }],
  };
  const { files, resources } = await adopted(seed, { numbersAs: "sets" });
  expect(resources.map(({ name }) => name)).toEqual(["pbx", "trunk-100", "numbers-100"]);
  expect(JSON.stringify([[...files], resources])).not.toContain("hunter2");
});

test("files of another form are another program: the option is part of the command in their first line", () => {
  const options = { language: "yaml", trunk: [], number: [], match: [], protect: true } as const;
  const signatureWith = (numbersAs?: NumbersAs) => targetOf({ ...options, ...(numbersAs && { numbersAs }) }).signature;
  expect([signatureWith(), signatureWith("auto")]).toEqual(Array(2).fill("pulumi-plivo adopt '--language' yaml"));
  expect(signatureWith("sets")).toBe("pulumi-plivo adopt '--language' yaml '--numbers-as' sets");
});

const trunkIds = ["1", "2", "3"];
const object = (token: LiveObject["token"], id: string, live = {}): [string, LiveObject] => [
  keyOf(token, id),
  { token, id, live, friendlyName: "" },
];

test("whatever is selected, managed and written before, a number is in one resource, and a set has all of its trunk", () => {
  const line = fc.record({
    trunkId: fc.constantFrom(...trunkIds),
    isSelected: fc.boolean(),
    place: fc.constantFrom("none", "stack", "file"),
  });
  const given = fc.record({
    lines: fc.array(line, { maxLength: 60 }),
    numbersAs: fc.constantFrom("auto", "attachments", "sets"),
    stackSets: fc.subarray(trunkIds),
    exclusive: fc.constantFrom(...trunkIds),
    fileSets: fc.subarray(trunkIds),
  });
  fc.assert(
    fc.property(given, ({ lines, numbersAs, stackSets, exclusive, fileSets }) => {
      const numbers = lines.map(({ trunkId }, n) => object("PhoneNumberAttachment", numberAt(n), { trunkId }));
      const objects = new Map([...trunkIds.map((id) => object("Trunk", id)), ...numbers]);
      const keysAt = (at: string) =>
        numbers.flatMap(([key], n) => (lines[n]?.place === at ? [[key, "x"] as const] : []));
      const setOf = (id: string) => [id, { name: "x", isExclusive: id === exclusive }] as const;
      const known = { ...nothingKnown, names: new Map(keysAt("stack")), sets: new Map(stackSets.map(setOf)) };
      const written = new Map([
        ...keysAt("file"),
        ...fileSets.map((id) => [keyOf("TrunkPhoneNumbers", id), "x"] as const),
      ]);
      const chosen = numbers.filter(([key], n) => lines[n]?.isSelected && !known.names.has(key));
      const result = numberForms({ objects, numbers: [] }, new Map(chosen), { numbersAs, known, written });
      const found = [...result.objects.values()].flatMap(({ token, id, live }) => {
        if (token !== "TrunkPhoneNumbers") return [id];
        expect(stackSets).not.toContain(id);
        expect(live.numbers).toEqual(numbers.flatMap(([, one]) => (one.live.trunkId === id ? [one.id] : [])));
        return live.numbers as readonly string[];
      });
      const isTaken = (live: LiveObject["live"]) => live.trunkId === exclusive && stackSets.includes(exclusive);
      const free = chosen.flatMap(([, { id, live }]) => (isTaken(live) ? [] : [id]));
      expect(found.sort()).toEqual(free.sort());
    }),
  );
});
