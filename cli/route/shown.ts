/** What of a call's path may be shown: a URI with a password in it is not, nor is a name that has the same password. */
import { resources } from "../../provider/resources/index";
import { holdsPassword, passwordsIn, tells } from "../inventory/hidden-names";
import type { CallPath } from "./call-path";

export interface Shown {
  uri(text: string): string;
  name(text: string): string;
}

const HIDDEN = "(not shown: it has a password in it)";

export function shownOf({ destinations }: Pick<CallPath, "destinations">): Shown {
  const { uri: property } = resources.OriginationUri.properties;
  const objects = destinations.flatMap(({ uri }) =>
    uri === null ? [] : [{ token: "OriginationUri", live: { ...uri } } as const],
  );
  const passwords = passwordsIn(objects);
  return {
    uri: (text) => (property !== undefined && holdsPassword(property, text) ? HIDDEN : text),
    name: (text) => (passwords.some((password) => tells(text, password)) ? HIDDEN : text),
  };
}
