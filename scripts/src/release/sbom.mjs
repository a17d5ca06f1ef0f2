/** What is inside of the published files, as CycloneDX: npm knows what is installed, THIRD_PARTY_NOTICES what of it is used. */

import fs from "node:fs";
import path from "node:path";
import { Problem, root } from "../lib/cli.mjs";
import { must } from "../lib/run.mjs";
import { NODE_VERSION } from "../package/targets.mjs";

/** @returns {Promise<string>} after a build */
export async function sbom() {
  const { stdout } = await must("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"]);
  const all = JSON.parse(stdout);
  const notices = fs.readFileSync(path.join(root, "THIRD_PARTY_NOTICES"), "utf8");
  const bundled = [...notices.matchAll(/^ {2}(\S+) (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`);
  const components = bundled.map((ref) => {
    const component = all.components.find((/** @type {Record<string, unknown>} */ one) => one["bom-ref"] === ref);
    if (!component) throw new Problem(`${ref} is bundled, and npm sbom does not list it.`);
    return { ...component, properties: [] }; // npm's only one: a development dependency
  });
  const about = { name: "node", version: NODE_VERSION, description: "In the archives of the plugin only." };
  components.push({ "bom-ref": "node", type: "platform", licenses: [{ license: { id: "MIT" } }], ...about });
  all.metadata.component.name = "pulumi-plivo"; // npm takes the name of the folder
  const dependencies = [{ ref: all.metadata.component["bom-ref"], dependsOn: [...bundled, "node"] }];
  return `${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`;
}
