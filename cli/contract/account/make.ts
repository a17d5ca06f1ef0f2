/** The objects that experiments make: disabled, on addresses and hosts that are reserved for documentation. */

import type { Lab } from "../fact";
import type { OwnObject } from "./own-objects";
import { isDone, NoReplyError, type Reply } from "./reply";

export const HOST = "sip.example.com";

/** Letters and digits, and a sign that every set of rules allows. */
export function newPassword(lab: Lab): string {
  return `Aa1#${lab.random()}`;
}

export function newUsername(lab: Lab): string {
  return `u${lab.random()}`;
}

/** What a status that rejects one way of clearing a reference may be. */
export const REJECTIONS = ["400", "403", "404", "409", "422", "500", "503", "other", "none does"] as const;

export const make = {
  uri: (lab: Lab, more: object = {}): Promise<OwnObject> => lab.own.make("originationUris", { uri: HOST, ...more }),
  credential: (lab: Lab): Promise<OwnObject> =>
    lab.own.make("credentials", { username: newUsername(lab), password: newPassword(lab) }),
  list: (lab: Lab, addresses: readonly string[] = ["192.0.2.1"]): Promise<OwnObject> =>
    lab.own.make("ipAccessControlLists", { ip_addresses: addresses }),
  inbound: (lab: Lab, primary: OwnObject, more: object = {}): Promise<OwnObject> =>
    lab.own.make("trunks", inboundBody(primary.id, more)),
  outbound: (lab: Lab, more: object): Promise<OwnObject> => lab.own.make("trunks", { ...OUTBOUND, ...more }),
};

export const OUTBOUND = { trunk_direction: "outbound", trunk_status: "disabled" } as const;

export function inboundBody(primary: string, more: object = {}) {
  return { trunk_direction: "inbound", trunk_status: "disabled", primary_uri_uuid: primary, ...more };
}

/** Throws for a status that says neither: a 5xx may be an outage, however often it comes. */
export function verdict(reply: Reply): "accepted" | "rejected" {
  if (isDone(reply)) return "accepted";
  if (reply.status >= 400 && reply.status < 500) return "rejected";
  throw new NoReplyError(`status ${reply.status}`);
}

/** A value, or `other` where the closed set does not have it. */
export function oneOf<Value extends string>(values: readonly Value[], value: string, other: Value): Value {
  return values.find((one) => one === value) ?? other;
}
