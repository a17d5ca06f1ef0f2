/** The examples and templates of the plugin, as their users run them: through the host of the language. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { SimulatorOptions } from "pulumi-plivo/simulator";
import { version } from "../../package.json";
import { root } from "../support/pages/markdown";
import { inProject, type Project } from "./support/programs/example";
import { installFor, type Language, problemWith, problemWithTools } from "./support/programs/languages";
import { type Release, serveRelease } from "./support/programs/release";

const minutes = 60_000;

interface Example {
  readonly name: string;
  readonly language: Language;
  readonly config?: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** What the accounts hold while it is up. */
  readonly objects: number;
  readonly output: readonly [name: string, value: RegExp];
}

const pbx = { secrets: { pbxPassword: "try_this_one" }, output: ["trunkId", /^\d+\n$/] } as const;
const second = { authId: "MASECOND0000000000000", authToken: "SECONDxTOKEN" };

const examples: readonly Example[] = [
  { name: "plugin-typescript", language: "typescript", objects: 2, ...pbx },
  { name: "python-inbound", language: "python", objects: 3, ...pbx },
  { name: "yaml-inbound", language: "yaml", objects: 3, ...pbx },
  { name: "java-inbound", language: "java", objects: 3, ...pbx },
  {
    name: "go-outbound",
    language: "go",
    secrets: { sipPassword: "try_this_one" },
    objects: 3,
    output: ["sipDomain", /^\d+\.zt\.plivo\.com\n$/],
  },
  {
    name: "two-accounts",
    language: "typescript",
    config: { salesAuthId: "MASIMULATOR000000000", supportAuthId: second.authId },
    secrets: { salesAuthToken: "SIMULATORxTOKENxOPENSxNOTHINGx0000000000", supportAuthToken: second.authToken },
    objects: 4,
    output: ["supportTrunk", /^\d+\n$/],
  },
];

const simulator: SimulatorOptions = { seed: { numbers: ["14155550100"] }, accounts: [second] };

/** In both accounts. */
function objectsOf({ simulator: { store, storeOf } }: Project): number {
  const kinds = ["trunks", "credentials", "ipAccessControlLists", "originationUris"] as const;
  const stores = [store, storeOf(second.authId)];
  return stores.flatMap((one) => kinds.map((kind) => one[kind].size)).reduce((sum, size) => sum + size);
}

/** The plugin as the engine would have downloaded it. */
async function installPlugin({ pulumi }: Project): Promise<void> {
  await pulumi("plugin", "install", "resource", "plivo", `v${version}`, "--file", join(root, "bin"));
}

async function upAndDown(project: Project, objects: number, [output, value]: Example["output"]): Promise<void> {
  const { pulumi } = project;
  await pulumi("up", "--yes", "--skip-preview");
  expect(objectsOf(project)).toBe(objects);
  expect(await pulumi("stack", "output", output)).toMatch(value);
  project.simulator.clearRequests();
  await pulumi("preview", "--expect-no-changes");
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(objectsOf(project)).toBe(0);
}

/** Skipped with its reason where the language has no host or no tools. */
function testIn(language: Language, name: string, body: () => Promise<void>): void {
  const problem = problemWith(language);
  // Compiling Pulumi's SDK for Go for the first time takes minutes.
  if (problem) test.skip(`${name} (skipped: ${problem})`, body);
  else test(name, body, 12 * minutes);
}

for (const { name, language, config = {}, secrets, objects, output } of examples) {
  const source = join(root, "examples", name);
  testIn(language, `${name} comes up, is clean in a second preview, and goes without a trace`, () =>
    inProject({ name, source, simulator, install: installFor(language) }, async (project) => {
      const { pulumi } = project;
      await installPlugin(project);
      await pulumi("stack", "init", "dev");
      for (const [key, value] of Object.entries(config)) await pulumi("config", "set", key, value);
      for (const [key, value] of Object.entries(secrets)) await pulumi("config", "set", "--secret", key, value);
      await upAndDown(project, objects, output);
    }),
  );
}

const noPython = problemWithTools("python");
(noPython ? test.skip : test)(
  `a Python project has the SDK wherever a host may search: in its virtual environment, on PATH, in a package index${noPython ? ` (skipped: ${noPython})` : ""}`,
  async () => {
    const source = join(root, "examples/python-inbound");
    const install = installFor("python");
    await inProject({ name: "python-inbound", source, simulator, install }, async ({ run }) => {
      const searches: readonly (readonly string[])[] = [
        ["venv/bin/python", "-c", "import pulumi_plivo"],
        ["python3", "-c", "import pulumi_plivo"],
        ["venv/bin/python", "-m", "pip", "install", "--no-deps", "--target", "fresh", "-r", "requirements.txt"],
      ];
      for (const [command = "", ...args] of searches)
        expect([command, ...args, await run(command, args)]).toEqual([
          command,
          ...args,
          expect.objectContaining({ code: 0 }),
        ]);
    });
  },
  5 * minutes,
);

const templates = ["typescript", "python", "go", "yaml"] as const;

for (const language of templates) {
  testIn(language, `\`pulumi new\` makes a project from the ${language} template that comes up and goes`, () =>
    inProject({ name: "fresh", simulator }, async ({ pulumi, folder }) => {
      const template = join(root, "templates", language);
      const replies = ["--name", "lines", "--description", "Our lines", "--yes", "--generate-only", "--offline"];
      await pulumi("new", template, ...replies);
      const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
      expect(texts.join()).toContain("Our lines");
      expect(texts.join()).not.toMatch(/\$\{(PROJECT|DESCRIPTION)\}/);
      await inProject({ name: "lines", source: folder, simulator, install: installFor(language) }, async (project) => {
        const { authId, authToken } = project.simulator;
        await installPlugin(project);
        await project.pulumi("stack", "init", "dev");
        await project.pulumi("config", "set", "plivo:authId", authId);
        await project.pulumi("config", "set", "--secret", "plivo:authToken", authToken);
        await project.pulumi("config", "set", "sipUri", "sip.example.com:5061;transport=tls");
        await upAndDown(project, 2, ["trunkId", /^\d+\n$/]);
      });
    }),
  );
}

test("every template asks for the token as a secret", () => {
  for (const language of templates) {
    const text = readFileSync(join(root, "templates", language, "Pulumi.yaml"), "utf8");
    expect(text).toMatch(/plivo:authToken:\n +description: .+\n +secret: true\n/);
  }
});

/** A project in YAML, and a server with the plugin as a release would have it; nothing is installed yet. */
function withRelease(program: (url: string) => string, body: (project: Project, release: Release) => Promise<void>) {
  return inProject({ name: "fresh", simulator }, async (project) => {
    const release = await serveRelease(project.folder);
    try {
      writeFileSync(join(project.folder, "Pulumi.yaml"), program(release.url));
      await project.pulumi("stack", "init", "dev");
      await body(project, release);
    } finally {
      await release.close();
    }
  });
}

const archive = new RegExp(`^/pulumi-resource-plivo-v${version}-\\w+-\\w+\\.tar\\.gz$`);

testIn("yaml", "a YAML program says where its plugin comes from, and Pulumi downloads it from there", () => {
  const template = readFileSync(join(root, "templates/yaml/Pulumi.yaml"), "utf8");
  const text = template.replaceAll(/\$\{(PROJECT|DESCRIPTION)\}/g, "fresh");
  const source = "pluginDownloadURL: github://api.github.com/pulumi-plivo/pulumi-plivo";
  expect(text).toContain(source);
  return withRelease(
    (url) => text.replaceAll(source, `pluginDownloadURL: ${url}`),
    async (project, { asked }) => {
      await project.pulumi("config", "set", "sipUri", "sip.example.com");
      await upAndDown(project, 2, ["trunkId", /^\d+\n$/]);
      expect(asked[0]).toMatch(archive);
    },
  );
});

testIn(
  "yaml",
  "where the plugin is installed from its server, a program without an SDK needs no more, and imports",
  () =>
    withRelease(
      () => `name: fresh\nruntime: yaml\n`,
      async ({ pulumi, simulator: { store }, folder }, { url, asked }) => {
        await pulumi("plugin", "install", "resource", "plivo", `v${version}`, "--server", url);
        expect(asked).toEqual([expect.stringMatching(archive)]);
        const uri = store.addOriginationUri({ name: "pbx", uri: "sip.example.com" });
        const text = await pulumi(
          "import",
          "plivo:index:OriginationUri",
          "pbx",
          uri.uri_uuid,
          "--yes",
          "--skip-preview",
        );
        expect(text).toMatch(/pbx:\n +type: plivo:OriginationUri\n/);
        const programIn = (printed: string) =>
          printed.slice(printed.indexOf("resources:"), printed.indexOf("protect: true") + "protect: true".length);
        writeFileSync(join(folder, "Pulumi.yaml"), `name: fresh\nruntime: yaml\n${programIn(text)}\n`);
        await pulumi("preview", "--expect-no-changes");

        // Its password is not known, and Pulumi prints an empty one.
        const { credential_uuid: id } = store.addCredential({
          name: "pbx",
          username: "pbxlondon",
          password: "Secret!1",
        });
        const more = programIn(await pulumi("import", "plivo:index:Credential", "sip", id, "--yes", "--skip-preview"));
        expect(more).toContain('password: ""');
        const both = `${programIn(text)}\n${more.replace("resources:\n", "")}`;
        writeFileSync(join(folder, "Pulumi.yaml"), `name: fresh\nruntime: yaml\n${both}\n`);
        await pulumi("preview", "--expect-no-changes");
      },
    ),
);
