import { string } from "../lifecycle/index";
import { plivoId } from "../resources/formats";
import { defineFunction } from "./define-function";
import { phoneNumberRow } from "./rows";

/** Lists the rented numbers, every page of them. */
export const getPhoneNumbers = defineFunction({
  token: "getPhoneNumbers",
  docs: "https://www.plivo.com/docs/numbers/api/account-phone-number",
  describe: "Lists the phone numbers that the account rents; with trunkId only those attached to that trunk.",
  example: `const { phoneNumbers } = await plivo.getPhoneNumbers({ trunkId: "23585512345678" });`,
  properties: { trunkId: string(plivoId, "Only numbers that are attached to this trunk.").optional() },
  result: { many: phoneNumberRow, key: "phoneNumbers" },
  async run({ plivo, inputs }) {
    const numbers = await plivo.numbers.list();
    const rows = numbers.map(({ number, alias, application }) => ({
      number,
      alias,
      trunkId: application?.kind === "trunk" ? application.id : null,
      applicationId: application?.kind === "application" ? application.id : null,
    }));
    return { phoneNumbers: rows.filter(({ trunkId }) => inputs.trunkId === null || trunkId === inputs.trunkId) };
  },
});
