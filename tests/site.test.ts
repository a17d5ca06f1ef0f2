/** What the static site is made of, and its addresses; tests/release/site.test.ts builds it. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { root } from "./support/pages/markdown";

const MODULE = "docs/site/.vitepress/sources.mjs";

/** What an expression over the module is; it is an ES module, which jest loads only with flags. */
function evaluated(checkout: string, expression: string): unknown {
  const program = `import * as site from ${JSON.stringify(join(checkout, MODULE))};
    process.stdout.write(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }));
}

test("what a recipe has installed for itself is no part of the site, and a new page is", () => {
  const checkout = mkdtempSync(join(tmpdir(), "plivo-site-"));
  try {
    for (const file of [MODULE, ".gitignore"]) cpSync(join(root, file), join(checkout, file));
    execFileSync("git", ["init", "--quiet"], { cwd: checkout });
    const recipe = "examples/voice-agents/livekit";
    const pages = ["README.md", "CHANGELOG.md", "docs/drift.md", `${recipe}/README.md`];
    const installed = ["python/venv/lib/README.md", "python/venv/logo.png", "typescript/node_modules/x/README.md"];
    for (const file of [...pages, "docs/pictures/a.png", ...installed.map((name) => `${recipe}/${name}`)]) {
      mkdirSync(dirname(join(checkout, file)), { recursive: true });
      writeFileSync(join(checkout, file), "# Title\n");
    }
    expect(evaluated(checkout, "[site.sources, site.pictures]")).toEqual([pages.sort(), ["docs/pictures/a.png"]]);
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
});

test.each([
  { path: undefined, origin: undefined, base: "/", links: "" },
  { path: "", origin: "https://docs.example.com/", base: "/", links: "https://docs.example.com" },
  { path: "plivo", origin: "https://example.com", base: "/plivo/", links: "https://example.com/plivo" },
  { path: "/plivo/v1", origin: undefined, base: "/plivo/v1/", links: "/plivo/v1" },
])("DOCS_BASE $path and DOCS_ORIGIN $origin: the site is at $base, llms.txt links below $links", (row) => {
  const { path, origin, base, links } = row;
  const environment = JSON.stringify({ DOCS_BASE: path, DOCS_ORIGIN: origin });
  expect(evaluated(root, `site.placeOf(${environment})`)).toEqual({ base, links });
});
