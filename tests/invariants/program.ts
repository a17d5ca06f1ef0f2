/** Programs, edits and faults as data, generated: what a user may declare, one run after the other. */
import * as fc from "fast-check";
import type { Declared } from "../support/adapters/mini-engine";

export const NUMBERS = ["14155550100", "14155550101"] as const;
/** Those of sets: the first is routed to an application, the second to nothing. */
export const SET_NUMBERS = ["14155550103", "14155550104"] as const;
/** Attached to a trunk of others. */
export const ATTACHED = "14155550102";
/** No error, line or trace may show one of these. */
export const PASSWORDS = ["Secret!one1", "Secret!two2", "hunter#three"] as const;

/** A user's own names are no proof of anything: unmanaged objects have them too. */
const ownName = fc.constantFrom(undefined, undefined, undefined, "shared");
export const TRUNK_NAMES: Readonly<Record<string, string>> = { t1: "shared", t2: "shared-2" };
const forceDestroy = fc.constantFrom(undefined, undefined, true);

const uri = fc.record({
  name: ownName,
  uri: fc.constantFrom("a.example.com", "b.example.com;transport=tls", "[2001:db8::5]:5060"),
  password: fc.constantFrom(undefined, undefined, ...PASSWORDS),
  forceDestroy,
});
const credential = fc.record({
  name: ownName,
  username: fc.constantFrom("pbxlondon", "pbxparis"),
  password: fc.constantFrom(PASSWORDS[0], PASSWORDS[1]),
});
const list = fc.record({
  name: ownName,
  ipAddresses: fc.subarray(["203.0.113.1", "198.51.100.0/24", "2001:db8::1"], { minLength: 1 }),
});
const trunk = fc.record({
  name: ownName,
  trunkDirection: fc.constantFrom("inbound", "inbound", "outbound"),
  trunkStatus: fc.constantFrom(undefined, "enabled", "disabled"),
  secure: fc.constantFrom(undefined, true),
  primary: fc.constantFrom("uri-1", "u1", "u2"),
  fallback: fc.constantFrom(undefined, "uri-2", "u2"),
  byList: fc.boolean(),
  forceDestroy,
});
const attachment = fc.record({ number: fc.constantFrom(...NUMBERS), to: fc.constantFrom("100", "t1", "t2") });

const set = fc.record({
  numbers: fc.subarray([...SET_NUMBERS], { minLength: 1 }),
  to: fc.constantFrom("100", "t1", "t2"),
  exclusive: fc.constantFrom(undefined, undefined, true),
});

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const declared = fc.record({
  u1: maybe(uri),
  u2: maybe(uri),
  c1: maybe(credential),
  a1: maybe(list),
  t1: maybe(trunk),
  t2: maybe(trunk),
  n1: maybe(attachment),
  s1: maybe(set),
});

type Spec = typeof declared extends fc.Arbitrary<infer Value> ? Value : never;
type TrunkSpec = NonNullable<Spec["t1"]>;

/** One fault at one request, or from that request on. */
export interface Strike {
  /** Its place in `faults`. */
  readonly fault: number;
  /** Counted from 0, of the requests that this fault can strike. */
  readonly nth: number;
  readonly often: "once" | "lasting";
}

/** A number is the probability of a fault for each request. */
export type FaultLevel = "none" | "some" | "much" | "storm" | number | Strike;

export interface Step {
  readonly program: readonly Declared[];
  /** What the user runs. */
  readonly command: "up" | "replace" | "refresh" | "destroy";
  readonly faults: FaultLevel;
  /** Of the faults. */
  readonly seed: number;
  /** Unmanaged objects appear that look like the user's. */
  readonly unmanaged: boolean;
  /** The user's objects are changed by hand, before the command. */
  readonly tampering: boolean;
  /** The engine compares all resources before its first step. @default false */
  readonly comparesFirst?: boolean;
}

/** A few runs with faults, each of an edited program. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    program: declared.map(programOf),
    command: fc.constantFrom<Step["command"]>("up", "up", "up", "up", "replace", "refresh", "destroy"),
    faults: fc.constantFrom<FaultLevel>("none", "some", "much", "much", "storm"),
    seed: fc.nat(),
    unmanaged: fc.boolean(),
    tampering: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

/** The same one for the same seed. */
export function historyOf(seed: number): readonly Step[] {
  return fc.sample(history, { seed, numRuns: 1 })[0] ?? [];
}

/** In the order of their references; what refers to nothing that is declared refers to an object of the seed. */
function programOf({ u1, u2, c1, a1, t1, t2, n1, s1 }: Spec): readonly Declared[] {
  const there = new Set(Object.entries({ u1, u2, c1, a1 }).flatMap(([name, spec]) => (spec ? [name] : [])));
  const program: Declared[] = [];
  for (const [name, spec] of Object.entries({ u1, u2 })) if (spec) program.push(uriOf(name, spec));
  if (c1) program.push({ name: "c1", token: "Credential", args: given(c1) });
  if (a1) program.push({ name: "a1", token: "IpAccessControlList", args: given(a1) });
  for (const [name, spec] of Object.entries({ t1, t2 })) if (spec) program.push(trunkOf(name, spec, there));
  const inbound = program.filter(({ args }) => args.trunkDirection === "inbound").map(({ name }) => name);
  if (n1) program.push(attachmentOf(n1, inbound));
  if (s1) program.push(setOf(s1, inbound));
  return program;
}

function given(args: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

function uriOf(name: string, { password, ...rest }: NonNullable<Spec["u1"]>): Declared {
  const authentication = password === undefined ? {} : { authenticationNeeded: true, username: "pbx", password };
  return { name, token: "OriginationUri", args: given({ ...rest, ...authentication }) };
}

function trunkOf(name: string, spec: TrunkSpec, there: ReadonlySet<string>): Declared {
  const { primary, fallback, byList, ...args } = spec;
  const wanted =
    spec.trunkDirection === "inbound"
      ? { primaryUriUuid: there.has(primary) ? primary : "uri-1", fallbackUriUuid: known(fallback, there) }
      : byList
        ? { ipaclUuid: there.has("a1") ? "a1" : "acl-1" }
        : { credentialUuid: there.has("c1") ? "c1" : "cred-1" };
  const { references, literals } = split(given(wanted), there);
  // Names of trunks are unique: two of one program cannot have the same one.
  const ownName = args.name === undefined ? undefined : TRUNK_NAMES[name];
  return { name, token: "Trunk", args: { ...given({ ...args, name: ownName }), ...literals }, references };
}

function known(reference: string | undefined, there: ReadonlySet<string>): string | undefined {
  return reference === undefined || reference.startsWith("uri-") || there.has(reference) ? reference : undefined;
}

function attachmentOf({ number, to }: NonNullable<Spec["n1"]>, inbound: readonly string[]): Declared {
  const { references, literals } = split({ trunkId: inbound.includes(to) ? to : "100" }, new Set(inbound));
  return { name: "n1", token: "PhoneNumberAttachment", args: { number, ...literals }, references };
}

function setOf({ to, ...args }: NonNullable<Spec["s1"]>, inbound: readonly string[]): Declared {
  // An exclusive one would take the numbers of others off their trunk.
  const isOurs = inbound.includes(to);
  const { references, literals } = split({ trunkId: isOurs ? to : "100" }, new Set(inbound));
  const { exclusive, ...rest } = args;
  return { name: "s1", token: "TrunkPhoneNumbers", args: { ...given(isOurs ? args : rest), ...literals }, references };
}

function split(wanted: Readonly<Record<string, unknown>>, there: ReadonlySet<string>) {
  const isReference = ([, to]: [string, unknown]) => there.has(String(to));
  const entries = Object.entries(wanted);
  return {
    references: Object.fromEntries(entries.filter(isReference)) as Record<string, string>,
    literals: Object.fromEntries(entries.filter((entry) => !isReference(entry))),
  };
}
