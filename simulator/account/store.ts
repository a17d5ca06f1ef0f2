import type { Behaviour } from "../behaviour";
import type { Clock } from "../clock";
import type { IdSource } from "./ids";
import type {
  ApplicationRow,
  CredentialRow,
  IpAccessControlListRow,
  Kind,
  NumberRow,
  OriginationUriRow,
  Rows,
  Timestamps,
  TrunkRow,
} from "./rows";
import { referenceTarget, trunkReferences } from "./rows";

/** Some fields of a row; a field that is `undefined` counts as not given. */
export type PartialRow<T> = { [K in keyof T]?: T[K] | undefined };

/** How long an object stays invisible to reads: for a time, or for a number of reads. */
export interface VisibilityDelay {
  ms?: number | undefined;
  reads?: number | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const RENTAL_DAYS = 30;

interface Hidden {
  until: number;
  readsLeft: number;
}

/**
 * What one account holds: one Map per kind, keyed by id, oldest first. Tests read it, and change it behind the
 * provider's back; the API's own side effects (cascades, detached numbers) are in the delete methods only, so that
 * `store.trunks.delete(id)` is a plain removal.
 */
export class Store {
  readonly trunks = new Map<string, TrunkRow>();
  readonly credentials = new Map<string, CredentialRow>();
  readonly ipAccessControlLists = new Map<string, IpAccessControlListRow>();
  readonly originationUris = new Map<string, OriginationUriRow>();
  readonly numbers = new Map<string, NumberRow>();
  readonly applications = new Map<string, ApplicationRow>();
  readonly #hidden = new Map<string, Hidden>();

  constructor(
    readonly authId: string,
    private readonly ids: IdSource,
    private readonly clock: Clock,
    private readonly behaviour: Pick<Behaviour, "trunkDomainRegion">,
  ) {}

  /** The rows of one kind. */
  table<K extends Kind>(kind: K): Map<string, Rows[K]> {
    // TypeScript proves each table, one by one, but not the lookup by a kind that it does not know.
    return this[kind] as Map<string, Rows[K]>;
  }

  addTrunk(given: PartialRow<TrunkRow> & Pick<TrunkRow, "trunk_direction">): TrunkRow {
    const trunk_id = given.trunk_id ?? this.ids.digits();
    const { trunkDomainRegion: region } = this.behaviour;
    const row = withDefaults<TrunkRow>(given, {
      ...this.#createdNow(),
      trunk_id,
      trunk_domain: `${trunk_id}.${region === "" ? "" : `${region}.`}zt.plivo.com`,
      name: "",
      trunk_status: "enabled",
      trunk_direction: given.trunk_direction,
      secure: false,
      ipacl_uuid: null,
      credential_uuid: null,
      primary_uri_uuid: null,
      fallback_uri_uuid: null,
    });
    this.trunks.set(trunk_id, row);
    return row;
  }

  addCredential(given: PartialRow<CredentialRow> = {}): CredentialRow {
    const credential_uuid = given.credential_uuid ?? this.ids.uuid();
    const defaults = { credential_uuid, name: "", username: "simulated", password: "Simulated#1" };
    const row = withDefaults<CredentialRow>(given, { ...defaults, ...this.#createdNow() });
    this.credentials.set(credential_uuid, row);
    return row;
  }

  addIpAccessControlList(given: PartialRow<IpAccessControlListRow> = {}): IpAccessControlListRow {
    const ipacl_uuid = given.ipacl_uuid ?? this.ids.uuid();
    const defaults = { ipacl_uuid, name: "", ip_addresses: ["192.0.2.1"] };
    const row = withDefaults<IpAccessControlListRow>(given, { ...defaults, ...this.#createdNow() });
    this.ipAccessControlLists.set(ipacl_uuid, row);
    return row;
  }

  addOriginationUri(given: PartialRow<OriginationUriRow> = {}): OriginationUriRow {
    const uri_uuid = given.uri_uuid ?? this.ids.uuid();
    const row = withDefaults<OriginationUriRow>(given, {
      ...this.#createdNow(),
      uri_uuid,
      name: "",
      uri: "sip.example.com",
      authentication_needed: false,
      username: null,
      password: null,
    });
    this.originationUris.set(uri_uuid, row);
    return row;
  }

  /** Rents a number: digits without `+`, not routed anywhere unless `application` is given. */
  addNumber(number: string, given: PartialRow<Omit<NumberRow, "number">> = {}): NumberRow {
    const type = given.type ?? given.number_type ?? "local";
    const defaults: NumberRow = {
      number,
      alias: null,
      application: null,
      voice_enabled: true,
      sms_enabled: false,
      type,
      number_type: type,
      country: "US",
      region: "United States",
      carrier: "Plivo",
      sub_account: null,
      compliance_application_id: null,
      added_on: this.#day(0),
      renewal_date: this.#day(RENTAL_DAYS),
      monthly_rental_rate: "0.80000",
      cnam: null,
      cnam_lookup: null,
    };
    const row = withDefaults<NumberRow>({ ...given, number }, defaults);
    this.numbers.set(number, row);
    return row;
  }

  addApplication(given: PartialRow<ApplicationRow> = {}): ApplicationRow {
    const app_id = given.app_id ?? this.ids.digits();
    const row = withDefaults<ApplicationRow>(given, { app_id, app_name: "", default_app: false });
    this.applications.set(app_id, row);
    return row;
  }

  /** Sets the time of the last update to now; a number has none. */
  touch(row: Rows[Kind]): void {
    if ("updated_at" in row) row.updated_at = this.#isoTime();
  }

  /** Changes an object behind the provider's back, as the console does. */
  edit<K extends Kind>(kind: K, id: string, change: Partial<Rows[K]>): Rows[K] {
    const row = this.table(kind).get(id);
    if (row === undefined) throw new Error(`Failed to edit: there is no "${id}" in ${kind}. Add it first.`);
    this.touch(row);
    return Object.assign(row, change);
  }

  /** The resource path that a number shows for a trunk or an application, or undefined when there is neither. */
  applicationPath(id: string): string | undefined {
    if (this.trunks.has(id)) return `/v1/Account/${this.authId}/Zentrunk/Trunk/${id}/`;
    return this.applications.has(id) ? `/v1/Account/${this.authId}/Application/${id}/` : undefined;
  }

  /** Routes a number to a trunk or an application, or nowhere, behind the provider's back. */
  route(number: string, id: string | null): NumberRow {
    const application = id === null ? null : this.applicationPath(id);
    if (application === undefined) {
      throw new Error(`Failed to route ${number}: there is no trunk or application "${id}". Add it first.`);
    }
    return this.edit("numbers", number, { application });
  }

  /** The numbers that are routed to a trunk. */
  numbersOf(trunkId: string): NumberRow[] {
    const path = `/v1/Account/${this.authId}/Zentrunk/Trunk/${trunkId}/`;
    return [...this.numbers.values()].filter((row) => row.application === path);
  }

  /** The trunks that point at an object, whatever its kind. */
  trunksUsing(id: string): TrunkRow[] {
    return [...this.trunks.values()].filter((trunk) => trunkReferences.some((name) => trunk[name] === id));
  }

  /** Deletes a trunk as the API does: its numbers are silently detached. */
  deleteTrunk(id: string): void {
    for (const row of this.numbersOf(id)) row.application = null;
    this.trunks.delete(id);
  }

  /** Deletes an origination URI as the API does: **the trunks that use it go with it**. */
  deleteOriginationUri(id: string): void {
    for (const trunk of this.trunksUsing(id)) this.deleteTrunk(trunk.trunk_id);
    this.originationUris.delete(id);
  }

  /** Takes a deleted object out of the trunks that point at it. */
  forget(kind: Kind, id: string): void {
    for (const trunk of this.trunksUsing(id)) {
      for (const name of trunkReferences) {
        if (referenceTarget[name] === kind && trunk[name] === id) trunk[name] = null;
      }
    }
  }

  /** Hides an object from reads for a while; writes act on it all the same. */
  hide(kind: Kind, id: string, { ms = 0, reads = 0 }: VisibilityDelay): void {
    this.#hidden.set(`${kind}/${id}`, { until: this.clock.now() + ms, readsLeft: reads });
  }

  /** One object as a read returns it; counts as a read of it. */
  read<K extends Kind>(kind: K, id: string): Rows[K] | undefined {
    return this.#isHidden(kind, id) ? undefined : this.table(kind).get(id);
  }

  /** The objects that a list returns, oldest first; counts as a read of each. */
  list<K extends Kind>(kind: K): Rows[K][] {
    return [...this.table(kind)].filter(([id]) => !this.#isHidden(kind, id)).map(([, row]) => row);
  }

  #createdNow(): Timestamps {
    return { created_at: this.#isoTime(), updated_at: this.#isoTime() };
  }

  #isoTime(): string {
    return new Date(this.clock.now()).toISOString();
  }

  #day(inDays: number): string {
    return new Date(this.clock.now() + inDays * DAY_MS).toISOString().slice(0, 10);
  }

  #isHidden(kind: Kind, id: string): boolean {
    const hidden = this.#hidden.get(`${kind}/${id}`);
    if (hidden === undefined) return false;
    if (hidden.readsLeft > 0) {
      hidden.readsLeft--;
      return true;
    }
    if (this.clock.now() < hidden.until) return true;
    this.#hidden.delete(`${kind}/${id}`);
    return false;
  }
}

/** The defaults, overlaid with what was given and is not undefined. */
function withDefaults<T extends object>(given: PartialRow<T>, defaults: T): T {
  const defined = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.assign(defaults, Object.fromEntries(defined));
}
