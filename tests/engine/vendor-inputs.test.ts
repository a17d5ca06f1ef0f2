import { expect } from "@jest/globals";
import * as dynamic from "pulumi-plivo";
import * as plugin from "pulumi-plivo/plugin";
import { resources } from "../../provider/resources/index";
import { warningsOf } from "../../provider/warnings/index";
import { vendorInputs } from "../support/adapters/vendor-inputs";
import { testInWorld } from "./support/stack/engine";

/** The rules once more, over the whole program. */
function expectedWarnings(): string[] {
  return vendorInputs.flatMap(({ token, name, args }) => {
    const rules = Object.entries(resources[token].properties);
    const found = rules.flatMap(([key, { facts }]) => warningsOf(key, facts.warnings, args));
    return found.map(({ property, reason }) => `${name}: ${property} ${reason}`);
  });
}

type Class = new (name: string, args: never) => unknown;

const adapters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "the dynamic classes": { ...dynamic },
  "the plugin": { ...plugin },
};

for (const [adapter, classes] of Object.entries(adapters)) {
  testInWorld(
    `a program made of all inputs that vendors show previews without an error in ${adapter}, with warnings on the resources`,
    async ({ stack, simulator, run }) => {
      run(async () => {
        for (const { token, name, args } of vendorInputs) {
          const Resource = classes[token] as Class;
          new Resource(name, args as never);
        }
      });
      const warnings: string[] = [];
      const { changeSummary, stdout } = await stack.preview({
        onEvent: ({ diagnosticEvent: event }) => {
          if (event?.severity === "warning")
            warnings.push(`${String(event.urn).replace(/^.*::/, "")}: ${event.message}`);
        },
      });
      expect(changeSummary.create).toBe(vendorInputs.length + 1);
      expect(simulator.requests).toEqual([]);
      // Each once, on its resource, and not for every check of it.
      expect(warnings.length).toBeGreaterThan(40);
      expect(warnings.map((line) => line.trim()).sort()).toEqual(expectedWarnings().sort());
      expect(stdout).not.toContain("StrongPassword123");
    },
  );
}
