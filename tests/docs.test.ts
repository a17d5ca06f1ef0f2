/** The documentation and the code say the same. */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "@jest/globals";
import { devDependencies as benchDependencies } from "../bench/package.json";
import { devDependencies as siteDependencies } from "../docs/site/package.json";
import { peerDependencies, version } from "../package.json";
import { functions } from "../provider/functions/index";
import { resources } from "../provider/resources/index";
import { documentation, withSections } from "../provider/schema/docs";
import { devDependencies as scriptDependencies } from "../scripts/package.json";
import { reliabilityPage, reliabilitySections } from "./faults/table";
import { filesBelow, Page, root } from "./support/pages/markdown";
import { typeErrors } from "./support/pages/type-check";

const devDependencies = { ...scriptDependencies, ...benchDependencies, ...siteDependencies };
const handbook = ["README.md", "CONTRIBUTING.md", ...filesBelow("docs", ".md")].map((path) => new Page(path));
const folders = ["provider", "sdk", "simulator", "cli", "tests", "examples", "scripts", "bench", "templates"];
const forGithub = filesBelow(".github", ".md").map((path) => new Page(path));
const pages = [...handbook, ...forGithub, new Page("CHANGELOG.md"), ...folders.flatMap((folder) => readmes(folder))];

function readmes(folder: string): readonly Page[] {
  // The SDKs for the plugin are written by Pulumi's generators, with READMEs of their own.
  const paths = filesBelow(folder, "README.md").filter((path) => !/^sdk\/(nodejs|python|go)\//.test(path));
  return paths.map((path) => new Page(path));
}

test("where a page names the version of this package, it is the one of package.json", () => {
  const literal = /(?:plivo[ -]v|[Vv]ersion )(\d+\.\d+\.\d+)/g;
  const named = handbook.flatMap(({ path, lines }) =>
    [...lines.join("\n").matchAll(literal)].map(([, found]) => ({ path, found })),
  );
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter(({ found }) => found !== version)).toEqual([]);
});

/** A test that runs the command, recognised by a text in it; or why no test does. */
type Proof = { readonly test: string; readonly by: string } | { readonly notRun: string };

const quickStart: Proof = { test: "tests/package/quick-start.test.ts", by: "quickStart()" };
const migration = "tests/engine/migrate.test.ts";
const unpublished: Proof = {
  notRun: "needs the published package; tests/engine/languages.test.ts installs it from sdk/",
};
const imports: Proof = { test: "tests/engine/plugin/import.test.ts", by: 'pulumi(world, "import", type, name, id,' };
const needsAccount: Proof = { notRun: "needs an account at Plivo" };

const generated: Proof = {
  notRun:
    "needs the published plugin and Pulumi's host for .NET; that the schema has what it needs is B25 of its tests",
};
const generatedJava: Proof = {
  test: "tests/engine/support/programs/languages.ts",
  by: '["package", "gen-sdk", schema,',
};
const genSdk = "pulumi package gen-sdk plivo --server github://api.github.com/pulumi-plivo/pulumi-plivo";

const adoption = "tests/engine/adopt.test.ts";

const policies = "tests/engine/policies.test.ts";

const commands: Readonly<Record<string, Proof>> = {
  "npm init -y && npm pkg set main=index.ts && npm install @pulumi/pulumi pulumi-plivo": quickStart,
  "npx pulumi-plivo simulate": quickStart,
  "pulumi login --local": quickStart,
  "export PULUMI_CONFIG_PASSPHRASE=simulator": quickStart,
  "pulumi stack init dev": quickStart,
  "pulumi config set plivo:baseUrl http://127.0.0.1:7548/v1": quickStart,
  "pulumi config set plivo:authId MASIMULATOR000000000": quickStart,
  "pulumi config set --secret plivo:authToken SIMULATORxTOKENxOPENSxNOTHINGx0000000000": quickStart,
  "pulumi up": quickStart,
  "pulumi config rm plivo:baseUrl": needsAccount,
  "pulumi config set plivo:authId <your Auth ID>": needsAccount,
  "pulumi config set --secret plivo:authToken <your Auth Token>": needsAccount,
  "pulumi config set --secret sipPassword <the password>": {
    test: "tests/engine/examples.test.ts",
    by: '"config", "set", "--secret"',
  },
  "pulumi refresh --preview-only --expect-no-changes --diff": {
    test: "tests/engine/examples.test.ts",
    by: "./drift-check",
  },
  "pulumi refresh --run-program": { test: "tests/engine/configuration.test.ts", by: "runProgram: true" },
  "pulumi destroy --run-program": { test: "tests/engine/destroy-with-program.test.ts", by: "runProgram: true" },
  [`${genSdk} --language dotnet --out sdk`]: generated,
  [`${genSdk} --language java --out sdk`]: generatedJava,
  "pulumi import plivo:index:Trunk support 23585512345678": imports,
  "pulumi import plivo:index:Credential pbx 4c2f1b7e-0d3a-4b55-9c0f-2f1d5a6b7c8d": imports,
  "pulumi import plivo:index:IpAccessControlList offices 9a1e6d20-7b84-4e2c-8f3b-6c5d4e3f2a1b": imports,
  "pulumi import plivo:index:OriginationUri primary 1f0e9d8c-6b5a-4c3d-a2b1-0c9d8e7f6a5b": imports,
  "pulumi import plivo:index:PhoneNumberAttachment hotline 14155550100": imports,
  "pulumi import --file import.json": {
    test: "tests/engine/plugin/import.test.ts",
    by: 'pulumi(world, "import", "--file", file,',
  },
  "npm install pulumi-plivo": unpublished,
  "npm pack": { test: "tests/package/support/consumer.ts", by: '["pack", "--pack-destination", into]' },
  "pip install pulumi_plivo": unpublished,
  "go get github.com/pulumi-plivo/pulumi-plivo/sdk/go": unpublished,
  [`pulumi plugin install resource plivo v${version} --file pulumi-resource-plivo-v${version}-linux-amd64.tar.gz`]: {
    test: "tests/release/archive.test.ts",
    by: '["plugin", "install", "resource", "plivo",',
  },
  [`pulumi plugin install resource plivo v${version} --server github://api.github.com/pulumi-plivo/pulumi-plivo`]: {
    test: "tests/engine/languages.test.ts",
    by: '"--server", url',
  },
  "export PLIVO_AUTH_ID=<your Auth ID> PLIVO_AUTH_TOKEN=<your Auth Token>": needsAccount,
  "npx pulumi-plivo route +14155550100": { test: "cli/route/route.test.ts", by: 'await route(["+1 (415) 555-0100"])' },
  "npx pulumi-plivo route +14155550100 --probe": { test: "cli/route/probe.test.ts", by: "await probe(" },
  "npx pulumi-plivo adopt": { test: "cli/adopt/adopt.test.ts", by: "await adopt();" },
  "pulumi config set --secret londonPassword": { test: adoption, by: '"config", "set-all",' },
  "npx pulumi-plivo adopt --adapter plugin --import-file import.json": {
    test: adoption,
    by: '["--import-file", "import.json"]',
  },
  "pulumi import --file import.json --generate-code=false": {
    test: adoption,
    by: 'pulumi("import", "--file", "import.json", "--generate-code=false",',
  },
  "npx pulumi-plivo adopt --update --stack dev": { test: adoption, by: '["adopt", "--update", "--stack", "dev",' },
  "npx pulumi-plivo contract": {
    test: "cli/contract/contract.test.ts",
    by: "without --yes-use-this-account the plan is printed",
  },
  "npx pulumi-plivo contract --yes-use-this-account": {
    test: "cli/contract/contract.test.ts",
    by: 'contract(simulator, "--yes-use-this-account")',
  },
  "npx pulumi-plivo contract --yes-use-this-account --record account.json": {
    test: "cli/contract/contract.test.ts",
    by: '"--record", record, "--json"]',
  },
  "npx pulumi-plivo simulate --like account.json": { test: "cli/simulate.test.ts", by: '"--like", file' },
  "npx pulumi-plivo audit": { test: "cli/audit/audit.test.ts", by: "await audit();" },
  "npx pulumi-plivo audit --stack dev": { test: "tests/engine/audit.test.ts", by: '["audit", "--stack", "dev"' },
  "pulumi cancel --stack dev": { test: "tests/engine/audit.test.ts", by: "await stack.cancel();" },
  "npx pulumi-plivo audit --stack dev --fix": { test: "tests/engine/audit.test.ts", by: '"--fix", "--yes"' },
  "pulumi up --stack dev": { test: "tests/engine/audit.test.ts", by: "await stack.up(" },
  "pulumi stack export --file state.json": { test: migration, by: '["stack", "export",' },
  "npx pulumi-plivo migrate < state.json > new.json": { test: "tests/migrate.test.ts", by: '"migrate",' },
  "npx pulumi-plivo migrate --group-numbers < state.json > new.json": {
    test: "tests/migrate.test.ts",
    by: '"--group-numbers"',
  },
  "pulumi stack import --file new.json": { test: migration, by: '["stack", "import",' },
  "pulumi preview --expect-no-changes": { test: migration, by: "stack.preview({ expectNoChanges: true })" },
  "pulumi preview --policy-pack ../policies": { test: policies, by: "stack.preview(policed())" },
  "pulumi up --policy-pack ../policies --policy-pack-config remediate.json": {
    test: policies,
    by: "stack.up(remediating)",
  },
  "scripts/demo": { notRun: "is a test itself: it fails when a step does not show what it should" },
  "scripts/test": { test: ".ci/run", by: "scripts/test" },
  "PULUMI_PLIVO_TEST_JAVA=1 scripts/test engine -- languages -t java": {
    notRun: "would run these tests within themselves",
  },
  "scripts/release --dry-run": {
    test: "tests/release/release.test.ts",
    by: 'join(root, "scripts/release"), ["--dry-run",',
  },
  "scripts/test unit -- provider/lifecycle": { notRun: "would run these tests within themselves" },
};

function documentedCommands(): readonly string[] {
  const fences = handbook.flatMap((page) => page.fences).filter(({ language }) => /^(sh|bash)$/.test(language));
  const lines = fences.flatMap(({ text }) => text.replaceAll("\\\n", " ").split("\n"));
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

/** How a line begins that is typed into a shell. */
const COMMAND = /^(?:\$ )?(?:pulumi|npm|npx|pnpm|yarn|pip3?|python3?|go|git|node|curl|scripts\/\w+|\.\/\S+) /;

test("commands stand in fences marked sh, where the next test sees them, and nowhere else", () => {
  const hidden = handbook.flatMap((page) => {
    const indented = page.prose.filter((line) => /^(?: {4}|\t)/.test(line)).map((text) => ({ at: page.path, text }));
    const fenced = page.fences.filter(({ language }) => !/^(?:sh|bash)$/.test(language));
    const lines = fenced.flatMap(({ at, text }) => text.split("\n").map((line) => ({ at, text: line })));
    return [...indented, ...lines].filter(({ text }) => COMMAND.test(text.trim()));
  });
  expect(hidden).toEqual([]);
});

test("every documented command is run by a test, or carries the reason why it is not", () => {
  expect([...new Set(documentedCommands())].sort()).toEqual(Object.keys(commands).sort());
});

test("the tests that are named for the commands exist and run them", () => {
  for (const proof of Object.values(commands)) {
    if ("notRun" in proof) continue;
    expect(readFileSync(join(root, proof.test), "utf8")).toContain(proof.by);
  }
});

test("every documented program compiles, and so do the examples of the definitions", () => {
  const documented = handbook.flatMap((page) => page.fences).filter(({ language }) => language === "ts");
  const defined = [...Object.values(resources), ...Object.values(functions)].map(({ token, example }) => ({
    text: example,
    at: `the example of ${token}`,
  }));
  expect(documented.length).toBeGreaterThan(10);
  expect(typeErrors([...documented, ...defined])).toEqual([]);
}, 120_000);

test("every relative link leads to a file, and to a heading where it names one", () => {
  const broken = pages.flatMap((page) =>
    page.links.filter((link) => !leadsSomewhere(page, link)).map((link) => `${page.path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

function leadsSomewhere(page: Page, link: string): boolean {
  const [target = "", anchor] = link.split("#");
  const path = target === "" ? page.path : posix.join(posix.dirname(page.path), target);
  if (!existsSync(join(root, path))) return false;
  return anchor === undefined || new Page(path).anchors.includes(anchor);
}

const troubleshooting = new Page("docs/troubleshooting.md");

/** Texts that are Pulumi's and not ours, under the heading "Said by Pulumi". */
function theirTexts(): readonly string[] {
  const { prose } = troubleshooting;
  const from = prose.indexOf("## Said by Pulumi");
  return prose.slice(from).filter((line) => line.startsWith("### "));
}

test("every documented error text is in the source", () => {
  const theirs = new Set(theirTexts());
  const ours = troubleshooting.headings(3).filter((heading) => !theirs.has(`### ${heading}`));
  const files = ["provider", "sdk/dynamic", "simulator", "cli"].flatMap((folder) => filesBelow(folder, ".ts"));
  const texts = files
    .filter((path) => !path.endsWith(".test.ts"))
    .map((path) => readFileSync(join(root, path), "utf8"));
  const source = texts.map((text) => text.replaceAll("\\`", "`")).join("\n");
  const missing = ours.filter((heading) => !fixedParts(heading).every((part) => source.includes(part)));
  expect(ours.length).toBeGreaterThan(50);
  expect(theirs.size).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

/** `refused, still used by …; Plivo would …` -> what stands between the dots, which differ. */
function fixedParts(heading: string): readonly string[] {
  const parts = heading.replace(/^`|`$/g, "").split("…");
  return parts.map((part) => part.trim()).filter((part) => part.length > 2);
}

test("the page of the libraries names each library of every package.json, and no other", () => {
  const rows = new Page("docs/decisions/dependencies.md").lines.map((line) => /^\| `([^`]+)`/.exec(line)?.[1]);
  const named = rows.filter((name) => name !== undefined);
  const used = new Set([...Object.keys(devDependencies), ...Object.keys(peerDependencies)]);
  expect(named.sort()).toEqual([...used].sort());
});

/** Used by the compiler or by another library, and named by none of our files. */
const UNNAMED = /^@types\//;

test("each development dependency is used: a program or a setting names it", () => {
  const folders = ["provider", "sdk/dynamic", "simulator", "cli", "scripts", "bench", "tests"];
  const programs = folders.flatMap((folder) =>
    [".ts", ".mjs", ".mts", ".cjs"].flatMap((end) => filesBelow(folder, end)),
  );
  const settings = [".dependency-cruiser.mjs", "jest.config.mjs", "biome.json"];
  const text = [...programs, ...settings].map((path) => readFileSync(join(root, path), "utf8")).join("\n");
  const isNamed = (name: string) => new RegExp(`["'/ ]${name}["'/@]`).test(text);
  expect(Object.keys(devDependencies).filter((name) => !UNNAMED.test(name) && !isNamed(name))).toEqual([]);
});

test("every decision is on the list of decisions", () => {
  const listed = new Page("docs/decisions/README.md").links;
  const written = filesBelow("docs/decisions", ".md").map((path) => posix.basename(path));
  expect([...listed, "README.md"].sort()).toEqual([...written].sort());
});

test("the generated sections of the pages are fresh", () => {
  for (const [path, sections] of Object.entries({ ...documentation(), [reliabilityPage]: reliabilitySections() })) {
    const text = readFileSync(join(root, path), "utf8");
    expect(withSections(path, text, sections)).toBe(text);
  }
});
