/** Friendly names that repeat a password of a value: they are printed as little as the value is. */
import { resources } from "../../provider/resources/index";
import { holdsPassword } from "./program";
import type { Inventory, LiveObject } from "./read-account";

/** Such objects have no friendly name any more, and are marked. */
export function withHiddenNames(inventory: Inventory): Inventory {
  const hidden = [...inventory.objects.values()].flatMap(hiddenIn);
  if (hidden.length === 0) return inventory;
  const objects = [...inventory.objects].map(([key, object]): [string, LiveObject] => {
    const isHidden = hidden.some((text) => object.friendlyName.includes(text));
    return [key, isHidden ? { ...object, friendlyName: "", hidesName: true } : object];
  });
  return { ...inventory, objects: new Map(objects) };
}

/** `sip:user:password@host` -> `password` */
function hiddenIn({ token, live }: LiveObject): readonly string[] {
  return Object.entries(resources[token].properties).flatMap(([key, property]) => {
    const value = live[key];
    if (key === "name" || typeof value !== "string" || !holdsPassword(property, value)) return [];
    const address = value.replace(/^(?:\w+:\/\/|sips?:)/i, "");
    const password = address.slice(address.indexOf(":") + 1, address.lastIndexOf("@"));
    return password === "" ? [value] : [password];
  });
}
