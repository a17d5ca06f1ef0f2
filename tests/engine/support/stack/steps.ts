/** What an operation of the engine did to each resource, or would do, from the events that it reports. */
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";

export interface Step {
  readonly op: string;
  /** The logical name. */
  readonly name: string;
  /** The changed properties, without the elements of lists. */
  readonly properties: readonly string[];
  /** The checked inputs. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

type Operation = (listening: { onEvent(event: EngineEvent): void }) => Promise<unknown>;

/** The steps that change something, in the order in which they began (a refresh: in which they ended). */
export async function stepsOf(operation: Operation): Promise<Step[]> {
  const steps: Step[] = [];
  await operation({
    onEvent(event) {
      const { metadata } = event.resourcePreEvent ?? event.resOutputsEvent ?? {};
      if (!metadata || metadata.op === "same" || isOurs(metadata) === false) return;
      const step = stepOf(metadata);
      // A refresh says what it found when it ends; all else says what it will do when it begins.
      if (step.op === "refresh" ? step.properties.length > 0 : !steps.some((other) => isSame(step, other)))
        steps.push(step);
    },
  });
  return steps;
}

/** By logical name: `update name, secure`. What stays as it is, is left out. */
export async function changesOf(operation: Operation): Promise<Record<string, string>> {
  const steps = await stepsOf(operation);
  const told = steps.map(({ op, name, properties }): [string, string] => [
    name,
    [op, properties.join(", ")].join(" ").trim(),
  ]);
  return Object.fromEntries(told);
}

function isOurs({ type }: StepEventMetadata): boolean {
  return !type.startsWith("pulumi:");
}

function isSame(one: Step, other: Step): boolean {
  return one.op === other.op && one.name === other.name;
}

function stepOf({ op, urn, detailedDiff, diffs, new: after }: StepEventMetadata): Step {
  const paths = Object.keys(detailedDiff ?? {}).concat(diffs ?? []);
  const properties = [...new Set(paths.map((path) => path.replace(/[.[].*$/, "")))].sort();
  return { op, name: urn.split("::").at(-1) ?? urn, properties, inputs: after?.inputs ?? {} };
}
