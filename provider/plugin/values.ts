/** Between the values of Pulumi's wire format and those of the kernel. */
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { STATE_KEYS, unknown, type Values } from "../lifecycle/index";

/** Marks an object on the wire that is a value with a meaning of its own. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Plain values, and the properties of which any part is secret. */
export interface FromWire {
  readonly values: Values;
  readonly secrets: ReadonlySet<string>;
}

/** Nothing at all is no properties. */
export function fromWire(struct: Struct | undefined): FromWire {
  const secrets = new Set<string>();
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(struct?.toJavaScript() ?? {})) {
    // The engine's own book-keeping is not the resource's.
    if (!key.startsWith("__") || STATE_KEYS.has(key)) values[key] = decode(value, () => secrets.add(key));
  }
  return { values, secrets };
}

/** `undefined` is left out. Properties named in `secrets` are marked as secret. */
export function toWire(values: Values, secrets: ReadonlySet<string> = new Set()): Struct {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  const encoded = entries.map(([key, value]) => {
    const wire = encode(value);
    return [key, secrets.has(key) && wire !== null ? { [SIGNATURE]: SECRET, value: wire } : wire] as const;
  });
  return Struct.fromJavaScript(Object.fromEntries(encoded));
}

function decode(value: unknown, foundSecret: () => void): unknown {
  if (value === UNKNOWN) return unknown;
  if (Array.isArray(value)) return value.map((element) => decode(element, foundSecret));
  if (typeof value !== "object" || value === null) return value;
  return decodeObject(new Map(Object.entries(value)), foundSecret);
}

function decodeObject(fields: ReadonlyMap<string, unknown>, foundSecret: () => void): unknown {
  const signature = fields.get(SIGNATURE);
  if (signature === SECRET) {
    foundSecret();
    return decode(fields.get("value"), foundSecret);
  }
  if (signature === OUTPUT) {
    if (fields.get("secret") === true) foundSecret();
    // An output without a value is one that is not known yet.
    return fields.has("value") ? decode(fields.get("value"), foundSecret) : unknown;
  }
  return Object.fromEntries([...fields].map(([key, field]) => [key, decode(field, foundSecret)]));
}

function encode(value: unknown): JavaScriptValue {
  if (value === unknown) return UNKNOWN;
  if (value === null || typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return value;
  if (Array.isArray(value)) return value.map((element) => encode(element ?? null));
  if (typeof value !== "object") return String(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([key, field]) => [key, encode(field)]));
}
