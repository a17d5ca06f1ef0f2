import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { ResourceToken } from "../../../provider/resources/index";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import { camelCase, logicalNames, snakeCase } from "./names";

type Named = readonly [token: ResourceToken, id: string, friendlyName: string];

function named(objects: readonly Named[], taken?: ReadonlySet<string>): readonly string[] {
  const all = objects.map(([token, id, friendlyName]): [string, LiveObject] => {
    return [keyOf(token, id), { token, id, friendlyName, live: {} }];
  });
  const names = logicalNames(new Map(all), taken);
  return all.map(([key]) => names.get(key) ?? "");
}

test.each([
  ["Support EU", "support-eu"],
  ["  a_b.c  ", "a-b-c"],
  ["Zürich (main)", "zurich-main"],
  ["24x7", "trunk-24x7"],
  ["class", "class-trunk"],
  ["None", "none-trunk"],
  ["func", "func-trunk"],
  ["pulumi", "pulumi-trunk"],
  ["☎️", "trunk-345678"],
  ["東京", "trunk-345678"],
  ["", "trunk-345678"],
  ["x".repeat(200), "x".repeat(60)],
])("a trunk called %j has the logical name %s", (friendlyName, name) => {
  expect(named([["Trunk", "23585512345678", friendlyName]])).toEqual([name]);
});

test("a number without an alias is called by its digits", () => {
  expect(named([["PhoneNumberAttachment", "14155550100", ""]])).toEqual(["number-14155550100"]);
});

test("objects of one kind with one name differ by the end of their ids, none of them is the first", () => {
  expect(
    named([
      ["OriginationUri", "1f0e9d8c-6b5a-4c3d-a2b1-0c9d8e7f6a5b", "PBX"],
      ["OriginationUri", "4c2f1b7e-0d3a-4b55-9c0f-2f1d5a6b7c8d", "pbx"],
    ]),
  ).toEqual(["pbx-7f6a5b", "pbx-6b7c8d"]);
  expect(
    named([
      ["Trunk", "1000001", "a"],
      ["Trunk", "2000001", "a"],
    ]),
  ).toEqual(["a-1000001", "a-2000001"]);
});

test("objects of several kinds with one name differ by kind", () => {
  expect(
    named([
      ["Trunk", "1", "support"],
      ["OriginationUri", "2", "support"],
      ["Credential", "3", "Support"],
    ]),
  ).toEqual(["support-trunk", "support-uri", "support-credential"]);
});

test("a name that another program has gets the end of its id", () => {
  expect(named([["Trunk", "23585512345678", "support"]], new Set(["support"]))).toEqual(["support-345678"]);
});

test("no name is like one that another program has, also after names were told apart", () => {
  const both: readonly Named[] = [
    ["Trunk", "23585512345678", "support"],
    ["OriginationUri", "4c2f1b7e-0d3a-4b55-9c0f-2f1d5a6b7c8d", "support"],
  ];
  const before = new Set(["support-trunk", "support-uri"]);
  expect(named(both, before)).toEqual(["support-trunk-345678", "support-uri-6b7c8d"]);
  expect(named([["Trunk", "23585512345678", "a b"]], new Set(["ab", "A_B-345678"]))).toEqual(["a-b-23585512345678"]);
  const everyForm = new Set(["a", "a-000001", "a-1000001", "a-trunk-1000001", "a-trunk-1000001-2"]);
  expect(named([["Trunk", "1000001", "a"]], everyForm)).toEqual(["a-trunk-1000001-3"]);
});

const tokens: readonly ResourceToken[] = ["Trunk", "Credential", "IpAccessControlList", "OriginationUri"];
const word = fc.constantFrom(
  "a",
  "b",
  "a-b",
  "ab",
  "a b",
  "trunk",
  "1",
  "a-1",
  "a1",
  "☎️",
  "",
  "uri",
  "a-uri",
  "000001",
);
const objects = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom(...tokens),
    fc.integer({ min: 0, max: 3 }).map((n) => `${n}000001`),
    word,
  ),
  { selector: ([token, id]) => `${token} ${id}`, maxLength: 16 },
);

test("names are legal and unique in every language, whatever the friendly names", () => {
  fc.assert(
    fc.property(objects, (all) => {
      const names = named(all);
      for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      for (const spelled of [camelCase, snakeCase, String])
        expect(new Set(names.map((name) => spelled(name).toLowerCase())).size).toBe(names.length);
    }),
    { numRuns: 300 },
  );
});

test("names are unique beside those of another program, whatever that has", () => {
  fc.assert(
    fc.property(objects, objects, (before, all) => {
      const taken = named(before);
      const names = [...taken, ...named(all, new Set(taken))];
      expect(new Set(names.map((name) => name.replaceAll("-", ""))).size).toBe(names.length);
    }),
    { numRuns: 300 },
  );
});

test("names do not depend on the order in which the account lists its objects", () => {
  fc.assert(
    fc.property(objects, (all) => {
      expect(named([...all].reverse())).toEqual([...named(all)].reverse());
    }),
  );
});
