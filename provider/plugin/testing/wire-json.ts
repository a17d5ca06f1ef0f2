/** For tests: values as the engine writes them. */
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

export type Json = Readonly<Record<string, unknown>>;

const SIGNATURE = "4dabf18193072939515e22adb298388d";

/** What the engine sends for a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function secret(value: unknown): Json {
  return { [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value };
}

/** An output with what it depends on; without a value it is not known yet. */
export function output(facts: Json): Json {
  return { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...facts };
}

/** What arrives from the provider; secrets and outputs are wrapped. */
export function json(values: Struct | undefined): Json {
  return values?.toJavaScript() ?? {};
}

/** Values without the marks of secrets: the engine keeps these beside the values. */
export function unwrapped(values: Json): Json {
  const plain = (value: unknown) =>
    typeof value === "object" && value !== null && SIGNATURE in value ? Reflect.get(value, "value") : value;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(value)]));
}

export function struct(values: Json): Struct {
  // A test writes JSON, and may leave things undefined.
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Record<string, JavaScriptValue>);
}
