/** The properties that have a value. */
export function given<Values extends object>(values: Values): { [K in keyof Values]?: Exclude<Values[K], null> } {
  const entries = Object.entries(values).filter(([, value]) => value !== null && value !== undefined);
  // fromEntries forgets the keys; the filter above is what the type says.
  return Object.fromEntries(entries) as { [K in keyof Values]?: Exclude<Values[K], null> };
}
