/** Trunks, and what they refer to. */
import { resources } from "../../../provider/resources/index";
import { countOf, shortList } from "../../inventory/describe";
import { keyOf, type LiveObject, referencesOf } from "../../inventory/inventory";
import { type Audited, digitsOfAll, objectsOf } from "../audited";
import { type Finding, finding } from "../finding";

export function trunks(audited: Audited): readonly Finding[] {
  return [
    ...objectsOf(audited, "Trunk").flatMap((trunk) => [
      ...withoutFallback(trunk),
      ...disabled(trunk, audited),
      ...missingReferences(trunk, audited),
    ]),
    ...[...audited.reading.objects.values()].flatMap((object) => unused(object, audited)),
  ];
}

function withoutFallback(trunk: LiveObject): readonly Finding[] {
  const { trunkDirection, fallbackUriUuid } = trunk.live;
  if (trunkDirection !== "inbound" || fallbackUriUuid) return [];
  return [
    finding("no-fallback", {
      object: trunk,
      text: "calls to its numbers fail as long as its only origination URI does not respond",
      action: "set `fallbackUriUuid` to a URI that leads to another host",
    }),
  ];
}

function disabled(trunk: LiveObject, { numbersOf }: Audited): readonly Finding[] {
  const numbers = numbersOf.get(trunk.id) ?? [];
  if (trunk.live.trunkStatus !== "disabled" || numbers.length === 0) return [];
  return [
    finding("disabled-with-numbers", {
      object: trunk,
      numbers: digitsOfAll(numbers),
      text: `it is disabled and has ${countOf(numbers.length, "phone number")} (${shortList(digitsOfAll(numbers))}): calls to them are refused`,
      action: "enable the trunk, or attach the numbers to another one",
    }),
  ];
}

function missingReferences(trunk: LiveObject, { reading }: Audited): readonly Finding[] {
  return referencesOf(trunk)
    .filter(({ token, id }) => !reading.objects.has(keyOf(token, id)))
    .map(({ property, token, id }) =>
      finding("missing-reference", {
        object: trunk,
        property,
        text: `${property} refers to ${resources[token].noun} ${id}, which does not exist`,
        action: `set ${property} to one that exists`,
      }),
    );
}

/** Attachments are used by callers, trunks by numbers or PBXs: neither is visible here. */
const USED_BY_TRUNKS: ReadonlySet<string> = new Set(["Credential", "IpAccessControlList", "OriginationUri"]);

function unused(object: LiveObject, { users }: Audited): readonly Finding[] {
  if (!USED_BY_TRUNKS.has(object.token) || users.has(keyOf(object.token, object.id))) return [];
  return [finding("unused", { object, text: "no trunk uses it", action: "delete it, if nothing will use it" })];
}
