import { expect, test } from "@jest/globals";
import { Output } from "./output";

test.each([
  { isTTY: true, environment: {}, text: "\u001b[32mdone\u001b[39m" },
  { isTTY: true, environment: { NO_COLOR: "" }, text: "\u001b[32mdone\u001b[39m" },
  { isTTY: true, environment: { NO_COLOR: "1" }, text: "done" },
  { isTTY: false, environment: {}, text: "done" },
])("colours are for terminals, and NO_COLOR takes them away: $isTTY $environment", ({ isTTY, environment, text }) => {
  expect(new Output({ isTTY, write: () => {} }, environment).styled("green", "done")).toBe(text);
});
