/** The documentation as scripts/docs builds it; a link to a page that does not exist fails the build. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { must } from "../support/command";
import { root } from "../support/pages/markdown";

const MINUTES = 60_000;
let site: string;

beforeAll(async () => {
  const output = await must(join(root, "scripts/docs"), [], { cwd: root, env: process.env, limit: 5 * MINUTES });
  site = /^\/.*$/m.exec(output)?.[0] ?? "";
}, 5 * MINUTES);

const pagesOf = (folder: string) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isPage);
const isPage = (file: string) => file.endsWith(".html");
const page = (name: string) => readFileSync(join(site, `${name}.html`), "utf8");

test("each page has a title and a description of its own, for who searches", () => {
  const heads = pagesOf(site)
    .filter((file) => file !== "404.html")
    .map((file) => {
      const text = readFileSync(join(site, file), "utf8");
      const title = /<title>([^<]*)<\/title>/.exec(text)?.[1] ?? "";
      const description = /<meta name="description" content="([^"]*)">/.exec(text)?.[1] ?? "";
      return { file, title, description };
    });
  expect(heads.length).toBeGreaterThan(60);
  expect(heads.filter(({ title, description }) => title === "" || description.length < 30)).toEqual([]);
  const titles = heads.map(({ title }) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test("the reference has each resource and function of the schema, with the names that the SDKs have", () => {
  const { resources, functions } = JSON.parse(readFileSync(join(root, "provider/schema/schema.json"), "utf8"));
  const names = [...Object.keys(resources), ...Object.keys(functions)].map((token) => token.split(":")[2]);
  expect(pagesOf(join(site, "reference")).sort()).toEqual(names.map((name) => `${name}.html`).sort());
  const python = readFileSync(join(root, "sdk/python/pulumi_plivo/trunk.py"), "utf8");
  const go = readFileSync(join(root, "sdk/go/plivo/trunk.go"), "utf8");
  for (const name of ["trunk_direction", "primary_uri_uuid", "ipacl_uuid"]) {
    expect([python, page("reference/Trunk")]).toEqual([expect.stringContaining(name), expect.stringContaining(name)]);
  }
  expect([go, page("reference/Trunk")]).toEqual([
    expect.stringContaining("IpaclUuid"),
    expect.stringContaining("IpaclUuid"),
  ]);
});

test("llms.txt names each page that is not made from the schema", () => {
  const text = readFileSync(join(site, "llms.txt"), "utf8");
  const listed = [...text.matchAll(/^- \[.+?\]\((.+?)\): \S/gm)].map(([, link]) => link);
  const pages = pagesOf(site).filter((file) => !/^(404|index)\.html$|^reference\//.test(file));
  const links = pages.map((file) => `/${file.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "")}`);
  expect(listed.sort()).toEqual(links.sort());
});
