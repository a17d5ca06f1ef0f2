import { expect, test } from "@jest/globals";
import { groupingReport } from "./grouping-report";

const many = ["14155550100", "14155550101", "14155550102", "14155550103", "14155550104", "14155550105"];

test("the report tells what became of the attachments, what to do next, and the program, a line for each of many numbers", () => {
  const sets = [
    { name: "eu-numbers", trunkId: "100", numbers: many, options: [] },
    { name: "us-numbers", trunkId: "200", numbers: ["16285550100", "16285550101"], options: ["protect: true"] },
  ];
  expect(groupingReport({ sets, left: ["front-desk", "fax"] })).toBe(`8 attachments became 2 sets in the new state.
These attachments stay as they are: front-desk, fax

Next, with no other command on the stack in between: with the old program, \`pulumi up\` loses the previous routes.

1. pulumi stack import --file new.json
2. In the program, replace the 8 attachments with this; for trunkId use the output of the trunk:

new plivo.TrunkPhoneNumbers("eu-numbers", {
  trunkId: "100",
  numbers: [
    "14155550100",
    "14155550101",
    "14155550102",
    "14155550103",
    "14155550104",
    "14155550105",
  ],
});

new plivo.TrunkPhoneNumbers("us-numbers", {
  trunkId: "200",
  numbers: ["16285550100", "16285550101"],
}, { protect: true });

3. pulumi preview --expect-no-changes
`);
});

test("one set is not called sets, and no attachment that stays is named where none does", () => {
  const report = groupingReport({
    sets: [{ name: "eu-numbers", trunkId: "100", numbers: many, options: [] }],
    left: [],
  });
  expect(report).toMatch(/^6 attachments became 1 set in the new state\.\n\nNext, /);
});
