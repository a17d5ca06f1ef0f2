import { originationUri } from "../resources/origination-uri";
import { defineFunction } from "./define-function";
import { rowOf } from "./rows";

/** Lists the origination URIs of the account, every page of them. */
export const getOriginationUris = defineFunction({
  token: "getOriginationUris",
  docs: "https://www.plivo.com/docs/sip-trunking/api/origination-uris",
  describe: "Lists all origination URIs of the account. Passwords are never returned.",
  example: `const { originationUris } = await plivo.getOriginationUris();`,
  properties: {},
  result: { many: rowOf("OriginationUri", originationUri), key: "originationUris" },
  run: async ({ plivo }) => ({ originationUris: await plivo.originationUris.list() }),
});
