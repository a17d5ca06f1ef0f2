/** The typed table of all resources: a token that is missing here, or here only, does not compile. */
import type { Resource } from "../lifecycle/index";
import { credential } from "./credential";
import { ipAccessControlList } from "./ip-access-control-list";
import { originationUri } from "./origination-uri";
import { phoneNumberAttachment } from "./phone-number-attachment";
import type { Services } from "./services";
import { trunk } from "./trunk";

/** Class names, the same in every SDK. */
export type ResourceToken = "Trunk" | "Credential" | "IpAccessControlList" | "OriginationUri" | "PhoneNumberAttachment";

export const resources: Readonly<Record<ResourceToken, Resource<Services>>> = {
  Trunk: trunk,
  Credential: credential,
  IpAccessControlList: ipAccessControlList,
  OriginationUri: originationUri,
  PhoneNumberAttachment: phoneNumberAttachment,
};

export { Account, type Operation, type Settings } from "./account";
export type { Services } from "./services";
export { readSettings, type Setting, settings } from "./settings";
export { TrunkDirection, TrunkStatus } from "./trunk";
