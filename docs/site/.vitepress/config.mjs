/** The documentation as a static site: the Markdown files of docs/ and examples/ as they are in the repository. */
import fs from "node:fs";
import path from "node:path";
import { defineConfig } from "vitepress";
import { groups } from "./pages.mjs";
import {
  addressOf,
  linkOf,
  pageOf,
  pictures,
  placeOf,
  root,
  sources,
  summaryOf,
  textForPage,
  titleOf,
} from "./sources.mjs";

const TITLE = "Pulumi provider for Plivo";
const ABOUT =
  "Plivo SIP trunks as code: connect phone numbers with voice agents and PBXs, from TypeScript, Python, Go or YAML.";

const place = placeOf(process.env);
const site = path.join(root, "docs/site");
const pages = path.join(site, "dist/pages");
const sourceOf = new Map(sources.map((source) => [pageOf(source), source]));
const reference = "docs/reference/";
const listed = groups.map(({ text, pages }) => ({ text, collapsed: text === "Inside", items: pages.flatMap(itemsOf) }));

/** @param {string} entry of a group: a page, or a folder with all its pages that no other group names */
function itemsOf(entry) {
  if (entry === reference) return referenceItems();
  const named = groups.flatMap(({ pages }) => pages).filter((page) => page !== entry && page.startsWith(entry));
  const isElsewhere = (/** @type {string} */ source) => named.some((page) => source.startsWith(page));
  const found = sources.filter((source) =>
    entry.endsWith("/") ? source.startsWith(entry) && !isElsewhere(source) : source === entry,
  );
  return found.map((source) => ({ text: titleOf(source), link: addressOf(source) }));
}

function referenceItems() {
  const schema = JSON.parse(fs.readFileSync(path.join(root, "provider/schema/schema.json"), "utf8"));
  const names = [...Object.keys(schema.resources), ...Object.keys(schema.functions)].map(
    (token) => token.split(":")[2],
  );
  return names.map((name) => ({ text: name, link: `/reference/${name}` }));
}

/** @param {string} folder */
function writeLlmsTxt(folder) {
  const line = (/** @type {string} */ source) =>
    `- [${titleOf(source)}](${place.links}${addressOf(source)}): ${summaryOf(source)}`;
  const parts = groups.flatMap(({ text, pages }) => {
    const own = sources.filter((source) => pages.flatMap(itemsOf).some(({ link }) => link === addressOf(source)));
    return own.length === 0 ? [] : [`## ${text}\n\n${own.map(line).join("\n")}`];
  });
  fs.writeFileSync(path.join(folder, "llms.txt"), `# ${TITLE}\n\n> ${ABOUT}\n\n${parts.join("\n\n")}\n`);
}

const addresses = new Set(listed.flatMap(({ items }) => items.map(({ link }) => link)));
const unlisted = sources.filter((source) => !addresses.has(addressOf(source)));
if (unlisted.length > 0) throw new Error(`No group of docs/site/.vitepress/pages.mjs has ${unlisted.join(", ")}`);

// VitePress wants its pages below one folder: they are copied there, as the site has them.
fs.rmSync(pages, { recursive: true, force: true });
for (const name of ["index.md", "reference"])
  fs.cpSync(path.join(site, name), path.join(pages, name), { recursive: true });
for (const picture of pictures) fs.cpSync(path.join(root, picture), path.join(pages, pageOf(picture)));
for (const source of sources) {
  const page = path.join(pages, pageOf(source));
  fs.mkdirSync(path.dirname(page), { recursive: true });
  fs.writeFileSync(page, textForPage(source));
}

export default defineConfig({
  title: TITLE,
  description: ABOUT,
  lang: "en-US",
  base: place.base,
  srcDir: "dist/pages",
  outDir: "dist/site",
  cacheDir: "node_modules/.cache/vitepress",
  cleanUrls: true,
  markdown: {
    config(md) {
      md.core.ruler.push("links-of-the-repository", ({ tokens, env }) => {
        for (const token of tokens.flatMap(({ children }) => children ?? [])) {
          const href = token.type === "link_open" && token.attrGet("href");
          if (href) token.attrSet("href", linkOf(sourceOf.get(env.relativePath) ?? "", href));
        }
      });
    },
  },
  transformPageData: (page) => {
    const source = sourceOf.get(page.relativePath);
    return {
      ...(source && { title: titleOf(source) }),
      description: page.description || (source ? summaryOf(source) : ABOUT),
    };
  },
  buildEnd: ({ outDir }) => writeLlmsTxt(outDir),
  themeConfig: {
    search: { provider: "local" },
    sidebar: listed.filter(({ items }) => items.length > 0),
    outline: [2, 3],
    socialLinks: [{ icon: "github", link: "https://github.com/pulumi-plivo/pulumi-plivo" }],
    nav: [
      { text: "Quick start", link: "/quick-start" },
      { text: "Resources", link: "/resources/trunk" },
      { text: "Changelog", link: "/changelog" },
    ],
  },
});
