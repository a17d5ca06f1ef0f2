import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import {
  type Consumer,
  consumer,
  copiesOf,
  LIMIT,
  newestPulumi,
  oldestPulumi,
  type Stack,
  stackOf,
  yarn,
} from "../package/support/consumer";
import { bothInCommonJs, bothInTypeScript } from "../package/support/programs";

let project: Consumer | undefined;

afterEach(() => {
  project?.dispose();
  project = undefined;
});

async function upUnchangedAndGone({ simulator, pulumi }: Stack): Promise<void> {
  try {
    await pulumi(["up", "--yes", "--skip-preview"]);
    await pulumi(["preview", "--refresh", "--expect-no-changes"]);
    await pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(simulator.store.trunks.size).toBe(0);
  } finally {
    await simulator.close();
  }
}

test(
  `with @pulumi/pulumi ${oldestPulumi}, the oldest that may be used, a program with both adapters comes up, sees drift and goes`,
  async () => {
    project = await consumer("npm", oldestPulumi);
    expect(copiesOf("@pulumi/pulumi", project.folder)).toEqual([expect.stringMatching(`^${oldestPulumi} in `)]);
    const { simulator, pulumi } = await stackOf(project);
    try {
      project.program("index.js", bothInCommonJs);
      await pulumi(["up", "--yes", "--skip-preview"]);
      await pulumi(["refresh", "--preview-only", "--expect-no-changes"]);
      const [trunkId = ""] = simulator.store.trunks.keys();
      simulator.store.edit("trunks", trunkId, { secure: true });
      // Older ones drop the inputs that a read returns, and with them the drift.
      expect(await pulumi(["refresh", "--preview-only", "--diff"])).toMatch(/~ secure *: false => true/);
      await pulumi(["destroy", "--yes", "--skip-preview"]);
      expect(simulator.store.trunks.size).toBe(0);
    } finally {
      await simulator.close();
    }
  },
  LIMIT,
);

test(
  "installed with pnpm, whose packages see only what they declare, a program with both adapters comes up, is unchanged and goes",
  async () => {
    project = await consumer("pnpm", newestPulumi);
    expect(copiesOf("@pulumi/pulumi", project.folder)).toEqual([expect.stringMatching(`^${newestPulumi} in `)]);
    project.program("index.ts", bothInTypeScript);
    await upUnchangedAndGone(await stackOf(project));
  },
  LIMIT,
);

test(
  "installed with Yarn Plug'n'Play, whose packages are found by no path, it comes up, is unchanged and goes",
  async () => {
    project = await consumer("yarn", newestPulumi);
    expect(existsSync(join(project.folder, "node_modules"))).toBe(false);
    project.program("index.js", bothInCommonJs);
    await upUnchangedAndGone(await stackOf(project, yarn("exec", "pulumi")));
  },
  LIMIT,
);
