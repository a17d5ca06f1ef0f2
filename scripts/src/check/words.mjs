/**
 * Words that docs/glossary.md retired, where a reader meets them first: names of files, exports and tests, pages, and
 * texts of the provider.
 */

import fs from "node:fs";
import path from "node:path";
import { root } from "../lib/cli.mjs";
import { run } from "../lib/run.mjs";

/** @type {readonly [RegExp, string][]} */
const RETIRED = [
  [/\b(?:nobody|whoever|somebody|everybody)\b/i, "passive or imperative"],
  [/\bmade[- ]up\b/i, "generated, auto-named"],
  [/\b(?:is|are) said\b/, "is logged, is reported"],
  [/\bfaces?\b/, "adapter"],
  [/\bstrangers?\b/i, "unmanaged object"],
  [/\blost[- ]answers?\b/i, "ambiguous create, lost response"],
  [/\bunsure\b/, "unconfirmed"],
  [
    /\b(?:no|an|the|its|Plivo's|server's) answers?\b|\banswer(?:s|ed)? (?:with|nothing|an?|the|only)\b|\banswers\b/,
    "response, returns",
  ],
  [/\bAPI calls?\b|\bcalls? (?:of|to) the API\b|\bcalls (?:in|per|each)\b/, "request"],
  [/\blook(?:s|ed|ing)? (?:for|at|whether|again|late)\b/, "check, query, read"],
  [/\b(?:is|are|be) repeated\b|\brepeats? (?:a|the|it)\b/, "is retried"],
];
/** These are retired in comments too. */
const IN_COMMENTS = RETIRED.slice(0, 3);
/** Names of the code. */
const RETIRED_NAMES =
  /\b(?:Sending|Trouble|Story|Situation|Ticket|Looks|Gathering|Circumstances?|SharedReads|ReadBacks|InFlightWrites?|Memory|Judgement|Noun|Ending|Lost|Face|lookups|verbs|gathering|patience|sharing|greeting|strangers)\b/;

/** Where a word means something else. */
const EXCEPTIONS = [
  /answers? (?:the )?(?:phone|calls?)|calls? (?:it|that) answers|stop(?:s|ped)? answering/,
  /looks? (?:like|up)/,
];
/** The list itself, and what is not ours. */
const EXCEPT = /^(?:docs\/glossary\.md|scripts\/src\/check\/words\.mjs|sdk\/(?:go|python|nodejs)\/|tests\/upgrade\/)/;

/** @returns {Promise<string[]>} what is wrong, one line each */
export async function retiredWords() {
  const { stdout } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard"]);
  const files = stdout
    .split("\n")
    .filter((file) => file !== "" && !EXCEPT.test(file) && fs.existsSync(path.join(root, file)));
  return files.flatMap((file) => [...nameProblems(file), ...textProblems(file)]);
}

/** @param {string} file */
function nameProblems(file) {
  const name = path.basename(file).replace(/\..*$/, "");
  return RETIRED_NAMES.test(name) || RETIRED.some(([word]) => word.test(name)) ? [`${file}: its name is retired`] : [];
}

/** @param {string} file */
function textProblems(file) {
  if (!/\.(?:md|ts|mts|mjs)$/.test(file)) return [];
  const lines = fs.readFileSync(path.join(root, file), "utf8").split("\n");
  return lines.flatMap((line, index) => {
    const shown = file.endsWith(".md") ? line : shownPart(file, line);
    const inComment = file.endsWith(".md") ? undefined : IN_COMMENTS.find(([word]) => word.test(line));
    if (inComment) return [`${file}:${index + 1}: say ${inComment[1]}: ${line.trim().slice(0, 100)}`];
    if (shown === "" || EXCEPTIONS.some((exception) => exception.test(shown))) return [];
    const retired = RETIRED.find(([word]) => word.test(shown));
    if (retired) return [`${file}:${index + 1}: say ${retired[1]}: ${line.trim().slice(0, 100)}`];
    return RETIRED_NAMES.test(shown) && /^export /.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [];
  });
}

/** Of a program: its exports, the names of its tests, and what the provider may show. @param {string} file @param {string} line */
function shownPart(file, line) {
  if (/^export /.test(line)) return line;
  const texts = [...line.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`/g)].map(([text]) => text).join(" ");
  const isTestName = /^\s*(?:test|testInWorld)\b/.test(line) || /^\s+"[^"]+",$/.test(line);
  if (/\.test\.ts$/.test(file)) return isTestName ? texts : "";
  return /^(?:provider|sdk|cli|simulator)\//.test(file) && !/^\s*(?:\/?\*|\/\/)/.test(line) ? texts : "";
}
