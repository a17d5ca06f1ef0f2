/** Plivo's SIP trunking API. Knows nothing of Pulumi. */

export { type ClientDependencies, type Plivo, PlivoClient } from "./client";
export { type Clock, realClock } from "./clock";
export type { Credential, CredentialFields, Credentials } from "./credentials";
export {
  AuthenticationError,
  BadRequestError,
  CancelledError,
  ConfigurationError,
  ConnectionError,
  DeadlineExceededError,
  ForbiddenError,
  InvalidIdError,
  InvalidResponseError,
  NotFoundError,
  type Outcome,
  PlivoError,
  RateLimitError,
  ServerError,
} from "./errors";
export type { IpAccessControlList, IpAccessControlListFields, IpAccessControlLists } from "./ip-access-control-lists";
export type { Application, Numbers, PhoneNumber } from "./numbers";
export type { ClientOptions } from "./options";
export type { OriginationUri, OriginationUriFields, OriginationUris } from "./origination-uris";
export type { RequestContext } from "./request-spec";
export type { ReferenceKey, Trunk, TrunkFields, TrunkFilter, Trunks } from "./trunks";
