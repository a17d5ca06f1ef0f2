/** The TypeScript program of a recipe, in the process of the test: a host of its own for each would take longer than all. */
import { join } from "node:path";
import { jest } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { root } from "../../../support/pages/markdown";

export type Settings = Readonly<Record<string, string>>;

/** Runs `examples/<folder>/typescript/index.ts` with a configuration, within the program of a stack; returns its exports. */
export function runRecipe(folder: string, settings: Settings): Record<string, unknown> {
  for (const [key, value] of Object.entries(settings)) pulumi.runtime.setConfig(`${pulumi.getProject()}:${key}`, value);
  let exported = {};
  // Afresh, as each `pulumi up` does; the libraries are those of the stack's program.
  jest.isolateModules(() => {
    jest.doMock("@pulumi/pulumi", () => pulumi);
    jest.doMock("pulumi-plivo", () => plivo);
    exported = require(join(root, "examples", folder, "typescript/index.ts"));
  });
  return { ...exported };
}
