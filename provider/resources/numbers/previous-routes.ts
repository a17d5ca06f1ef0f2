/** Where numbers were routed before: by number, and grouped by application as the state has them, which is smaller. */
import type { PhoneNumber } from "../../client/index";
import type { Groups, RunFacts } from "../../lifecycle/index";

/** Of a number that is to be attached and is not yet, in place of an application: it was routed to nothing. */
export const NOWHERE = "";

/** Number -> the application or trunk. A number without an entry was routed to nothing that is to be restored. */
export type PreviousRoutes = ReadonlyMap<string, string>;

/** @param groups from the state, which a person may have edited: what is no number is none of ours */
export function previousRoutes(groups: unknown): PreviousRoutes {
  const entries = Object.entries(typeof groups === "object" && groups !== null ? groups : {});
  const routesOf = ([application, numbers]: [string, unknown]) =>
    Array.isArray(numbers) ? numbers.filter(isNumber).map((number) => [number, application] as const) : [];
  return new Map(entries.flatMap(routesOf));
}

function isNumber(value: unknown): value is string {
  return typeof value === "string" && /^\d+$/.test(value);
}

/**
 * What a number was routed to before the program had it. What the resource has recorded that has the number in the state
 * stands: what is found now may be what the program itself has made of it. One that had it may have old news.
 */
export function routeBefore({ number, application }: PhoneNumber, run: RunFacts): string | null {
  const found = application === null || run.isInState(application.id) ? null : application.id;
  const known = run.recorded(number);
  if (known?.isHeld) return known.value;
  return found ?? known?.value ?? null;
}

/** `null` where there is none. The same for the same routes. */
export function grouped(routes: PreviousRoutes): Groups | null {
  if (routes.size === 0) return null;
  const groups = new Map<string, string[]>();
  const sorted = [...routes].sort(([one, to], [other, toOther]) =>
    to === toOther ? compare(one, other) : compare(to, toOther),
  );
  for (const [number, application] of sorted) {
    const group = groups.get(application) ?? [];
    group.push(number);
    groups.set(application, group);
  }
  return Object.fromEntries(groups);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
