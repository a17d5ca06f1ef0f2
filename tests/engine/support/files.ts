/** All that the engine wrote: state, backups, history, checkpoints. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The files below a folder that contain a text, in plain or as base64. */
export function filesWith(folder: string, text: string): string[] {
  const needles = [text, Buffer.from(text).toString("base64").replace(/=+$/, "")];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .filter((file) => needles.some((needle) => readFileSync(file).includes(needle)));
}
