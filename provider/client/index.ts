/** Plivo's SIP trunking API. Knows nothing of Pulumi. Types alone: the client is loaded with its first request. */

export type { PhoneNumber } from "./api/numbers";
export type { TrunkFilter } from "./api/trunks";
export type { Visited } from "./api/visit";
export type { ClientDependencies, Plivo, PlivoClient } from "./client";
export type { ClientOptions } from "./config";
export type { RequestContext } from "./http/request-spec";
