/** The tests of docs/testing.md, in the test runners that users have. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Consumer, consumer, installed, LIMIT, newestPulumi } from "../package/support/consumer";
import { Page } from "../support/pages/markdown";
import { fileNameIn } from "../support/pages/type-check";

/** Its last major version that runs on Node 20. */
const VITEST = "3.2.4";
const packages = ["jest", "@jest/globals", "@swc/core", "@swc/jest"];

/** In form those of an account: what is sent all the same although mocks are set, fails the test. */
const account = {
  PLIVO_BASE_URL: "http://127.0.0.1:1/v1",
  PLIVO_AUTH_ID: "MAXXXXXXXXXXXXXXXXXX",
  PLIVO_AUTH_TOKEN: "token",
};

let project: Consumer;

beforeAll(async () => {
  const versions = Object.fromEntries(packages.map((name) => [name, installed(name)]));
  project = await consumer("npm", newestPulumi, { ...versions, vitest: VITEST });
  const config = { testMatch: ["<rootDir>/jest/*.test.ts"], transform: { "\\.ts$": "@swc/jest" } };
  writeFileSync(join(project.folder, "jest.config.json"), JSON.stringify(config));
  writeTests("jest", "@jest/globals");
  // It has the same functions under the same names.
  writeTests("vitest", "vitest");
}, LIMIT);

afterAll(() => project?.dispose());

function writeTests(folder: string, runner: string): void {
  mkdirSync(join(project.folder, folder));
  for (const { text } of new Page("docs/testing.md").fences) {
    const name = fileNameIn(text);
    if (name !== undefined) writeFileSync(join(project.folder, folder, name), text.replace("@jest/globals", runner));
  }
}

test.each([
  ["Jest, as CommonJS", "jest", []],
  ["Vitest, as ES modules", "vitest", ["run", "--dir=vitest"]],
])(
  "the tests of docs/testing.md pass, with mocks and on the simulator: %s",
  async (_, command, args) => {
    const program = join(project.folder, "node_modules/.bin", command);
    const { code, output } = await project.run(program, args, account);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/\bTests\b.*2 passed/s) });
  },
  LIMIT,
);
