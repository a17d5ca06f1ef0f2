/** The typed table of all resources, by class name, the same in every SDK. */
import type { Resource } from "../lifecycle/index";
import { credential } from "./credential";
import { ipAccessControlList } from "./ip-access-control-list";
import { originationUri } from "./origination-uri";
import { phoneNumberAttachment } from "./phone-number-attachment";
import type { Services } from "./services";
import { trunk } from "./trunk";
import { trunkPhoneNumbers } from "./trunk-phone-numbers";

const table = {
  Trunk: trunk,
  Credential: credential,
  IpAccessControlList: ipAccessControlList,
  OriginationUri: originationUri,
  PhoneNumberAttachment: phoneNumberAttachment,
  TrunkPhoneNumbers: trunkPhoneNumbers,
};

export type ResourceToken = keyof typeof table;

export const resources: Readonly<Record<ResourceToken, Resource<Services>>> = table;

export { Account, type Operation, type Settings, timeoutFor } from "./account";
export type { Services } from "./services";
export { isSetting, parseSetting, readSettings, type Setting, settings } from "./settings";
export { TrunkDirection, TrunkStatus } from "./trunk";
