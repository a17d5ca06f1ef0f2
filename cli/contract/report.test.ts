/** What the process ends with, and what the table marks. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Output } from "../shared/output";
import type { Examination } from "./examine";
import { asks, expects, type Fact, type Finding } from "./fact";
import { experiments } from "./facts/index";
import { planOf, REQUESTS } from "./plan";
import { printReport, reportOf } from "./report";
import { contractWorld, NUMBER } from "./testing/examined";

const known = expects("known", "Known?", ["a", "b"], ["documented", "a"]);
const open = asks("open", "Open?", ["a", "b"]);
const asExpected: Finding = { fact: known, value: "a" };
const different: Finding = { fact: known, value: "b", detail: "\u001b[31m" };
const unsettled: Finding = { fact: open, value: "b" };
const notFound: Finding = { fact: open, value: null, reason: "no response" };

function reported(findings: readonly Finding[], more: Partial<Examination> = {}) {
  const examination = { findings, exchanges: [], requests: 3, route: undefined, left: [], isStopped: false, ...more };
  return reportOf(examination, (text) => text.replaceAll("\u001b", ""));
}

test.each([
  { findings: [asExpected, unsettled], more: {}, exitCode: 0 },
  { findings: [asExpected, different], more: {}, exitCode: 3 },
  { findings: [different, notFound], more: {}, exitCode: 2 },
  { findings: [asExpected], more: { isStopped: true }, exitCode: 130 },
  { findings: [notFound], more: { isStopped: true, left: ["a trunk"] }, exitCode: 4 },
])("exit code $exitCode", ({ findings, more, exitCode }) => {
  expect(reported(findings, more).exitCode).toBe(exitCode);
});

test("the table marks what differs and what is open, and its texts of a server have no control characters", () => {
  const parts: string[] = [];
  printReport(
    reported([asExpected, different, unsettled, notFound]),
    new Output({ write: (part) => parts.push(part) }),
  );
  expect(parts.join("").split("\n").slice(0, 6)).toEqual([
    "  Fact    Expected        Seen",
    "  Known?  a (documented)  a",
    "! Known?  a (documented)  b ([31m)",
    "  Open?   -               b",
    "? Open?   -               ? (no response)",
    "",
  ]);
});

test("the plan says how many requests a run takes, within a tenth", async () => {
  const basic = (await (await contractWorld()).run()).requests;
  const whole = (await (await contractWorld()).run({ number: NUMBER })).requests;
  expect(Math.abs(basic - REQUESTS.basic)).toBeLessThan(REQUESTS.basic / 10);
  expect(Math.abs(whole - basic - REQUESTS.number)).toBeLessThan(REQUESTS.number / 10);
  expect(planOf({ rateLimit: true }, {}).requests).toBe(REQUESTS.basic + REQUESTS.rateLimit);
});

test("the page for users lists every fact, with its values and what is expected", () => {
  const page = readFileSync(join(__dirname, "../../docs/contract.md"), "utf8");
  const facts = experiments.flatMap((one) => one.facts);
  const row = ({ id, question, values, expected, source }: Fact) =>
    `| \`${id}\` | ${question} | ${values.join("; ")} | ${expected === null ? "" : `${expected} (${source})`} |`;
  expect(facts.filter((fact) => !page.includes(row(fact))).map(({ id }) => id)).toEqual([]);
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
});

test("the plan shows of the Auth ID its last characters alone", () => {
  expect(planOf({}, { authId: "MAXXXXXXXXXXXXXX1234" }).account).toBe("...1234");
});
