import type * as z from "zod";
import type { RequestBody } from "../http/request-spec";
import { type ApiContext, Collection } from "./collection";
import { flag, given, id, optionalText, row, text, textOrEmpty } from "./wire";

const fields = {
  uriUuid: ["uri_uuid", id],
  name: ["name", textOrEmpty],
  uri: ["uri", text],
  authenticationNeeded: ["authentication_needed", flag],
  username: ["username", optionalText],
} as const;

/** A user name that is kept while authentication is off is not in use, and reads as none. */
const originationUri = row(fields).transform((uri) => (uri.authenticationNeeded ? uri : { ...uri, username: null }));

/** Plivo never returns the password. https://www.plivo.com/docs/sip-trunking/api/origination-uris */
export type OriginationUri = z.infer<typeof originationUri>;

export interface OriginationUriFields {
  readonly name: string;
  /** Sent verbatim: `host`, `host:port;transport=tls`, `sip:user@host`, ... */
  readonly uri: string;
  readonly authenticationNeeded: boolean;
  /** Needed with authentication, and sent only then. */
  readonly username?: string | null | undefined;
  /** Needed with authentication, and sent only then. */
  readonly password?: string | null | undefined;
}

/** Fields to change; what is left out stays. */
type OriginationUriChanges = {
  readonly [Key in keyof OriginationUriFields]?: OriginationUriFields[Key] | undefined;
};

/** https://www.plivo.com/docs/sip-trunking/api/origination-uris */
export class OriginationUris extends Collection<OriginationUri, "uriUuid"> {
  constructor(api: ApiContext) {
    super(api, { path: "Zentrunk/URI", noun: "origination URI", fields, row: originationUri, idKey: "uriUuid" });
  }

  create(fields: OriginationUriFields): Promise<{ uriUuid: string }> {
    return this.createFrom(wireFields(fields));
  }

  /** Plivo takes a new password only together with user name and `authentication_needed`. What is left out stays. */
  update(uriUuid: string, fields: OriginationUriChanges): Promise<void> {
    return this.sendUpdate(uriUuid, given(wireFields(fields)));
  }

  /** DANGER: Plivo deletes every trunk that uses it along with it. Check for such trunks first. */
  delete(uriUuid: string): Promise<void> {
    return this.sendDelete(uriUuid);
  }
}

function wireFields({ name, uri, authenticationNeeded, username, password }: OriginationUriChanges): RequestBody {
  const authentication = authenticationNeeded ? { username, password } : {};
  return { name, uri, authentication_needed: authenticationNeeded, ...authentication };
}
