/**
 * The errors that leave the kernel. Adapters translate them for their host; their text is never matched on.
 *
 * They are recognised by a brand and not by `instanceof`: a program may load two copies of this package.
 */
import { visible } from "../text/visible";
import { isNullish, type Values } from "./definition/values";

const brand: unique symbol = Symbol.for("pulumi-plivo.lifecycle-error");

type Kind = "operation-failed" | "init-failed" | "not-found" | "partial-write";

/** An operation failed and nothing has to be remembered. The message is one line and tells what to do. */
export class OperationError extends Error {
  readonly [brand]: Kind = "operation-failed";
  override readonly name: string = "OperationError";

  constructor(message: string, options?: ErrorOptions) {
    super(visible(message), options);
  }

  static isInstance(value: unknown): value is OperationError {
    return kindOf(value) !== undefined;
  }
}

/**
 * The object exists (or may exist) but is not as asked: the id must reach the state whatever else happens.
 * Both hosts recognise `{ id, properties, reasons }` and record them as a failed initialisation, which the next
 * `pulumi up` repairs through update.
 */
export class InitFailedError extends OperationError {
  override readonly [brand]: Kind = "init-failed";
  override readonly name: string = "InitFailedError";

  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    /** Every declared output, `null` where it has no value. */
    readonly properties: Values,
    reasons: readonly string[],
    options?: ErrorOptions,
  ) {
    super(reasons.join("; "), options);
    this.reasons = reasons.map(visible);
  }

  static override isInstance(value: unknown): value is InitFailedError {
    return kindOf(value) === "init-failed";
  }
}

/** Thrown by a create, an update or a delete that consists of many writes, some of which failed. It leaves the kernel as another error. */
export class PartialWriteError extends OperationError {
  override readonly [brand]: Kind = "partial-write";
  override readonly name: string = "PartialWriteError";

  constructor(
    /** What the object is now, and what was recorded of it. */
    readonly written: Values,
    /** Where it is not known what became of a write: what the object may be instead. */
    readonly maybe: Values | undefined,
    readonly reasons: readonly string[],
    options?: ErrorOptions,
  ) {
    super(reasons.join("; "), options);
  }

  static override isInstance(value: unknown): value is PartialWriteError {
    return kindOf(value) === "partial-write";
  }
}

/** The object that `get` or an import asked for does not exist. */
export class MissingError extends OperationError {
  override readonly [brand]: Kind = "not-found";
  override readonly name: string = "MissingError";

  static override isInstance(value: unknown): value is MissingError {
    return kindOf(value) === "not-found";
  }
}

function kindOf(value: unknown): Kind | undefined {
  if (!(value instanceof Error) || !(brand in value)) return undefined;
  return (value as OperationError)[brand];
}

/** The message of whatever was thrown, without assuming that it is an Error. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return visible(error.message);
  return isNullish(error) ? "no reason given" : visible(String(error));
}
