/**
 * Warnings that belong on a resource. The dynamic provider host can print but not say for which resource, so they come
 * from the classes.
 */
import * as pulumi from "@pulumi/pulumi";
import { type Warning, type WarningRule, warningsAt, warningsOf } from "../../provider/warnings/warning-rule";

/** The rules that a class warns of, by property. */
export type WarningRules = Readonly<Record<string, readonly WarningRule[]>>;

type Args = Readonly<Record<string, unknown>>;

/** Warns of each value that the program gives, as soon as it is known. */
export function warn(resource: pulumi.Resource, rules: WarningRules, args: Args): void {
  for (const [key, ofKey] of Object.entries(rules)) {
    const used = ofKey.flatMap((rule) => rule.uses ?? []);
    const values = Object.fromEntries([key, ...used].map((name) => [name, args[name]]));
    // Outputs cost a program more than everything else about a resource.
    if (Object.values(values).every(isPlain)) log(resource, warningsOf(key, ofKey, values));
    else whenKnown(resource, key, ofKey, values);
  }
}

/** An element of a list does not wait for the others. */
function whenKnown(resource: pulumi.Resource, key: string, rules: readonly WarningRule[], values: Args): void {
  const { [key]: value, ...others } = values;
  if (!Array.isArray(value)) {
    pulumi.output(values).apply((known) => log(resource, warningsOf(key, rules, known)));
    return;
  }
  for (const [index, element] of value.entries()) {
    pulumi
      .output({ element, others })
      .apply((known) => log(resource, warningsAt(`${key}[${index}]`, known.element, rules, known.others)));
  }
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return typeof value !== "object" || value === null;
}

/**
 * When the resource has its URN. Pulumi's log would wait for it too, but all further messages of the process with it, and
 * for ever where the resource is refused: no program of the same process would end any more.
 */
function log(resource: pulumi.Resource, warnings: readonly Warning[]): void {
  if (warnings.length === 0) return;
  resource.urn.apply(() => {
    for (const { property, reason } of warnings) void pulumi.log.warn(`${property} ${reason}`, resource);
  });
}
