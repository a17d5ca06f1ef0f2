/** Between the values of Pulumi's dynamic provider host and those of the kernel. */
import * as z from "zod";
import { isNullish, STATE_KEYS, unknown, type Values } from "../lifecycle/index";

/** What the host passes for a value that is not known yet, whatever its type. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Marks an object as the secret that its `value` is. The host passes it on to the engine, and never one to us. */
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** The import of a resource, as the state keeps it for as long as the resource lives. */
export interface ImportMark {
  /** As the program gives it. */
  readonly id: string;
  /** Of the resource, when it was imported: the same after a rename. */
  readonly urn: string;
}

/** The resource option `import`. */
export interface ImportOption extends ImportMark {
  /** The property paths of which the program ignores changes: the object keeps its own values. */
  readonly ignored: readonly string[];
}

export interface FromHost {
  readonly values: Values;
  /** The text that names this provider; it must be in everything that reaches the state. */
  readonly provider: unknown;
  /** The name that the SDK class proposes. */
  readonly autoName: string | undefined;
  /** Nothing will be made in this run. */
  readonly isPreview: boolean;
  /** Where the SDK class tells it: of resources that share what each may have alone. */
  readonly urn: string | undefined;
  readonly importOption: ImportOption | undefined;
  readonly imported: ImportMark | undefined;
  /** The properties that check could not be sure to be plain, and that a diff would show. */
  readonly hidden: ReadonlySet<string>;
  /** The properties whose value may be a secret, which the host unwraps: all but the plain values that the SDK class tells. */
  readonly secrets: ReadonlySet<string>;
}

/** Other keys that begin with `__` are between the SDK class, the host and us; no resource sees them. */
export function fromHost(props: Readonly<Record<string, unknown>> | undefined): FromHost {
  const entries = Object.entries(props ?? {}).filter(([key]) => !key.startsWith("__") || STATE_KEYS.has(key));
  const values = entries.map(([key, value]) => [key, decode(value)]);
  const autoName = props?.__autoName;
  const option = importOption.safeParse(props?.[IMPORT]).data;
  const plain = new Map(Object.entries(props?.__plain ?? {}));
  const mayBeSecret = ([key, value]: readonly [string, unknown]) => !isEmpty(value) && !isSame(plain.get(key), value);
  return {
    values: Object.fromEntries(values),
    provider: props?.__provider,
    autoName: typeof autoName === "string" && autoName !== UNKNOWN ? autoName : undefined,
    urn: typeof props?.__urn === "string" ? props.__urn : undefined,
    isPreview: props?.__preview === true,
    importOption: option,
    imported: option ? undefined : importMark.safeParse(props?.[IMPORT]).data,
    hidden: new Set(Array.isArray(props?.[HIDDEN]) ? props[HIDDEN].map(String) : []),
    secrets: new Set(entries.filter(mayBeSecret).map(([key]) => key)),
  };
}

/** What the state keeps of a resource besides its properties. */
export type Marks = Partial<Pick<FromHost, "imported" | "hidden">>;

/**
 * What check, create, read and update return. Only what the host can encode: it loses the object, or hangs for ever, on an
 * `undefined` anywhere in it. Values of the properties in `secrets` are marked, however they were set: of the others the
 * engine marks what the program did.
 */
export function toHost(
  values: Values,
  secrets: ReadonlySet<string>,
  { imported, hidden = new Set() }: Marks = {},
): Record<string, unknown> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  const encoded = entries.map(([key, value]) => {
    const plain = encode(value);
    return [key, secrets.has(key) && plain !== null ? { ...SECRET, value: plain } : plain] as const;
  });
  return {
    ...Object.fromEntries(encoded),
    ...(imported && { [IMPORT]: { ...imported } }),
    ...(hidden.size > 0 && { [HIDDEN]: [...hidden] }),
  };
}

/** Only check can tell, with the help of the SDK class, what may be a secret: the state keeps it for later diffs. */
const HIDDEN = "__hidden";

/** From the SDK class it is the option; check turns it into the mark that the state keeps. */
const IMPORT = "__import";

const importMark = z.object({ id: z.string(), urn: z.string() });
const importOption = importMark.extend({ ignored: z.array(z.string()) });

function isEmpty(value: unknown): boolean {
  return isNullish(value) || (Array.isArray(value) && value.length === 0);
}

function isSame(plain: unknown, value: unknown): boolean {
  return plain === value || (Array.isArray(value) && JSON.stringify(plain) === JSON.stringify(value));
}

function decode(value: unknown): unknown {
  if (value === UNKNOWN) return unknown;
  return Array.isArray(value) ? value.map(decode) : value;
}

function encode(value: unknown): unknown {
  if (value === unknown) return UNKNOWN;
  if (Array.isArray(value)) return value.map((element) => encode(element ?? null));
  return typeof value === "bigint" || typeof value === "function" || typeof value === "symbol" ? String(value) : value;
}
