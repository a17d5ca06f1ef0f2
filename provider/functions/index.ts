/** The typed table of all functions. */
import { type FunctionDefinition, invoke } from "./define-function";
import { getCredentials } from "./get-credentials";
import { getIpAccessControlLists } from "./get-ip-access-control-lists";
import { getOriginationUris } from "./get-origination-uris";
import { getPhoneNumbers } from "./get-phone-numbers";
import { getTrunk } from "./get-trunk";
import { getTrunks } from "./get-trunks";

/** Written out, not derived: the published types would need those of zod otherwise. */
export type FunctionToken =
  | "getTrunk"
  | "getTrunks"
  | "getCredentials"
  | "getIpAccessControlLists"
  | "getOriginationUris"
  | "getPhoneNumbers";

export const functions: Readonly<Record<FunctionToken, FunctionDefinition>> = {
  getTrunk,
  getTrunks,
  getCredentials,
  getIpAccessControlLists,
  getOriginationUris,
  getPhoneNumbers,
};

export type { FunctionDefinition, FunctionResult, RowType } from "./define-function";
export { invoke };
