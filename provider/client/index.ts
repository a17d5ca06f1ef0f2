/** Plivo's SIP trunking API. Knows nothing of Pulumi. */
export type { Operation as ClientOperation } from "./call";
export { type Plivo, PlivoClient, type Surroundings } from "./client";
export { type Clock, realClock } from "./clock";
export type { Credential, CredentialFields, Credentials } from "./credentials";
export {
  AuthenticationError,
  BadRequestError,
  CancelledError,
  ConfigurationError,
  ConnectionError,
  DeadlineError,
  ForbiddenError,
  InvalidIdError,
  NotFoundError,
  type Outcome,
  PlivoError,
  RateLimitError,
  ServerError,
  UnreadableAnswerError,
} from "./errors";
export type { IpAccessControlList, IpAccessControlListFields, IpAccessControlLists } from "./ip-access-control-lists";
export type { Application, Numbers, PhoneNumber } from "./numbers";
export type { ClientOptions } from "./options";
export type { OriginationUri, OriginationUriFields, OriginationUris } from "./origination-uris";
export type { ReferenceKey, Trunk, TrunkFields, TrunkFilter, Trunks } from "./trunks";
