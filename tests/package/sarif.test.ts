/** The SARIF of `audit`, validated against the schema of SARIF 2.1.0 as a package of Microsoft's has it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { renderings } from "../../cli/audit/report/index";
import { auditOf, entry, pendingCreate } from "../../cli/audit/testing/audited";
import { must } from "../support/command";
import { LIMIT } from "./support/consumer";

/** Not a development dependency: eighty packages for one file. Its validator is the one that it was made with. */
const TOOLS = ["@microsoft/jest-sarif@1.0.0-beta.0", "ajv@6.12.6"];

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "plivo-sarif-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "tools", private: true }));
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", "--legacy-peer-deps"];
  await must("npm", ["install", ...quiet, ...TOOLS], { cwd: folder, env: process.env, limit: LIMIT });
}, LIMIT);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const validator = `
const Ajv = require("ajv");
const ajv = new Ajv({ schemaId: "id", allErrors: true, logger: false });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const validate = ajv.compile(require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));
if (!validate(require("./audit.json"))) console.log(ajv.errorsText(validate.errors));`;

/** What the validator says of it. */
async function problemsOf(sarif: string): Promise<string> {
  writeFileSync(join(folder, "audit.json"), sarif);
  return must(process.execPath, ["-e", validator], { cwd: folder, env: process.env });
}

const about = { fingerprint: "0a1b2c3d", stacks: ["dev"], version: "1.2.3" };

test("a report with findings about objects, resources and the account is valid", async () => {
  const result = await auditOf({
    state: (all) => [...all.slice(1), entry("OriginationUri", "lost", { id: "uri-9" })],
    pending: [pendingCreate("Trunk", "in", "in-0a1b2c3")],
  });
  expect(new Set(result.findings.map(({ kind }) => kind)).size).toBeGreaterThan(3);
  expect(await problemsOf(renderings.sarif({ ...result, ...about }))).toBe("");
});

test("one without findings, and one that is not complete, are valid", async () => {
  const fault = { path: "Zentrunk/URI/", do: { kind: "status", status: 403 } } as const;
  const gaps = await auditOf({ change: ({ faults }) => faults.add(fault) });
  expect(await problemsOf(renderings.sarif({ ...gaps, ...about }))).toBe("");
  expect(await problemsOf(renderings.sarif({ ...gaps, ...about, unread: [], findings: [] }))).toBe("");
});

test("the schema would refuse a wrong one", async () => {
  const sarif = renderings.sarif({ ...(await auditOf()), ...about }).replace('"level": "note"', '"level": "fatal"');
  expect(await problemsOf(sarif)).toMatch(/level should be equal to one of the allowed values/);
});
