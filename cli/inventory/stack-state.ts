/** What a stack has of Plivo, from what `pulumi stack export` prints. */
import { unconfirmedName, type Values } from "../../provider/lifecycle/index";
import { type ResourceToken, resources } from "../../provider/resources/index";
import { logicalName } from "../../provider/text/urn";
import { type ExportedStack, parseExportedStack } from "../shared/exported-stack";
import { digitsOf, keyOf } from "./inventory";

/** A resource of Plivo in a state. */
export interface StateEntry {
  readonly token: ResourceToken;
  readonly urn: string;
  /** In the program. */
  readonly name: string;
  /** `undefined`: there is none yet. */
  readonly id: string | undefined;
  /** The name of an unconfirmed create, which is in the place of the id. */
  readonly unconfirmed: string | undefined;
  readonly outputs: Values;
  /** Whether it is managed: not what `get` reads, nor what waits for its deletion. */
  readonly isManaged: boolean;
  /** It waits for its deletion: something has replaced it. */
  readonly isLeaving: boolean;
  /** The Auth ID of its provider, where that is another account than the one that is read. */
  readonly otherAccount: string | undefined;
  /** The Auth ID of its provider is encrypted: that it is not on the account says nothing. */
  readonly mayBeElsewhere: boolean;
  /** The Auth ID of its provider is that of the account that is read. */
  readonly namesAccount: boolean;
}

/** What an attachment, or a set of them, routes where. */
export interface PendingRoute {
  /** Digits. */
  readonly numbers: readonly string[];
  readonly trunkId: string;
}

/** What the engine had begun when it was killed. */
export interface PendingOperation {
  readonly token: ResourceToken;
  readonly urn: string;
  readonly name: string;
  /** `creating`, `updating`, `deleting`, `reading`, `importing` */
  readonly type: string;
  /** The name that the object was to have at Plivo. */
  readonly friendlyName: string | undefined;
  /** Of phone numbers; `undefined` also where a part of it is encrypted. */
  readonly route: PendingRoute | undefined;
  readonly otherAccount: string | undefined;
  readonly mayBeElsewhere: boolean;
  readonly namesAccount: boolean;
}

export interface ManagedSet {
  readonly name: string;
  /** No other resource of the program may have numbers of the trunk. */
  readonly isExclusive: boolean;
}

export interface StackState {
  readonly entries: readonly StateEntry[];
  readonly pending: readonly PendingOperation[];
  /** Trunk -> the managed set of its numbers. */
  readonly sets: ReadonlyMap<string, ManagedSet>;
  /** The names of all resources, of Plivo or not. */
  readonly everyName: ReadonlySet<string>;
}

type Entry = NonNullable<ExportedStack["deployment"]["resources"]>[number];

const TYPE = /^(?:plivo:index:|pulumi-nodejs:dynamic\/plivo:)(\w+)$/;
const PROVIDER = "pulumi:providers:plivo";

/**
 * @param what names the text in errors
 * @param authId of the account that is read: a provider of the stack may be configured with another one
 */
export function stackState(exported: string, what: string, authId: string): StackState {
  const { resources: all = [], pending_operations: pending = [] } = parseExportedStack(exported, what).deployment;
  const others = providersOfOthers(all, authId);
  const unknown = providersOfUnknown(all);
  const own = providersOf(all, authId);
  const about = (entry: Entry) => ({
    urn: entry.urn,
    name: nameOf(entry),
    otherAccount: others.get(String(entry.provider)),
    mayBeElsewhere: unknown.has(String(entry.provider)),
    namesAccount: own.has(String(entry.provider)),
  });
  const entries = all.flatMap((entry): readonly StateEntry[] => {
    const token = tokenOf(entry);
    return token === undefined ? [] : [{ token, ...about(entry), ...identityOf(entry) }];
  });
  return {
    everyName: new Set(all.map(nameOf)),
    entries: entries.flatMap(attachmentsIn),
    sets: new Map(
      entries.flatMap(({ token, id, name, outputs: { exclusive }, isManaged }) =>
        token === "TrunkPhoneNumbers" && id !== undefined && isManaged
          ? [[id, { name, isExclusive: exclusive === true }] as const]
          : [],
      ),
    ),
    pending: pending.flatMap(({ resource, type }) => {
      const token = tokenOf(resource);
      if (token === undefined) return [];
      const inputs = isRecord(resource.inputs) ? resource.inputs : {};
      const friendlyName = typeof inputs.name === "string" ? inputs.name : undefined;
      return [{ token, ...about(resource), type: String(type), friendlyName, route: routeIn(inputs) }];
    }),
  };
}

function routeIn({ number, numbers = [number], trunkId }: Values): PendingRoute | undefined {
  const all: readonly unknown[] = Array.isArray(numbers) ? numbers : [undefined];
  const known = all.filter((one) => typeof one === "string");
  if (typeof trunkId !== "string" || known.length < all.length) return undefined;
  return { numbers: known.map(digitsOf), trunkId };
}

function identityOf({ id, outputs, external, delete: leaving }: Entry) {
  const isLeaving = leaving === true;
  const unconfirmed = typeof id === "string" ? unconfirmedName(id) : undefined;
  return {
    id: typeof id === "string" && unconfirmed === undefined ? id : undefined,
    unconfirmed,
    outputs: isRecord(outputs) ? outputs : {},
    isManaged: external !== true && !isLeaving,
    isLeaving,
  };
}

/** A set manages what as many attachments would: each of its numbers is an entry of its own. */
function attachmentsIn(entry: StateEntry): readonly StateEntry[] {
  const { token, id, outputs } = entry;
  if (token !== "TrunkPhoneNumbers" || id === undefined) return [entry];
  const all: readonly unknown[] = Array.isArray(outputs.numbers) ? outputs.numbers : [undefined];
  const numbers = all.filter((one) => typeof one === "string");
  // Which numbers are encrypted is not known: then it may be any of the trunk.
  const others = numbers.length < all.length ? [entry] : [];
  // What an update without a usable response may have changed is not known of any of them.
  const maybe = isRecord(outputs.__maybe) ? { __maybe: { trunkId: id } } : {};
  const attachments = numbers.map((number): StateEntry => {
    const digits = digitsOf(number);
    return { ...entry, token: "PhoneNumberAttachment", id: digits, outputs: { number: digits, trunkId: id, ...maybe } };
  });
  return [...attachments, ...others];
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameOf({ urn }: Entry): string {
  return logicalName(urn);
}

function tokenOf({ type }: Entry): ResourceToken | undefined {
  const token = TYPE.exec(type)?.[1];
  return token !== undefined && Object.hasOwn(resources, token) ? (token as ResourceToken) : undefined;
}

/** As resources refer to them. The default one is of the account of the stack's configuration. */
function providersOfUnknown(entries: readonly Entry[]): ReadonlySet<string> {
  const unknown = entries.filter((entry) => {
    const configured = entry.type === PROVIDER ? Reflect.get(Object(entry.inputs), "authId") : undefined;
    return isRecord(configured) && !/^default(_|$)/.test(nameOf(entry));
  });
  return new Set(unknown.map(({ urn, id }) => `${urn}::${id}`));
}

/** As resources refer to them: those of this account. */
function providersOf(entries: readonly Entry[], authId: string): ReadonlySet<string> {
  const own = entries.filter(
    ({ type, inputs }) => type === PROVIDER && Reflect.get(Object(inputs), "authId") === authId,
  );
  return new Set(own.map(({ urn, id }) => `${urn}::${id}`));
}

/** As resources refer to them -> the Auth ID. One that is secret or from the environment is not known. */
function providersOfOthers(entries: readonly Entry[], authId: string): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ type, urn, id, inputs }) => {
      const configured = type === PROVIDER ? Reflect.get(Object(inputs), "authId") : undefined;
      return typeof configured === "string" && configured !== authId ? [[`${urn}::${id}`, configured]] : [];
    }),
  );
}

/** The trunks of sets of which not every number is known: such a set may have any number of its trunk. */
export function trunksOfUnknownNumbers(entries: readonly StateEntry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ token, id }) => (token === "TrunkPhoneNumbers" && id !== undefined ? [id] : [])));
}

/** The managed object of an entry, by `keyOf`; `undefined` where there is none on this account. */
export function managedKey({ token, id, isManaged, otherAccount }: StateEntry): string | undefined {
  // A set is no object: its attachments are.
  if (token === "TrunkPhoneNumbers") return undefined;
  return id !== undefined && isManaged && otherAccount === undefined ? keyOf(token, id) : undefined;
}
