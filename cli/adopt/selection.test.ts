import { expect, test } from "@jest/globals";
import { targetOf } from "./options";
import { adopted, smallAccount } from "./testing/adopted";

const names = ({ resources }: { readonly resources: readonly { readonly name: string }[] }) =>
  resources.map(({ name }) => name);

const twoTrunks = {
  ...smallAccount,
  trunks: [
    ...(smallAccount.trunks ?? []),
    { trunk_id: "300", name: "sales", trunk_direction: "inbound" as const, primary_uri_uuid: "uri-1" },
  ],
  numbers: [...(smallAccount.numbers ?? []), { number: "14155550103", app_id: "300", alias: "sales line" }],
};

test("without a filter everything is adopted, each object once", async () => {
  expect(names(await adopted(twoTrunks)).sort()).toEqual(
    ["london", "offices", "primary", "fallback", "support-eu", "out", "hotline", "sales", "sales-line"].sort(),
  );
});

test.each([
  { trunk: ["Support EU"], found: ["fallback", "primary", "support-eu", "hotline"] },
  { trunk: ["200"], found: ["london", "offices", "out"] },
  { number: ["+1 415 555 0100"], found: ["hotline"] },
  { match: ["prim*", "f?llback"], found: ["fallback", "primary"] },
  { match: ["/^SALES$/i"], found: ["primary", "sales", "sales-line"] },
  { match: ["sales line"], found: ["sales-line"] },
  { trunk: ["200"], number: ["14155550103"], found: ["london", "offices", "out", "sales-line"] },
])(
  "$trunk $number $match: a trunk brings what it uses and its numbers, the rest comes alone",
  async ({ found, ...given }) => {
    expect(names(await adopted(twoTrunks, given))).toEqual(found);
  },
);

test("names are the same in a part as in the whole", async () => {
  const twins = { originationUris: ["a1", "b2"].map((id) => ({ uri_uuid: id, name: "pbx", uri: "sip.example.com" })) };
  const seed = {
    ...twins,
    trunks: [{ trunk_id: "1", name: "inbound", trunk_direction: "inbound" as const, primary_uri_uuid: "a1" }],
  };
  expect(names(await adopted(seed, { trunk: ["inbound"] }))).toEqual(["pbx-a1", "inbound"]);
});

test("a number whose trunk is not adopted refers to it by its id, and says so", async () => {
  const { program } = await adopted(twoTrunks, { number: ["14155550100"] });
  expect(program).toContain(
    '// NOTE: trunkId is an id: trunk 100 ("Support EU") is not adopted\nnew plivo.PhoneNumber',
  );
  expect(program).toContain('trunkId: "100",');
});

test("the numbers of trunks that are not adopted are left out and counted", async () => {
  const { numbers } = await adopted(twoTrunks, { trunk: ["sales"] });
  expect(numbers).toEqual({ rented: 3, onInboundTrunks: 2, adopted: 1, inSets: 0, leftOut: 1 });
});

test("an object that a trunk outside of the program also uses says so", async () => {
  const { program } = await adopted(twoTrunks, { trunk: ["sales"] });
  expect(program).toContain('// NOTE: also used by trunk 100 ("Support EU"), not adopted\nconst primary');
});

test.each([
  { given: { trunk: ["nope"] }, message: 'no trunk has the id or the name "nope"' },
  { given: { number: ["14155559999"] }, message: '"14155559999" is no number of this account' },
  { given: { number: ["14155550101"] }, message: '"14155550101" is not attached to an inbound trunk' },
  { given: { match: ["nope*"] }, message: 'no friendly name matches "nope*"' },
  { given: { match: ["/(/"] }, message: '"/(/" is no regular expression' },
])("a filter that finds nothing is a mistake: $message", async ({ given, message }) => {
  await expect(adopted(twoTrunks, given)).rejects.toMatchObject({ message, exitCode: 1 });
});

test.each([{ trunk: [""] }, { number: [" "] }, { match: ["in", ""] }])("a blank filter is refused: %j", (given) => {
  const options = { language: "typescript", trunk: [], number: [], match: [], protect: true, ...given } as const;
  expect(() => targetOf(options)).toThrow(/^--(trunk|number|match) is blank$/);
});

test("no filter in the first line of a program can be taken for its encoding by Python", () => {
  const options = {
    language: "python",
    trunk: ["coding: x", "coding=y"],
    number: [],
    match: [],
    protect: true,
  } as const;
  expect(targetOf(options).signature).not.toMatch(/coding[:=]/);
});
