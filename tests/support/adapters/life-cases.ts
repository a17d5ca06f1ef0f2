/** The life of each resource as data: what a program sets, what is changed by hand, and the requests of each step. */
import type { Seed, Store } from "pulumi-plivo/simulator";
import type { ResourceToken } from "../../../provider/resources/index";
import type { Props } from "./adapter";

export const seed: Seed = {
  applications: [{ app_id: "900", app_name: "ivr" }],
  originationUris: [
    { uri_uuid: "uri-1", uri: "a.example.com" },
    { uri_uuid: "uri-2", uri: "b.example.com" },
  ],
  credentials: [
    { credential_uuid: "cred-1", username: "pbxlondon", password: "Secret!1" },
    { credential_uuid: "cred-2", username: "pbxberlin", password: "Secret!2" },
  ],
  ipAccessControlLists: [
    { ipacl_uuid: "acl-1", ip_addresses: ["203.0.113.1"] },
    { ipacl_uuid: "acl-2", ip_addresses: ["203.0.113.2"] },
  ],
  trunks: [
    { trunk_id: "100", name: "in", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
    { trunk_id: "101", name: "in too", trunk_direction: "inbound", primary_uri_uuid: "uri-1" },
  ],
  numbers: ["14155550100", "14155550101"],
};

/** A change in Plivo's console, and the properties on which it must show. */
export interface Drift {
  readonly on: readonly string[];
  readonly by: (store: Store, id: string) => unknown;
  /** The object cannot be brought back by an update. */
  readonly replaces?: true;
  /** What the update finds is recorded, to be restored. */
  readonly recordedOn?: string;
}

export interface LifeCase {
  readonly what: string;
  readonly token: ResourceToken;
  readonly args: Props;
  /** The requests of each step, where `{id}` stands for the object's id. */
  readonly create: readonly string[];
  readonly change: { readonly to: Props; readonly on: readonly string[] };
  readonly update: readonly string[];
  readonly replace?: { readonly to: Props; readonly on: string };
  readonly drifts: readonly Drift[];
  /** The requests of the update after a drift. @default those of `update` */
  readonly heal?: readonly string[];
  readonly refresh: string;
  readonly delete: readonly string[];
}

/** All but attachments: a POST and a read-back for each write, and a query of the guard before the delete. */
function usual(path: string, queries: readonly string[]) {
  return {
    create: [`POST ${path}`, `GET ${path}{id}/`],
    update: [`POST ${path}{id}/`, `GET ${path}{id}/`],
    refresh: `GET ${path}{id}/`,
    delete: [...queries, `DELETE ${path}{id}/`],
  };
}

const renamed: Drift["by"] = (store, id) => {
  for (const kind of ["trunks", "credentials", "ipAccessControlLists", "originationUris"] as const)
    if (store.table(kind).has(id)) store.edit(kind, id, { name: "renamed" });
};

const inbound: LifeCase = {
  what: "an inbound trunk",
  token: "Trunk",
  args: { trunkDirection: "inbound", primaryUriUuid: "uri-1", fallbackUriUuid: "uri-2" },
  ...usual("Zentrunk/Trunk/", ["GET Number/"]),
  change: {
    to: { trunkDirection: "inbound", primaryUriUuid: "uri-2", trunkStatus: "disabled" },
    on: ["fallbackUriUuid", "primaryUriUuid", "trunkStatus"],
  },
  replace: { to: { trunkDirection: "outbound", credentialUuid: "cred-1" }, on: "trunkDirection" },
  drifts: [
    { on: ["name"], by: renamed },
    { on: ["trunkStatus"], by: (store, id) => store.edit("trunks", id, { trunk_status: "disabled" }) },
    { on: ["secure"], by: (store, id) => store.edit("trunks", id, { secure: true }) },
    { on: ["primaryUriUuid"], by: (store, id) => store.edit("trunks", id, { primary_uri_uuid: "uri-2" }) },
    { on: ["fallbackUriUuid"], by: (store, id) => store.edit("trunks", id, { fallback_uri_uuid: null }) },
    { on: ["fallbackUriUuid"], by: (store, id) => store.edit("trunks", id, { fallback_uri_uuid: "uri-1" }) },
    {
      on: ["trunkDirection"],
      by: (store, id) => store.edit("trunks", id, { trunk_direction: "outbound" }),
      replaces: true,
    },
  ],
};

const outbound: LifeCase = {
  what: "an outbound trunk",
  token: "Trunk",
  args: { name: "eu-out", trunkDirection: "outbound", credentialUuid: "cred-1", secure: true },
  ...usual("Zentrunk/Trunk/", ["GET Number/"]),
  change: {
    to: { name: "eu-out", trunkDirection: "outbound", ipaclUuid: "acl-1", secure: true },
    on: ["credentialUuid", "ipaclUuid"],
  },
  drifts: [
    { on: ["credentialUuid"], by: (store, id) => store.edit("trunks", id, { credential_uuid: "cred-2" }) },
    // Set by hand where the program asks for none: repaired by clearing.
    { on: ["ipaclUuid"], by: (store, id) => store.edit("trunks", id, { ipacl_uuid: "acl-2" }) },
  ],
};

const credential: LifeCase = {
  what: "a credential",
  token: "Credential",
  args: { username: "pbxparis", password: "Secret!3" },
  ...usual("Zentrunk/Credential/", ["GET Zentrunk/Trunk/"]),
  change: { to: { username: "pbxparis", password: "Secret!4" }, on: ["password"] },
  drifts: [
    { on: ["name"], by: renamed },
    { on: ["username"], by: (store, id) => store.edit("credentials", id, { username: "pbxrome" }) },
  ],
};

const list: LifeCase = {
  what: "an IP access control list",
  token: "IpAccessControlList",
  args: { ipAddresses: ["203.0.113.10", "2001:db8::1"] },
  ...usual("Zentrunk/IPAccessControlList/", ["GET Zentrunk/Trunk/"]),
  change: { to: { ipAddresses: ["203.0.113.11"], name: "offices" }, on: ["ipAddresses", "name"] },
  drifts: [
    { on: ["name"], by: renamed },
    { on: ["ipAddresses"], by: (store, id) => store.edit("ipAccessControlLists", id, { ip_addresses: ["::1"] }) },
  ],
};

const authenticated = { uri: "c.example.com", authenticationNeeded: true, username: "pbx", password: "hunter2" };
const uri: LifeCase = {
  what: "an origination URI",
  token: "OriginationUri",
  args: authenticated,
  ...usual("Zentrunk/URI/", ["GET Zentrunk/Trunk/"]),
  change: { to: { uri: "d.example.com" }, on: ["authenticationNeeded", "password", "uri", "username"] },
  drifts: [
    { on: ["name"], by: renamed },
    { on: ["uri"], by: (store, id) => store.edit("originationUris", id, { uri: "e.example.com" }) },
    { on: ["username"], by: (store, id) => store.edit("originationUris", id, { username: "other" }) },
    {
      on: ["authenticationNeeded", "username"],
      by: (store, id) => store.edit("originationUris", id, { authentication_needed: false, username: null }),
    },
  ],
};

const attachment: LifeCase = {
  what: "a phone number attachment",
  token: "PhoneNumberAttachment",
  args: { number: "+1 415 555 0100", trunkId: "100" },
  create: ["GET Zentrunk/Trunk/100/", "GET Number/{id}/", "POST Number/{id}/", "GET Number/{id}/"],
  change: { to: { number: "14155550100", trunkId: "101" }, on: ["trunkId"] },
  update: ["GET Zentrunk/Trunk/{trunk}/", "POST Number/{id}/", "GET Number/{id}/"],
  replace: { to: { number: "14155550101", trunkId: "100" }, on: "number" },
  drifts: [
    { on: ["trunkId"], by: (store, id) => store.route(id, null) },
    { on: ["trunkId"], by: (store, id) => store.route(id, "900") },
    { on: ["trunkId"], by: (store, id) => store.route(id, "101") },
  ],
  refresh: "GET Number/{id}/",
  delete: ["GET Number/{id}/", "POST Number/{id}/", "GET Number/{id}/"],
};

const [first, second] = ["14155550100", "14155550101"];
const moved = (to: string | null): Drift => ({
  on: ["numbers"],
  by: (store) => store.route(first, to),
  ...(to !== null && { recordedOn: "previousApplications" }),
});

const set: LifeCase = {
  what: "a phone number set",
  token: "TrunkPhoneNumbers",
  args: { trunkId: "100", numbers: ["+1 415 555 0100"] },
  create: ["GET Zentrunk/Trunk/100/", `GET Number/${first}/`, `POST Number/${first}/`, `GET Number/${first}/`],
  change: { to: { trunkId: "100", numbers: [first, second] }, on: ["numbers"] },
  update: ["GET Zentrunk/Trunk/100/", `GET Number/${second}/`, `POST Number/${second}/`, `GET Number/${second}/`],
  replace: { to: { trunkId: "101", numbers: [second] }, on: "trunkId" },
  drifts: [moved(null), moved("900"), moved("101")],
  heal: ["GET Zentrunk/Trunk/100/", `GET Number/${first}/`, `POST Number/${first}/`, `GET Number/${first}/`],
  refresh: `GET Number/${first}/`,
  delete: [`GET Number/${first}/`, `POST Number/${first}/`, `GET Number/${first}/`],
};

export const lifeCases: readonly LifeCase[] = [inbound, outbound, credential, list, uri, attachment, set];
