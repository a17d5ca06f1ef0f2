/** The recipes in several languages, as their users run them: preview, up, drift, repair, destroy. */
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { version } from "../../package.json";
import { inProject, type Project } from "../engine/support/programs/example";
import { installFor, type Language, problemWith } from "../engine/support/programs/languages";
import type { Settings } from "../engine/support/programs/recipe";
import { encrypted, expectAtPlivo, password } from "../engine/support/programs/recipe-at-plivo";
import { objectsAt } from "../engine/support/stack/objects";
import { root } from "../support/pages/markdown";

const simulator = { seed: { numbers: ["14155550100"] } };

interface Program {
  readonly name: string;
  readonly language: Language;
  readonly settings: Settings;
  readonly uri: string;
}

const livekit = { ...password, sipSubdomain: "vjnxecm0tjk" };
const inIndia = "sip.rtc.in.residency.elevenlabs.io:5060;transport=tcp";

/** As their users run them: through the host of the language, with the settings that their Pulumi.yaml declares. */
const programs: readonly Program[] = [
  {
    name: "livekit",
    language: "typescript",
    settings: { ...livekit, region: "eu" },
    uri: "vjnxecm0tjk.eu.sip.livekit.cloud;transport=tls",
  },
  {
    name: "livekit",
    language: "python",
    settings: { ...livekit, region: "eu", transport: "tcp" },
    uri: "vjnxecm0tjk.eu.sip.livekit.cloud;transport=tcp",
  },
  { name: "livekit", language: "yaml", settings: livekit, uri: "vjnxecm0tjk.sip.livekit.cloud;transport=tls" },
  {
    name: "elevenlabs",
    language: "python",
    settings: { ...password, region: "in", transport: "tcp" },
    uri: inIndia,
  },
  { name: "elevenlabs", language: "yaml", settings: { ...password, sipEndpoint: inIndia }, uri: inIndia },
];

const outbound = encrypted;

async function liveThrough(project: Project, { settings, uri }: Program): Promise<void> {
  const { run, pulumi, simulator } = project;
  // With blanks, because YAML would read a number.
  const number = "+1 415 555 0100";
  const rented = "14155550100";
  await pulumi("stack", "init", "dev");
  const early = await run("pulumi", ["preview", "--non-interactive"]);
  expect(early).toEqual({
    code: expect.any(Number),
    output: expect.stringMatching(/missing configuration values 'number'/),
  });
  expect(early.code).not.toBe(0);

  const { sipPassword = "", ...others } = { ...settings, number };
  const plain = Object.entries(others).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
  await pulumi("config", "set-all", "--secret", `sipPassword=${sipPassword}`, ...plain);
  await pulumi("up", "--yes");
  expectAtPlivo(simulator, rented, { uri, outbound });

  simulator.store.route(rented, null);
  const drifted = await run("pulumi", ["refresh", "--preview-only", "--expect-no-changes", "--non-interactive"]);
  expect(drifted.output).toContain("no changes were expected");
  expect(drifted.code).not.toBe(0);

  await pulumi("up", "--refresh", "--yes", "--skip-preview");
  expectAtPlivo(simulator, rented, { uri, outbound });
  await pulumi("preview", "--refresh", "--expect-no-changes");
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(objectsAt(simulator)).toEqual([]);
}

for (const program of programs) {
  const { name, language } = program;
  const problem = problemWith(language);
  const source = join(root, "examples", "voice-agents", name, language);
  // A dynamic program needs no SDK besides what every project of these tests has.
  const install = language === "typescript" ? {} : { install: installFor(language) };
  (problem ? test.skip : test)(
    `${name} in ${language} comes up, shows what is changed by hand, repairs it, and goes without a trace${problem ? ` (skipped: ${problem})` : ""}`,
    () =>
      inProject({ name, source, simulator, ...install }, async (project) => {
        const plugin = ["plugin", "install", "resource", "plivo", `v${version}`, "--file", join(root, "bin")];
        if (language !== "typescript") await project.pulumi(...plugin);
        await liveThrough(project, program);
      }),
    180_000,
  );
}
