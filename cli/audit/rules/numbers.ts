/** Phone numbers that do not ring. */
import { countOf, shortList } from "../../inventory/describe";
import { keyOf } from "../../inventory/inventory";
import { type Audited, digitsOfAll, objectsOf } from "../audited";
import { type Finding, finding } from "../finding";

export function numbers(audited: Audited): readonly Finding[] {
  return [...onOutboundTrunks(audited), ...withoutTrunk(audited), ...unrouted(audited)];
}

function onOutboundTrunks(audited: Audited): readonly Finding[] {
  return objectsOf(audited, "Trunk").flatMap((trunk) => {
    const digits = digitsOfAll(audited.numbersOf.get(trunk.id) ?? []);
    if (trunk.live.trunkDirection !== "outbound" || digits.length === 0) return [];
    return [
      finding("number-on-outbound-trunk", {
        object: trunk,
        numbers: digits,
        text: `${countOf(digits.length, "phone number")} attached to this outbound trunk (${shortList(digits)}): calls to them do not ring`,
        action: "attach them to an inbound trunk",
      }),
    ];
  });
}

function withoutTrunk({ numbersOf, reading }: Audited): readonly Finding[] {
  return [...numbersOf].flatMap(([trunkId, group]) => {
    if (reading.objects.has(keyOf("Trunk", trunkId))) return [];
    const digits = digitsOfAll(group);
    return [
      finding("number-without-trunk", {
        object: { type: "Trunk", id: trunkId, name: "" },
        numbers: digits,
        text: `${countOf(digits.length, "phone number")} routed to this trunk (${shortList(digits)}), which does not exist: calls to them fail`,
        action: "attach them to a trunk that exists",
      }),
    ];
  });
}

function unrouted({ reading }: Audited): readonly Finding[] {
  const digits = digitsOfAll(reading.numbers.filter(({ isRouted }) => !isRouted));
  if (digits.length === 0) return [];
  return [
    finding("unrouted-number", {
      numbers: digits,
      text: `${countOf(digits.length, "phone number")} without a route (${shortList(digits)}): calls to them fail, and you pay for them`,
      action: "attach them to a trunk, or give them up in Plivo's console",
    }),
  ];
}
