import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect } from "@jest/globals";
import { onPosix, posix } from "../../../tests/support/machine";

function isRunning(pid: number): boolean {
  // A zombie waits for its parent only.
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

const FOREVER = "setInterval(() => {}, 1000);";

posix(`what leads a process group of its own ends too, as the plugins of Pulumi do${onPosix}`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "plivo-kill-tree-"));
  try {
    const file = JSON.stringify(join(folder, "pid"));
    const plugin = `require("node:fs").writeFileSync(${file}, String(process.pid)); ${FOREVER}`;
    const options = `{ detached: true, stdio: "ignore" }`;
    const engine = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(plugin)}], ${options});
      ${FOREVER}`;
    const program = `import { spawn } from "node:child_process";
      import { readFileSync } from "node:fs";
      import { setTimeout as sleep } from "node:timers/promises";
      import { killTree } from ${JSON.stringify(pathToFileURL(join(__dirname, "kill-tree.mjs")))};
      const { pid } = spawn(process.execPath, ["-e", ${JSON.stringify(engine)}], ${options});
      const plugin = () => { try { return readFileSync(${file}, "utf8"); } catch { return ""; } };
      for (let looks = 0; looks < 1_000 && !plugin(); looks++) await sleep(50);
      killTree(pid);
      console.log(plugin());`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(1);
    for (let looks = 0; isRunning(pid) && looks < 50; looks++) await sleep(100);
    const survived = isRunning(pid);
    if (survived) process.kill(pid, "SIGKILL");
    expect(survived).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
