import type { Store } from "../account/store";
import type { AccountMap } from "./account-map";
import type { Effect, Impact } from "./impact";
import { keyText, linkTo, type ObjectKey, type View } from "./view";

/** What every part of the page is rendered from. */
export interface Shown {
  readonly store: Store;
  readonly map: AccountMap;
  readonly view: View;
  /** What would break if the selected object were deleted. */
  readonly impact: Impact;
}

/** A short word for an effect: it is in the drawing, so that nothing is told by a colour alone. */
export const effectWords: Readonly<Record<Effect, string>> = {
  deleted: "deleted too",
  detached: "calls stop",
  "locked-out": "locked out",
  narrowed: "fewer ways in",
};

/** Whether an object is the selected one. */
export function isSelected({ view }: Shown, key: ObjectKey): boolean {
  return view.selected !== undefined && keyText(view.selected) === keyText(key);
}

/** The address that selects an object and leads to its panel. */
export function selectLink({ view }: Shown, selected: ObjectKey): string {
  return linkTo({ ...view, selected }, "selected");
}
