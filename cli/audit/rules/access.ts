/** Who may place calls on the account, and who can listen. */
import { wideRange } from "../../../provider/warnings/index";
import { describe, shortList } from "../../inventory/describe";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import { type Audited, objectsOf } from "../audited";
import { type Finding, finding } from "../finding";
import { sharedRangeOf } from "../shared-ranges";

export function access(audited: Audited): readonly Finding[] {
  return [
    ...objectsOf(audited, "IpAccessControlList").flatMap((list) => openRanges(list, audited)),
    ...objectsOf(audited, "Trunk").flatMap(unencrypted),
  ];
}

/** The trunks on which an address of the list is all that a caller needs. */
export function trunksWithoutCredential(list: LiveObject, { users }: Audited): readonly LiveObject[] {
  const trunks = users.get(keyOf(list.token, list.id)) ?? [];
  return trunks.filter(({ live }) => live.trunkDirection === "outbound" && !live.credentialUuid);
}

function openRanges(list: LiveObject, audited: Audited): readonly Finding[] {
  const trunks = trunksWithoutCredential(list, audited);
  if (trunks.length === 0) return [];
  const { ipAddresses } = list.live;
  const ranges = Array.isArray(ipAddresses) ? ipAddresses.map(String) : [];
  const wide = ranges.filter((range) => wideRange.applies(range, {}));
  const shared = ranges.flatMap((range) => {
    const owner = wide.includes(range) ? undefined : sharedRangeOf(range);
    return owner === undefined ? [] : [`${range} (${owner})`];
  });
  const where = `through ${shortList(trunks.map(describe))}, which ${trunks.length === 1 ? "has" : "have"} no credential`;
  const action = "list the addresses of your PBX only, or give the trunk a credential too";
  return [
    ...(wide.length === 0
      ? []
      : [
          finding("wide-range", {
            object: list,
            text: `anyone in ${shortList(wide)} who learns the domain of the trunk can place calls on your account, ${where}`,
            action,
          }),
        ]),
    ...(shared.length === 0
      ? []
      : [
          finding("shared-range", {
            object: list,
            text: `${shortList(shared)}: other customers of the cloud get addresses there, and can place calls on your account, ${where}`,
            action,
          }),
        ]),
  ];
}

function unencrypted(trunk: LiveObject): readonly Finding[] {
  if (trunk.live.trunkDirection !== "outbound" || trunk.live.secure === true) return [];
  return [
    finding("not-secure", {
      object: trunk,
      text: "signalling and media are not encrypted: calls can be listened to between your PBX and Plivo",
      action: "set `secure: true`, if your PBX supports SIP over TLS and SRTP",
    }),
  ];
}
