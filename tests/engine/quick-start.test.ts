import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { Page } from "../support/markdown";
import { inExample, type Project } from "./support/example";

const minutes = 60_000;

/** The first fence of the README that is in this language and contains this. */
function fence(language: string, containing: string): string {
  const found = new Page("README.md").fences.find((one) => one.language === language && one.text.includes(containing));
  if (found === undefined) throw new Error(`README.md has no ${language} with "${containing}"`);
  return found.text;
}

/** What a reader types into the second terminal, on the port that the simulator of this test has. */
function secondTerminal({ simulator }: Project): readonly string[] {
  const text = fence("sh", "pulumi stack init");
  expect(text).toContain(`plivo:authId ${simulator.authId}`);
  expect(text).toContain(`plivo:authToken ${simulator.authToken}`);
  return text.replace("http://127.0.0.1:7548/v1", simulator.url).split("\n");
}

/** Everything comes from the configuration: a reader has none of these. */
const noEnvironment = { PLIVO_BASE_URL: "", PLIVO_AUTH_ID: "", PLIVO_AUTH_TOKEN: "" };

test(
  "the quick start of the README does what it says",
  () =>
    inExample("inbound-trunk", { numbers: ["14155550100"] }, async (project) => {
      const { run, folder, simulator } = project;
      const pulumi = async (...args: string[]) => {
        const { code, output } = await run("pulumi", [...args, "--non-interactive"], noEnvironment);
        expect({ code, output }).toMatchObject({ code: 0 });
        return output;
      };
      writeFileSync(join(folder, "Pulumi.yaml"), fence("yaml", "runtime"));
      writeFileSync(join(folder, "index.ts"), fence("ts", "new plivo.Trunk"));
      for (const line of secondTerminal(project)) {
        const [command, ...args] = line.split(" ");
        expect(command).toBe("pulumi");
        await pulumi(...args, ...(args[0] === "up" ? ["--yes"] : []));
      }
      expect(simulator.store.trunks.size).toBe(2);
      const [routed] = [...simulator.store.trunks.keys()].flatMap((id) => simulator.store.numbersOf(id));
      expect(routed).toMatchObject({ number: "14155550100" });
      expect(await pulumi("stack", "output", "domain")).toMatch(/^\d+\.zt\.plivo\.com/);
      await pulumi("destroy", "--yes");
      expect(simulator.store.trunks.size).toBe(0);
    }),
  3 * minutes,
);
