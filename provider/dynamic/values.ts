/** Between the values of Pulumi's dynamic provider host and those of the kernel. */
import { unknown, type Values } from "../lifecycle/index";

/** What the host passes for a value that is not known yet, whatever its type. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface FromHost {
  readonly values: Values;
  /** The text that names this provider; it must be in everything that reaches the state. */
  readonly provider: unknown;
  /** The name that the SDK class proposes. */
  readonly autoName: string | undefined;
  /** The properties that the program marked as secret; the SDK class tells, because the host unwraps them. */
  readonly secrets: ReadonlySet<string>;
}

/** Keys that begin with `__` are between the SDK class, the host and us; no resource sees them. */
export function fromHost(props: Readonly<Record<string, unknown>> | undefined): FromHost {
  const entries = Object.entries(props ?? {});
  const values = entries.filter(([key]) => !key.startsWith("__")).map(([key, value]) => [key, decode(value)]);
  const autoName = props?.__autoName;
  return {
    values: Object.fromEntries(values),
    provider: props?.__provider,
    autoName: typeof autoName === "string" && autoName !== UNKNOWN ? autoName : undefined,
    secrets: new Set(Array.isArray(props?.__secrets) ? props.__secrets.map(String) : []),
  };
}

/**
 * Only what the host can encode: it loses the object, or hangs for ever, on an `undefined` anywhere in what we answer.
 */
export function toHost(values: Values): Record<string, unknown> {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, encode(value)]));
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
