import { expect, test } from "@jest/globals";
import { parseExportedStack } from "./exported-stack";

const before = '{"version": 3, "deployment": {"resources": [], "password"';
const after = ', "more": "enough of it that Node.js shows an excerpt alone"}}';

test.each([
  { what: "in the middle", text: `${before}: hunter2${after}` },
  { what: "at the beginning", text: "hunter2" },
  { what: "at the end", text: `${before}: "hunter2"` },
  { what: "with quotation marks", text: `${before} "hunter2" "hunter2"${after}` },
])("the error about a syntax error $what shows nothing of the state, where secrets may be", ({ text }) => {
  let message = "";
  try {
    parseExportedStack(text, "dev.json");
  } catch (error) {
    message = String(error);
  }
  expect(message).toMatch(/^Error: dev\.json is not JSON \(/);
  expect(message).not.toMatch(/hunt|nter2|password/);
});
