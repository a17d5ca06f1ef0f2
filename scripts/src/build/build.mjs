/** Everything of the npm package that is not a source file. */

import fs from "node:fs";
import path from "node:path";
import { root, say, seconds } from "../lib/cli.mjs";
import { checkoutLock, withLock } from "../lib/lock.mjs";
import { bundle } from "./bundles.mjs";
import { notices } from "./notices.mjs";
import { declarations } from "./types.mjs";

/** Makes dist/ and THIRD_PARTY_NOTICES. */
export async function build() {
  await withLock(checkoutLock("build"), "building", async () => {
    const start = performance.now();
    const { files, inputs } = await bundle();
    for (const [file, text] of declarations()) files.set(file, text);
    const licences = notices(inputs);
    const dist = path.join(root, "dist");
    fs.mkdirSync(dist, { recursive: true });
    for (const file of fs.readdirSync(dist)) {
      if (!files.has(file)) fs.rmSync(path.join(dist, file), { recursive: true });
    }
    for (const [file, text] of files) write(path.join(dist, file), text, file === "cli.js" ? 0o755 : 0o644);
    write(path.join(root, "THIRD_PARTY_NOTICES"), licences, 0o644);
    say(`dist: ${[...files.keys()].sort().join(", ")}, THIRD_PARTY_NOTICES in ${seconds(start)}`);
  });
}

/** At once, and only when it differs: a test may be reading the file while `npm pack` builds again. @param {string} file @param {string} text @param {number} mode */
function write(file, text, mode) {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text, { mode });
  fs.renameSync(draft, file);
}
