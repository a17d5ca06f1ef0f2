/** The plugin where Pulumi would download it from. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { must } from "../../../support/command";
import { root } from "../../../support/pages/markdown";

export interface Release {
  readonly url: string;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Serves an archive of the plugin under any name, as a release has one for each machine. */
export async function serveRelease(folder: string): Promise<Release> {
  const archive = join(folder, "plugin.tar.gz");
  await must("tar", ["-czf", archive, "-C", join(root, "bin"), "."], { cwd: folder, env: process.env });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    // In one piece: Pulumi wants to know the length.
    response.end(readFileSync(archive));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}`, asked, close };
}
