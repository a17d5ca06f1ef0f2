/** A dry run of scripts/release, which then runs the other tests of this file on what it made. */
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { ResourceProviderService as rpc } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { version } from "../../package.json";
import { problemWithTools } from "../engine/support/programs/languages";
import { startProcess } from "../package/plugin-process";
import { LIMIT, root } from "../package/support/consumer";
import { must } from "../support/command";

const minutes = 60_000;
const release = process.env.PULUMI_PLIVO_RELEASE ?? "";
const target = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
const missing = problemWithTools("python") ?? problemWithTools("go");

(missing || release ? test.skip : test)(
  `a dry run makes a release for this machine, installs each part, and publishes nothing${missing ? ` (skipped: ${missing})` : ""}`,
  async () => {
    const place = { cwd: root, env: process.env, limit: 10 * minutes };
    const output = await must(join(root, "scripts/release"), ["--dry-run", target], place);
    expect(output).toContain("5 passed");
    const commands = output.split("\n").filter((line) => line.startsWith("would run: "));
    expect(commands.map((line) => line.split(" ").slice(2, 5).join(" "))).toEqual([
      "gh api repos/{owner}/{repo}/git/refs",
      "gh release create",
      `npm publish ./pulumi-plivo-${version}.tgz`,
    ]);
  },
  10 * minutes,
);

/** Side by side: most of their time is that of package managers. */
const made = release ? test.concurrent : test.skip;
const onlyThere = release ? "" : " (skipped: scripts/release runs it)";
const files = (): readonly string[] => readdirSync(release);
const place = () => ({ cwd: folder, env: process.env, limit: LIMIT });

/** Not in `beforeAll`, for which concurrent tests do not wait. */
const folder = mkdtempSync(join(tmpdir(), "plivo-release-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In an empty project. */
async function installWithNpm(name: string, ...packages: readonly string[]): Promise<string> {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), "{}");
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts", "--loglevel=error"];
  await must("npm", ["install", ...quiet, ...packages], { ...place(), cwd: project });
  return project;
}

made(
  `the npm package is installed from its tarball, each entry loads, and it has the version of the release${onlyThere}`,
  async () => {
    const project = await installWithNpm("app", join(release, `pulumi-plivo-${version}.tgz`));
    const load = `["", "/plugin", "/provider", "/simulator"].forEach((entry) => require("pulumi-plivo" + entry))`;
    expect(await must(process.execPath, ["-e", load], { ...place(), cwd: project })).toBe("");
    expect(await must(join(project, "node_modules/.bin/pulumi-plivo"), ["--version"], place())).toBe(`${version}\n`);
  },
  LIMIT,
);

made(
  `each file is in SHA256SUMS, and the plugin from the archive for this machine serves its version${onlyThere}`,
  async () => {
    const sums = readFileSync(join(release, "SHA256SUMS"), "utf8").trim().split("\n");
    const others = files().filter((file) => file !== "SHA256SUMS");
    const digest = (file: string) => createHash("sha256").update(readFileSync(join(release, file)));
    expect(sums).toEqual(others.sort().map((file) => `${digest(file).digest("hex")}  ${file}`));
    const archive = join(release, `pulumi-resource-plivo-v${version}-${target}.tar.gz`);
    const unpacked = mkdtempSync(join(folder, "plugin-"));
    await must("tar", ["-xzf", archive, "-C", unpacked], place());
    const plugin = await startProcess(join(unpacked, "pulumi-resource-plivo"), { args: ["127.0.0.1:1"], cwd: folder });
    const info = await plugin.ask(rpc.getPluginInfo, new Empty());
    await plugin.interrupt();
    expect(info.getVersion()).toBe(version);
  },
  LIMIT,
);

made(
  `the wheel is installed in a virtual environment and imported; the sdist has the same modules${onlyThere}`,
  async () => {
    const python = join(folder, "venv/bin/python");
    const [wheel = "", sdist = ""] = [`${version}-py3-none-any.whl`, `${version}.tar.gz`].map((end) =>
      join(release, `pulumi_plivo-${end}`),
    );
    await must("python3", ["-m", "venv", join(folder, "venv")], place());
    await must(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], place());
    const program = "import pulumi_plivo, importlib.metadata as data; print(data.version('pulumi_plivo'))";
    expect(await must(python, ["-I", "-c", program], place())).toBe(`${version}\n`);
    const modules = (listing: string) => [...listing.matchAll(/pulumi_plivo\/\w+\.py$/gm)].map(([name]) => name).sort();
    const inWheel = modules(await must(python, ["-m", "zipfile", "-l", wheel], place()).then(firstWords));
    expect(inWheel.length).toBeGreaterThan(10);
    expect(modules(await must("tar", ["-tzf", sdist], place()))).toEqual(inWheel);
  },
  LIMIT,
);

const firstWords = (text: string) => text.replaceAll(/ .*$/gm, "");

made(
  `a program with the SDK for Go in place of the published one passes \`go vet\` and compiles${onlyThere}`,
  async () => {
    const program = join(folder, "go-outbound");
    cpSync(join(root, "examples", basename(program)), program, { recursive: true });
    const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
    const go = (...args: string[]) => must("go", args, { cwd: program, env, limit: 10 * minutes });
    const sdk = "github.com/pulumi-plivo/pulumi-plivo/sdk/go";
    await go("mod", "edit", `-replace=${sdk}=${join(root, "sdk/go")}`);
    await go("mod", "tidy");
    expect(await go("vet", ".", `${sdk}/plivo`)).toBe("");
    expect(await go("build", "-o", devNull, ".")).toBe("");
  },
  10 * minutes,
);

/** The schemas of CycloneDX are in its own library; its validator is this one. */
const VALIDATOR = [
  "@cyclonedx/cyclonedx-library@8.5.1",
  "ajv@8.17.1",
  "ajv-formats@3.0.1",
  "ajv-formats-draft2019@1.6.1",
];

made(
  `the SBOM is valid CycloneDX, and has what is bundled and the Node.js of the archives${onlyThere}`,
  async () => {
    const sbom = readFileSync(join(release, "sbom.cdx.json"), "utf8");
    const { components, specVersion } = JSON.parse(sbom);
    const names = components.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(["axios", "zod", "@grpc/grpc-js", "node"]));
    expect(names).not.toContain("jest");
    const project = await installWithNpm("validator", ...VALIDATOR);
    const program = `
      const { Validation } = require("@cyclonedx/cyclonedx-library");
      const validator = new Validation.JsonStrictValidator(process.argv[1]);
      validator.validate(require("node:fs").readFileSync(process.argv[2], "utf8")).then((wrong) => {
        if (wrong !== null) console.log(JSON.stringify(wrong));
      });`;
    const args = ["-e", program, specVersion, join(release, "sbom.cdx.json")];
    expect(await must(process.execPath, args, { ...place(), cwd: project })).toBe("");
  },
  LIMIT,
);
