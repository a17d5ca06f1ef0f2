/** Once per run, before the first test: what all test files, in whichever worker, use together. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKeyServer } from "./key-server";
import { variables } from "./this-run";

/** Jest calls it in the process that starts the workers. */
export default async function setUp(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "plivo-engine-run-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env[variables.folder] = folder;
  process.env[variables.keyServer] = await startKeyServer();
}
