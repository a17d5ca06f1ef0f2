/** Searches for secrets where none may be. */
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

/** Tells whether a text holds one of the secrets. */
export function finder(secrets: readonly string[]): (text: string) => boolean {
  const wanted = spellings(secrets);
  return (text) => wanted.some((spelling) => text.includes(spelling));
}

/** The files below a folder. Links are not followed: since Node 22 `recursive` of `readdirSync` would. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

/** The files below a folder that hold one of the secrets. */
export function leakingFiles(folder: string, secrets: readonly string[]): string[] {
  const leaks = finder(secrets);
  return filesBelow(folder).filter((path) => leaks(readFileSync(path, "latin1")));
}

/** The lines of a text that hold one of the secrets. */
export function leakingLines(text: string, secrets: readonly string[]): string[] {
  return text.split("\n").filter(finder(secrets));
}
