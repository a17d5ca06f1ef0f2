/** Looks for secrets where none may be. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Each secret as it is, and as it may be written down by accident. */
function spellings(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("base64").replace(/=+$/, ""),
    Buffer.from(secret).toString("hex"),
  ]);
}

/** The files below a folder that hold one of the secrets; links are not followed. */
export function leakingFiles(folder: string, secrets: readonly string[]): string[] {
  const wanted = spellings(secrets);
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => {
    const text = readFileSync(path, "latin1");
    return wanted.some((spelling) => text.includes(spelling));
  });
}

/** The lines of a text that hold one of the secrets. */
export function leakingLines(text: string, secrets: readonly string[]): string[] {
  const wanted = spellings(secrets);
  return text.split("\n").filter((line) => wanted.some((spelling) => line.includes(spelling)));
}
