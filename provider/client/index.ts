/** Plivo's SIP trunking API. Knows nothing of Pulumi. */

export type { Credential, CredentialFields, Credentials } from "./api/credentials";
export type {
  IpAccessControlList,
  IpAccessControlListFields,
  IpAccessControlLists,
} from "./api/ip-access-control-lists";
export type { Application, Numbers, PhoneNumber } from "./api/numbers";
export type { OriginationUri, OriginationUriFields, OriginationUris } from "./api/origination-uris";
export type { ReferenceKey, Trunk, TrunkFields, TrunkFilter, Trunks } from "./api/trunks";
export { type ClientDependencies, type Plivo, PlivoClient } from "./client";
export { type Clock, realClock } from "./clock";
export type { ClientOptions } from "./config";
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
} from "./http/errors";
export type { RequestContext } from "./http/request-spec";
