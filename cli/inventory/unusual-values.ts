/** Values that the provider warns of, or would refuse in a new object. */
import { check, RunLedger, type Values } from "../../provider/lifecycle/index";
import { resources } from "../../provider/resources/index";
import { holdsPassword } from "./hidden-names";
import type { LiveObject } from "./inventory";

export type UnusualValue = readonly [kind: "password-in-value" | "unusual-value", text: string];

/** What the definition itself warns of, and what it accepts only because the object has it already. */
export function unusualValues({ token, live, hidesName }: LiveObject): readonly UnusualValue[] {
  const { properties, identity } = resources[token];
  // A number that Plivo rents out is one, whatever a numbering plan says.
  if (identity === "chosen") return [];
  const isWritten = (key: string) => properties[key]?.role === "input";
  const inputs: Values = Object.fromEntries(
    Object.entries(live).filter(([key, value]) => isWritten(key) && value !== null),
  );
  const hidden = Object.entries(inputs).filter(([key, value]) => {
    const property = properties[key];
    if (key === "name" && hidesName) return true;
    return property !== undefined && typeof value === "string" && holdsPassword(property, value);
  });
  const checked = check(
    resources[token],
    { news: inputs, olds: inputs, secrets: new Set(), autoName: undefined },
    new RunLedger(),
  );
  const reasons = [...checked.tolerated, ...checked.warnings].filter(({ property }) => {
    const [key = ""] = property.split(/[.[]/);
    return isWritten(key) && !hidden.some(([name]) => name === key) && !(key === "name" && live.name === "");
  });
  return [
    ...hidden.map(
      ([key]): UnusualValue => ["password-in-value", `${key} has a password in it: it comes from the configuration`],
    ),
    ...reasons.map(
      ({ property, reason }): UnusualValue => ["unusual-value", withElements(`${property} ${reason}`, inputs)],
    ),
  ];
}

/** `ipAddresses[3]` -> `ipAddresses "203.0.113.7"`: in the program the elements are sorted. */
function withElements(text: string, inputs: Values): string {
  return text.replace(/(\w+)\[(\d+)\]/g, (whole, key: string, index: string) => {
    const list = inputs[key];
    return Array.isArray(list) ? `${key} ${JSON.stringify(list[Number(index)])}` : whole;
  });
}
