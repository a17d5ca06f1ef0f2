/** Which function lists the objects of a resource: what `pulumi do ... list` and bulk imports go through. */
import type { ResourceToken } from "../resources/index";
import type { FunctionToken } from "./index";

export interface Listing {
  readonly by: FunctionToken;
  /** The field of a row that is the id of the resource. */
  readonly id: string;
  /** The field of a row that a reader recognises it by. */
  readonly name: string;
  /** A row is an object of the resource only where this field has a value. */
  readonly onlyWith?: string;
}

export const listings: Readonly<Record<ResourceToken, Listing>> = {
  Trunk: { by: "getTrunks", id: "trunkId", name: "name" },
  Credential: { by: "getCredentials", id: "credentialUuid", name: "name" },
  IpAccessControlList: { by: "getIpAccessControlLists", id: "ipaclUuid", name: "name" },
  OriginationUri: { by: "getOriginationUris", id: "uriUuid", name: "name" },
  PhoneNumberAttachment: { by: "getPhoneNumbers", id: "number", name: "number", onlyWith: "trunkId" },
};
