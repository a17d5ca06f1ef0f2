/** Keys of the stack's configuration for secrets: never one under which the stack has another secret already. */
import { camelCase } from "./names";

export interface SecretKeys {
  /** Keys that the stack's configuration has. */
  readonly taken: ReadonlySet<string>;
  /** The configuration is not known: every key gets a form that a key of a first adoption never has. */
  readonly isUnknown: boolean;
}

/** Of a program without a stack: there is nothing to collide with. */
export const noKeys: SecretKeys = { taken: new Set(), isUnknown: false };

/** Characters at the end of an id that tell secrets of one name apart. */
const SUFFIX = 6;

/** `pbxPassword`; where the stack has that already `pbxPassword7f6a5b`. No property ends like that. */
export function secretKeyOf(name: string, property: string, id: string, { taken, isUnknown }: SecretKeys): string {
  const plain = `${camelCase(name)}${property.slice(0, 1).toUpperCase()}${property.slice(1)}`;
  if (!isUnknown && !taken.has(plain)) return plain;
  const whole = id.toLowerCase().replace(/[^a-z0-9]/g, "");
  const suffixed = [whole.slice(-SUFFIX), whole].map((suffix) => `${plain}${suffix}`).find((key) => !taken.has(key));
  if (suffixed !== undefined) return suffixed;
  let count = 2;
  while (taken.has(`${plain}${whole}x${count}`)) count += 1;
  return `${plain}${whole}x${count}`;
}

/**
 * @param configuration of the stack: `<project>:<key>`. The namespace is left out, because the program's is not known.
 * @param own text of the file that is about to be replaced: its keys are set for the objects that they are named after
 */
export function keysIn(configuration: Readonly<Record<string, string>>, own: string): ReadonlySet<string> {
  const keys = Object.keys(configuration).map((key) => key.replace(/^.*:/, ""));
  const words = new Set(own.match(/\w+/g));
  return new Set(keys.filter((key) => !words.has(key)));
}
