/** Logical names that an earlier run has written, and that tell a password by now. */
import { passwordsIn, tells } from "../../inventory/hidden-names";
import type { Inventory } from "../../inventory/inventory";
import { slugOf } from "./names";

/** Of the logical names that objects have already, those that tell nothing. */
export function withoutTelling(
  names: ReadonlyMap<string, string>,
  { objects }: Inventory,
): ReadonlyMap<string, string> {
  const hidden = passwordsIn([...objects.values()]).flatMap((text) =>
    [text, slugOf(text)].filter((spelling) => spelling !== ""),
  );
  return new Map([...names].filter(([, name]) => !hidden.some((text) => tells(name, text))));
}
