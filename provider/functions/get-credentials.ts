import { credential } from "../resources/credential";
import { defineFunction } from "./define-function";
import { rowOf } from "./rows";

/** Lists the SIP credentials of the account, every page of them. */
export const getCredentials = defineFunction({
  token: "getCredentials",
  docs: "https://www.plivo.com/docs/sip-trunking/api/credentials",
  describe: "Lists all SIP credentials of the account. Passwords are never returned.",
  example: `const { credentials } = await plivo.getCredentials();`,
  properties: {},
  result: { many: rowOf("Credential", credential), key: "credentials" },
  run: async ({ plivo }) => ({ credentials: await plivo.credentials.list() }),
});
