/** When an object was created and last updated: ISO, in UTC with a `Z`. */
export interface Timestamps {
  created_at: string;
  updated_at: string;
}

/**
 * The objects of one account, with the field names of the wire. A reference that is not set is `null`, as Plivo
 * reads it back. Passwords are here in the clear, so that a test can tell whether one was blanked.
 */
export interface TrunkRow extends Timestamps {
  trunk_id: string;
  trunk_domain: string;
  name: string;
  trunk_status: "enabled" | "disabled";
  trunk_direction: "inbound" | "outbound";
  secure: boolean;
  ipacl_uuid: string | null;
  credential_uuid: string | null;
  primary_uri_uuid: string | null;
  fallback_uri_uuid: string | null;
}

/** A SIP username and password. */
export interface CredentialRow extends Timestamps {
  credential_uuid: string;
  name: string;
  username: string;
  /** Blank (`""`) after an update that left it out. */
  password: string;
}

/** The addresses that may send calls into an outbound trunk. */
export interface IpAccessControlListRow extends Timestamps {
  ipacl_uuid: string;
  name: string;
  ip_addresses: string[];
}

/** Where an inbound trunk delivers its calls. */
export interface OriginationUriRow extends Timestamps {
  uri_uuid: string;
  name: string;
  uri: string;
  authentication_needed: boolean;
  username: string | null;
  password: string | null;
}

/**
 * A rented phone number. `application` is the resource path of what takes its calls; `null` when there is nothing,
 * whatever `behaviour.unroutedAs` lets a read show.
 */
export interface NumberRow {
  number: string;
  alias: string | null;
  application: string | null;
  voice_enabled: boolean;
  sms_enabled: boolean;
  /** `local`, `fixed`, `mobile`, `national`, `tollfree`. */
  type: string;
  /** The older name of `type`. */
  number_type: string;
  country: string;
  region: string;
  carrier: string;
  /** Auth ID of the subaccount; `null` for the main account. */
  sub_account: string | null;
  compliance_application_id: string | null;
  /** `YYYY-MM-DD`. */
  added_on: string;
  /** `YYYY-MM-DD`. */
  renewal_date: string;
  monthly_rental_rate: string;
  cnam: string | null;
  cnam_lookup: string | null;
}

/** A voice application: not served, only something that a number can be routed to. */
export interface ApplicationRow {
  app_id: string;
  app_name: string;
  default_app: boolean;
}

/** Every kind of object that the API serves, keyed by the name of its table in the store. */
export interface Rows {
  trunks: TrunkRow;
  credentials: CredentialRow;
  ipAccessControlLists: IpAccessControlListRow;
  originationUris: OriginationUriRow;
  numbers: NumberRow;
}

/** A kind of object that the API serves. */
export type Kind = keyof Rows;

/** The references that a trunk holds. */
export const trunkReferences = ["ipacl_uuid", "credential_uuid", "primary_uri_uuid", "fallback_uri_uuid"] as const;

/** The table that each reference of a trunk points into. */
export const referenceTarget = {
  ipacl_uuid: "ipAccessControlLists",
  credential_uuid: "credentials",
  primary_uri_uuid: "originationUris",
  fallback_uri_uuid: "originationUris",
} as const satisfies Record<(typeof trunkReferences)[number], Kind>;
