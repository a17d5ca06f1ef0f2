/** A few bytes that any process of this machine can send to the plugin's port must not stop it. */
import { BinaryReader } from "google-protobuf";

const BOUNDED = Symbol.for("pulumi-plivo.bounded-reader");

/**
 * google-protobuf reads a string of the stated length, also past the end of the message: six bytes that state 2 GB take a
 * minute of CPU time, in which no other request is served. From here on, a field that is longer than the rest of the
 * message is an error, which gRPC reports to the caller. For the whole process: generated code makes its readers itself.
 */
export function boundReaders(): void {
  const { prototype } = BinaryReader;
  if (Object.hasOwn(prototype, BOUNDED)) return;
  const next = prototype.nextField;
  function nextField(this: BinaryReader): boolean {
    const isField = next.call(this);
    if (isField && this.isDelimited()) refuseOverlong(this.getBuffer(), this.getCursor());
    return isField;
  }
  // The library itself calls it by a short name of its own, where it reads maps.
  const names = Object.getOwnPropertyNames(prototype).filter((name) => Reflect.get(prototype, name) === next);
  for (const name of names) Reflect.set(prototype, name, nextField);
  Object.defineProperty(prototype, BOUNDED, { value: true });
}

/** The length stands at the cursor, 7 bits a byte, the lowest first. */
function refuseOverlong(bytes: Uint8Array, cursor: number): void {
  let length = 0;
  for (let at = cursor, factor = 1; at < bytes.length; at++, factor *= 128) {
    const byte = bytes[at] ?? 0;
    length += (byte % 128) * factor;
    if (byte >= 128) continue;
    if (length <= bytes.length - at - 1) return;
    break;
  }
  throw new Error("a field is longer than its message");
}
