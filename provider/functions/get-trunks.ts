import { boolean, oneOf, string } from "../lifecycle/index";
import { plivoId } from "../resources/formats";
import { TrunkDirection, TrunkStatus } from "../resources/index";
import { defineFunction } from "./define-function";
import { trunkRow } from "./rows";

/** Lists the trunks of the account, every page of them. */
export const getTrunks = defineFunction({
  token: "getTrunks",
  docs: "https://www.plivo.com/docs/sip-trunking/api/trunks",
  describe: "Lists the trunks of the account that match all given filters; all trunks without one.",
  example: `const { trunks } = await plivo.getTrunks({ trunkDirection: "inbound" });`,
  properties: {
    trunkDirection: oneOf(TrunkDirection, "Only trunks of this direction.").optional(),
    trunkStatus: oneOf(TrunkStatus, "Only trunks of this status.").optional(),
    secure: boolean("Only trunks that do, or do not, require encryption.").optional(),
    ipaclUuid: string(plivoId, "Only trunks that use this IP access control list.").optional(),
    credentialUuid: string(plivoId, "Only trunks that use this credential.").optional(),
    primaryUriUuid: string(plivoId, "Only trunks with this primary origination URI.").optional(),
    fallbackUriUuid: string(plivoId, "Only trunks with this fallback origination URI.").optional(),
  },
  result: { many: trunkRow, key: "trunks" },
  run: async ({ plivo, inputs }) => ({ trunks: await plivo.trunks.list(inputs) }),
});
