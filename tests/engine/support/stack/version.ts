/** Which engine the tests run on: some of them are about what only newer ones can do. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** Whether the engine is 3.`minor` or newer. Without an engine it is: the test then says that there is none. */
export function engineHas(minor: number): boolean {
  const folder = process.env.PULUMI_PLIVO_ENGINE;
  if (!folder) return true;
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
  const { stdout } = spawnSync(join(folder, "pulumi"), ["version"], { encoding: "utf8", env });
  return Number(stdout.trim().replace(/^v/, "").split(".")[1]) >= minor;
}
