/** The peer in Go, built once for each text of it. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { cacheFolder, root, say } from "../../scripts/src/lib/cli.mjs";
import { withLock } from "../../scripts/src/lib/lock.mjs";
import { must } from "../../scripts/src/lib/run.mjs";

const SOURCE = path.join(root, "bench/peers/go");

/** @returns {Promise<string>} the executable, alone in its folder, under the name that the engine looks for */
export async function goPeer() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const file of fs.readdirSync(SOURCE).sort()) hash.update(fs.readFileSync(path.join(SOURCE, file)));
  const file = cacheFolder("bench", hash.digest("hex").slice(0, 16), "pulumi-resource-plivo");
  if (fs.existsSync(file)) return file;
  await withLock(cacheFolder("bench", "lock"), "building the peer in Go", async () => {
    if (fs.existsSync(file)) return;
    say("go build bench/peers/go (once; a minute) ...");
    const draft = `${file}.${process.pid}`;
    // A workspace or flags of the user's own projects must not reach into this module.
    const env = { GOWORK: "off", GOFLAGS: "-mod=readonly" };
    await must("go", ["build", "-ldflags", "-s -w", "-o", draft, "."], { cwd: SOURCE, env });
    fs.renameSync(draft, file);
  });
  return file;
}
