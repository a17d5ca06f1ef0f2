/** What the operations of the matrix declare. */
import type { Declared } from "../support/adapters/mini-engine";

export const NUMBER = "14155550100";
export const OTHER_NUMBER = "14155550101";
export const trunk: Declared = {
  name: "it",
  token: "Trunk",
  args: { trunkDirection: "inbound", primaryUriUuid: "uri-1" },
};
export const disabled: Declared = { ...trunk, args: { ...trunk.args, trunkStatus: "disabled" } };
export const attachment: Declared = {
  name: "it",
  token: "PhoneNumberAttachment",
  args: { number: `+${NUMBER}`, trunkId: "100" },
};
export const importedTrunk: Declared = { ...disabled, args: { ...disabled.args, name: "in" }, imports: "100" };
export const importedCredential: Declared = {
  name: "it",
  token: "Credential",
  args: { username: "pbxlondon", password: "Secret!9" },
  imports: "cred-1",
};
export const ATTACHED = "14155550102";
export const importedNumber: Declared = {
  name: "it",
  token: "PhoneNumberAttachment",
  args: { number: ATTACHED, trunkId: "101" },
  imports: ATTACHED,
};

export const set: Declared = {
  name: "it",
  token: "TrunkPhoneNumbers",
  args: { numbers: [`+${NUMBER}`, OTHER_NUMBER], trunkId: "100" },
};
