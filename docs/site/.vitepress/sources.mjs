/** The Markdown files of the repository as pages: their addresses, titles, and links between them. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
const REPOSITORY = "https://github.com/pulumi-plivo/pulumi-plivo";

// Those that git ignores are not ours: a recipe that was run has installed some, with pages of their own.
const listed = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "docs", "examples"],
  {
    cwd: root,
    encoding: "utf8",
  },
);
const files = listed
  .split("\0")
  .filter((file) => file !== "" && !file.startsWith("docs/site/") && fs.existsSync(path.join(root, file)));
const below = (/** @type {RegExp} */ kind) => files.filter((file) => kind.test(file));
export const sources = ["CHANGELOG.md", "README.md", ...below(/\.md$/)].sort();
export const pictures = below(/\.(svg|png)$/);

/**
 * Where the site is on its host, and what stands before an address in a link from outside of it.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function placeOf({ DOCS_BASE = "", DOCS_ORIGIN = "" }) {
  const inner = DOCS_BASE.replace(/^\/+|\/+$/g, "");
  const base = inner === "" ? "/" : `/${inner}/`;
  return { base, links: DOCS_ORIGIN.replace(/\/+$/, "") + base.slice(0, -1) };
}

/** @param {string} source @returns {string} its file in the site, such as `drift.md` or `examples/pbx/index.md` */
export function pageOf(source) {
  const page = source.replace(/^docs\//, "").replace(/[A-Z]+(?=\.md$)/, (name) => name.toLowerCase());
  if (page === "_index.md") return "overview.md";
  if (source === "README.md") return "quick-start.md";
  return page.replace(/(^|\/)readme\.md$/, "$1index.md");
}

/** @param {string} source @returns {string} its address below the site's base */
export function addressOf(source) {
  return `/${pageOf(source)
    .replace(/(^|\/)index\.md$/, "$1")
    .replace(/\.md$/, "")}`;
}

/** @param {string} source */
const textOf = (source) => fs.readFileSync(path.join(root, source), "utf8");

/** For two pages whose headings are written for other places. */
const TITLES = new Map([
  ["README.md", "Quick start"],
  ["docs/_index.md", "Overview"],
]);

/** @param {string} source @returns {string} */
export function titleOf(source) {
  const known = TITLES.get(source);
  if (known) return known;
  const text = textOf(source);
  const [, title] = /^title: (.+)$/m.exec(/^---\n[\s\S]*?\n---\n/.exec(text)?.[0] ?? "") ?? [];
  return title ?? (/^# (.+)$/m.exec(text)?.[1] ?? source).replaceAll("`", "");
}

/** @param {string} source @returns {string} its first paragraph in plain words */
export function summaryOf(source) {
  const blocks = textOf(source)
    .replace(/^---\n[\s\S]*?\n---\n/, "")
    .split(/\n{2,}/);
  const first = blocks.map((block) => block.trim()).find((block) => /^([A-Za-z[*]|`[^`])/.test(block)) ?? "";
  return first
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\*\*|"/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/**
 * A link of a source as the site needs it: to the page of another source, or to the repository for all that has none.
 * A link to what does not exist stays as it is, and fails the build.
 *
 * @param {string} source @param {string} href
 */
export function linkOf(source, href) {
  if (/^([a-z]+:|#|\/)/i.test(href)) return href;
  const [, file = "", anchor = ""] = /^([^#]*)(#.*)?$/.exec(href) ?? [];
  const target = path.posix.join(path.posix.dirname(source), decodeURI(file)).replace(/\/$/, "");
  const page = [target, `${target}/README.md`].find((name) => sources.includes(name));
  if (page) return addressOf(page) + anchor;
  if (!fs.existsSync(path.join(root, target))) return href;
  return `${REPOSITORY}/${fs.statSync(path.join(root, target)).isDirectory() ? "tree" : "blob"}/main/${target}${anchor}`;
}

/**
 * The text of a source for its page. Shortcodes of Pulumi's Registry, for which two of the pages are written, are left
 * out; pictures lie beside the page.
 *
 * @param {string} source
 */
export function textForPage(source) {
  return textOf(source)
    .replace(/( src="| srcset="|\]\()docs\/(?=pictures\/)/g, "$1./")
    .replace(/^\{\{[<%] \/?chooser.*$/gm, "")
    .replace(/^\{\{% \/?choosable.*$/gm, "");
}
