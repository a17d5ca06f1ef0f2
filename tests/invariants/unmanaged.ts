/** Unmanaged objects in the same account: they look like the user's own, and must stay as they are. */
import type { Kind, Simulator, Store } from "pulumi-plivo/simulator";
import type { Entry } from "../support/adapters/mini-engine";
import { TRUNK_NAMES } from "./program";

type ObjectKind = Exclude<Kind, "numbers">;

export const KINDS: Readonly<Record<string, ObjectKind>> = {
  Trunk: "trunks",
  Credential: "credentials",
  IpAccessControlList: "ipAccessControlLists",
  OriginationUri: "originationUris",
};

const ID_KEYS: Readonly<Record<ObjectKind, string>> = {
  trunks: "trunk_id",
  credentials: "credential_uuid",
  ipAccessControlLists: "ipacl_uuid",
  originationUris: "uri_uuid",
};

/** The names that a user chose; all others are auto-generated. */
const OWN_NAMES: readonly unknown[] = ["shared", ...Object.values(TRUNK_NAMES)];

/** The objects of an account as JSON, by kind and id. */
export function rowsOf(store: Store): [string, string][] {
  return Object.values(KINDS).flatMap((kind) =>
    [...store.table(kind)].map(([id, row]): [string, string] => [`${kind}/${id}`, JSON.stringify(row)]),
  );
}

export class UnmanagedObjects {
  /** By kind and id, as JSON. What is there at the start belongs to others. */
  readonly rows: Map<string, string>;
  #made = 0;

  constructor(private readonly simulator: Simulator) {
    this.rows = new Map(rowsOf(simulator.store));
  }

  /** Copies of what the user has, under other ids. An auto-generated name is unique, so that copies have others. */
  addCopies(state: readonly Entry[]): void {
    const { store } = this.simulator;
    const ours = new Set(state.map(({ id }) => id));
    for (const { id, token, inputs } of state) {
      const kind = KINDS[token];
      const row = kind && store.table(kind).get(id);
      if (!kind || !row || refersTo(ours, row)) continue;
      const generated = `${String(row.name).replace(/-[0-9a-f]{7}$/, "")}-fffffff`;
      this.#add(kind, { ...row, name: OWN_NAMES.includes(inputs.name) ? inputs.name : generated });
    }
    for (const [kind, row] of lookalikes()) this.#add(kind, row);
  }

  /** Where names of trunks are unique, the user asks those who have one that he wants to rename their trunk. */
  giveUpNames(): void {
    if (!this.#areTrunkNamesUnique()) return;
    for (const [id, row] of this.simulator.store.trunks) {
      const key = `trunks/${id}`;
      if (!this.rows.has(key) || !OWN_NAMES.includes(row.name)) continue;
      row.name = `${row.name}-of-${id}`;
      this.rows.set(key, JSON.stringify(row));
    }
  }

  #areTrunkNamesUnique(): boolean {
    const { uniqueNames } = this.simulator.behaviour;
    return typeof uniqueNames === "boolean" ? uniqueNames : uniqueNames.trunks !== false;
  }

  #add(kind: ObjectKind, row: Readonly<Record<string, unknown>>): void {
    const { store } = this.simulator;
    const isTaken = kind === "trunks" && [...store.trunks.values()].some(({ name }) => name === row.name);
    if (isTaken && this.#areTrunkNamesUnique()) return;
    const id = `555${this.#made++}`;
    const table = store.table(kind) as Map<string, unknown>;
    const added = { ...row, [ID_KEYS[kind]]: id };
    table.set(id, added);
    this.rows.set(`${kind}/${id}`, JSON.stringify(added));
  }
}

/** An unmanaged trunk on a managed URI would block the delete of that URI, as it should. */
function refersTo(ours: ReadonlySet<string>, row: object): boolean {
  return Object.entries(row).some(([key, value]) => /_uuid$/.test(key) && ours.has(String(value)) && "trunk_id" in row);
}

/** What a program may declare, as unmanaged objects. */
function lookalikes(): readonly (readonly [ObjectKind, Readonly<Record<string, unknown>>])[] {
  const uri = { name: "shared", uri: "a.example.com", authentication_needed: false, username: null, password: null };
  const trunk = {
    ...{ trunk_domain: "900.zt.plivo.com", name: "shared", trunk_status: "enabled", trunk_direction: "inbound" },
    ...{ secure: false, ipacl_uuid: null, credential_uuid: null, primary_uri_uuid: "uri-1", fallback_uri_uuid: null },
  };
  return [
    ["originationUris", uri],
    ["trunks", trunk],
    ["credentials", { name: "shared", username: "pbxlondon", password: "Their!own1" }],
    ["ipAccessControlLists", { name: "shared", ip_addresses: ["203.0.113.1"] }],
  ];
}
