/** Names and values. */
import { resources } from "../../../provider/resources/index";
import { wideRange } from "../../../provider/warnings/index";
import { shortList } from "../../inventory/describe";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import { unusualValues } from "../../inventory/unusual-values";
import type { Audited } from "../audited";
import { type Finding, finding } from "../finding";
import { trunksWithoutCredential } from "./access";

export function values(audited: Audited): readonly Finding[] {
  return [...audited.reading.objects.values()].flatMap((object) => [
    ...sameName(object, audited),
    ...unusual(object, audited),
  ]);
}

function sameName(object: LiveObject, { twins }: Audited): readonly Finding[] {
  const others = twins.get(keyOf(object.token, object.id)) ?? [];
  if (others.length === 0) return [];
  const { noun } = resources[object.token];
  return [
    finding("same-name", {
      object,
      text: `another ${noun} has this name: ${shortList(others.map(({ id }) => id))}`,
      action:
        "rename one of them: in the console they look the same, and a create without a response under this name cannot be told from them",
    }),
  ];
}

function unusual(object: LiveObject, audited: Audited): readonly Finding[] {
  const isReported = object.token === "IpAccessControlList" && trunksWithoutCredential(object, audited).length > 0;
  return unusualValues(object).flatMap(([kind, text]) => {
    // Where it is dangerous, it is an error of its own.
    if (isReported && text.includes(wideRange.reason)) return [];
    const [property = ""] = text.split(" ");
    if (kind === "unusual-value")
      return [finding(kind, { object, property, text, action: "check whether it is meant so" })];
    return [
      finding(kind, {
        object,
        property,
        text: `${property} has a password in it, which every reader of the account sees`,
        action: "take it out and change it; an origination URI has `username` and `password` for it",
      }),
    ];
  });
}
