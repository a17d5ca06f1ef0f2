import { ipAccessControlList } from "../resources/ip-access-control-list";
import { defineFunction } from "./define-function";
import { rowOf } from "./rows";

/** Lists the IP access control lists of the account, every page of them. */
export const getIpAccessControlLists = defineFunction({
  token: "getIpAccessControlLists",
  docs: "https://www.plivo.com/docs/sip-trunking/api/ip-access-control-lists",
  describe: "Lists all IP access control lists of the account.",
  example: `const { ipAccessControlLists } = await plivo.getIpAccessControlLists();`,
  properties: {},
  result: { many: rowOf("IpAccessControlList", ipAccessControlList), key: "ipAccessControlLists" },
  run: async ({ plivo }) => ({ ipAccessControlLists: await plivo.ipAccessControlLists.list() }),
});
