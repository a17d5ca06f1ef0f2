/** The objects of the stacks beside those of the account, property by property. What a list says is confirmed by a GET. */
import { diff, STATE_KEYS, type Values } from "../../provider/lifecycle/index";
import { type Account, resources, type Services } from "../../provider/resources/index";
import { describe } from "../inventory/describe";
import { holdsPassword, passwordsIn, tells } from "../inventory/hidden-names";
import { digitsOf, type LiveObject, type PhoneNumber } from "../inventory/inventory";
import { readOne } from "../inventory/read-account";
import { type Audited, type Managed, resourceReference } from "./audited";
import { type Finding, finding } from "./finding";

export interface Comparison {
  readonly findings: readonly Finding[];
  /** The objects that could not be read by themselves, and why. */
  readonly unread: ReadonlyMap<string, unknown>;
}

export async function compare(audited: Audited, account: Account): Promise<Comparison> {
  const { services } = account.context({ timeout: TIMEOUT, log: () => {} });
  const unread = new Map<string, unknown>();
  const mayShow = shownBy(audited);
  const numbers = new Map(audited.reading.numbers.map((number) => [digitsOf(number.number), number]));
  const findings: Finding[] = [];
  for (const [key, holders] of audited.managed) {
    const listed = listedAs(key, audited, numbers);
    for (const managed of holders) {
      if (listed && differencesOf(managed, listed).length === 0) continue;
      // From a list that lacks a page nothing follows.
      if (!listed && audited.reading.unread.size > 0) continue;
      try {
        findings.push(...(await confirmed(managed, services, mayShow)));
      } catch (error) {
        const { token, id = "" } = managed.entry;
        unread.set(describe({ token, id, friendlyName: "" }), error);
      }
    }
  }
  return { findings, unread };
}

/** For all of them: the rate limit may hold them up. */
const TIMEOUT = 600_000;

function listedAs(
  key: string,
  { reading }: Audited,
  numbers: ReadonlyMap<string, PhoneNumber>,
): LiveObject | undefined {
  const [, digits] = /^PhoneNumberAttachment\/(\d+)$/.exec(key) ?? [];
  if (digits === undefined) return reading.objects.get(key);
  // Of a number that is routed elsewhere there is no attachment, and it is not gone either.
  const number = numbers.get(digits);
  if (number === undefined) return undefined;
  const live = { number: digits, trunkId: number.trunkId };
  return { token: "PhoneNumberAttachment", id: digits, live, friendlyName: number.alias ?? "" };
}

type MayShow = (token: LiveObject["token"], property: string, value: unknown) => boolean;

async function confirmed(managed: Managed, services: Services, mayShow: MayShow): Promise<readonly Finding[]> {
  const { token, id = "", outputs } = managed.entry;
  const read = await readOne(token, id, services);
  if (read) {
    const friendlyName = mayShow(token, "name", read.friendlyName) ? read.friendlyName : "";
    const object = { ...read, friendlyName };
    return differencesOf(managed, object).map((property) => drift(managed, object, property, mayShow));
  }
  if (managed.entry.mayBeElsewhere) return [];
  // The first read of a new object waits for it, and a later run repairs it.
  if (outputs.__unconfirmed === "unseen") return [];
  const name = plain(outputs.name);
  return [
    finding("gone", {
      object: { token, id, live: {}, friendlyName: mayShow(token, "name", name) ? name : "" },
      resource: resourceReference(managed.stack, managed.entry),
      text: "it does not exist at Plivo, and the stack has it",
      action: "run `pulumi up --refresh`, which creates it again, and find out who deleted it",
    }),
  ];
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The properties that a refresh would change: what the program sets and Plivo returns. */
function differencesOf({ entry }: Managed, { token, live }: LiveObject): readonly string[] {
  const { properties } = resources[token];
  const { outputs } = entry;
  const maybe: Values = Object(outputs.__maybe);
  const isCompared = (key: string) =>
    properties[key]?.role === "input" && !STATE_KEYS.has(key) && !Object.hasOwn(maybe, key) && !isSecret(outputs[key]);
  const compared = Object.keys(properties).filter(isCompared);
  const only = (values: Values) => Object.fromEntries(compared.map((key) => [key, values[key]]));
  // Of what is left out here it would take the default.
  return Object.keys(diff(resources[token], only(outputs), only(live))).filter(isCompared);
}

/** What the engine writes in the place of a secret, encrypted or not. */
const SECRET = "4dabf18193072939515e22adb298388d";

function isSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSecret);
  return typeof value === "object" && value !== null && SECRET in value;
}

function drift(managed: Managed, object: LiveObject, property: string, mayShow: MayShow): Finding {
  const values = [managed.entry.outputs[property], object.live[property]];
  const [before, after] = values;
  const isShown = values.every((value) => mayShow(object.token, property, value));
  const change = isShown ? ` is ${shown(after)}, and ${shown(before)} in the state` : " differs from the state";
  return finding("drift", {
    object,
    resource: resourceReference(managed.stack, managed.entry),
    property,
    text: `${property}${change}`,
    action: "run `pulumi up --refresh` to restore what the program says, or change the program",
  });
}

/** A value without a password in it, nor one that another value has: a name may repeat it. */
function shownBy({ reading, managed }: Audited): MayShow {
  const states = [...managed.values()].flat().map(({ entry }) => ({ token: entry.token, live: entry.outputs }));
  const hidden = passwordsIn([...reading.objects.values(), ...states]);
  return (token, key, value) => {
    const property = resources[token].properties[key];
    if (property === undefined || property.facts.secret) return false;
    const texts = [value].flat().filter((one) => typeof one === "string");
    return !texts.some((text) => holdsPassword(property, text) || hidden.some((password) => tells(text, password)));
  };
}

const LONGEST = 200;

function shown(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}...`;
}
