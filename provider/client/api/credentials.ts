import type * as z from "zod";
import { type ApiContext, Collection } from "./collection";
import { given, id, row, textOrEmpty } from "./wire";

const fields = {
  credentialUuid: ["credential_uuid", id],
  name: ["name", textOrEmpty],
  username: ["username", textOrEmpty],
} as const;

const credential = row(fields);

/** Plivo never returns the password. https://www.plivo.com/docs/sip-trunking/api/credentials */
export type Credential = z.infer<typeof credential>;

export interface CredentialFields {
  readonly name: string;
  /** 5-20 characters. */
  readonly username: string;
  /** 5-20 characters. */
  readonly password: string;
}

/** https://www.plivo.com/docs/sip-trunking/api/credentials */
export class Credentials extends Collection<Credential, "credentialUuid"> {
  constructor(api: ApiContext) {
    super(api, { path: "Zentrunk/Credential", noun: "credential", fields, row: credential, idKey: "credentialUuid" });
  }

  create({ name, username, password }: CredentialFields): Promise<{ credentialUuid: string }> {
    return this.createFrom({ name, username, password });
  }

  /** All three, always: an update without a password blanks it, and a password without a user name is rejected. */
  update(credentialUuid: string, { name, username, password }: CredentialFields): Promise<void> {
    return this.sendUpdate(credentialUuid, given({ name, username, password }));
  }

  /** Breaks the authentication of every trunk that uses it. */
  delete(credentialUuid: string): Promise<void> {
    return this.sendDelete(credentialUuid);
  }
}
