/**
 * For tests: what Pulumi's dynamic provider host does with a provider object between the engine and us, as read in
 * @pulumi/pulumi/cmd/dynamic-provider/index.js of 3.270. It forgives as little as the original.
 */
import type { dynamic } from "@pulumi/pulumi";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** A secret on its way to the engine, which encrypts it. */
export const secret = (value: unknown) => ({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270", value });

/** What the host passes for a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Props = Readonly<Record<string, unknown>>;

/** An error as the engine gets it. */
export class HostFailure extends Error {
  constructor(
    message: string,
    /** What makes it a failed initialisation: the engine records the object under this id. */
    readonly details?: { readonly id: string; readonly properties: Props; readonly reasons: readonly string[] },
  ) {
    super(message);
  }
}

export interface HostDiff {
  readonly changes: "some" | "none" | "unknown";
  readonly replaces: string[];
  readonly deleteBeforeReplace?: boolean;
}

export class FakeHost {
  /** What it wrote to the user's terminal: messages and stacks of failing checks, diffs, reads and deletes. */
  readonly printed: string[] = [];

  constructor(private readonly provider: dynamic.ResourceProvider) {}

  async check(olds: Props, news: Props): Promise<{ inputs: Props; failures: readonly dynamic.CheckFailure[] }> {
    const { check } = this.provider;
    if (!check) throw new Error("without check, a mistake would reach Plivo");
    const { inputs = news, failures = [] } = await this.#printing(check(received(olds), received(news)));
    return { inputs: encode({ ...inputs, __provider: news.__provider }), failures };
  }

  async diff(id: string, olds: Props, news: Props): Promise<HostDiff> {
    const { diff } = this.provider;
    if (!diff) throw new Error("without diff, a change of our text would update every resource");
    const {
      changes,
      replaces = [],
      deleteBeforeReplace,
    } = await this.#printing(diff(id, received(olds), received(news)));
    const reported = changes === undefined ? "unknown" : changes ? "some" : "none";
    return { changes: reported, replaces, ...(deleteBeforeReplace && { deleteBeforeReplace }) };
  }

  async create(props: Props): Promise<{ id: string; properties: Props }> {
    return detailed(async () => {
      const { id, outs } = await this.provider.create(received(props));
      return { id, properties: encode({ ...outs, __provider: props.__provider }) };
    });
  }

  async read(id: string, props: Props): Promise<{ id: string | undefined; properties: Props; inputs?: Props }> {
    const { read } = this.provider;
    if (!read) throw new Error("without read, drift is never seen");
    const found = await this.#printing(read(id, received(props)));
    const ours = { __provider: props.__provider };
    const inputs = found.inputs && { inputs: encode({ ...found.inputs, ...ours }) };
    return { id: found.id, properties: encode({ ...found.props, ...ours }), ...inputs };
  }

  async update(id: string, olds: Props, news: Props): Promise<{ properties: Props }> {
    return detailed(async () => {
      const result = await this.provider.update?.(id, received(olds), received(news));
      return { properties: encode({ ...result?.outs, __provider: news.__provider }) };
    });
  }

  async delete(id: string, props: Props): Promise<void> {
    await this.#printing(Promise.resolve(this.provider.delete?.(id, received(props))));
  }

  async #printing<Result>(operation: Promise<Result>): Promise<Result> {
    try {
      return await operation;
    } catch (error) {
      // For anything but an Error the original throws here, in its own handler: the engine waits for ever.
      if (!(error instanceof Error)) throw new Error(`the engine hangs: ${String(error)} was thrown`);
      this.printed.push(`${error}: ${error.stack}`);
      throw new HostFailure(error.message);
    }
  }
}

async function detailed<Result>(operation: () => Promise<Result>): Promise<Result> {
  try {
    return await operation();
  } catch (error) {
    if (!(error instanceof Error)) throw new Error(`the engine hangs: ${String(error)} was thrown`);
    const { id, properties = {}, reasons = [] } = error as Partial<HostFailure["details"]> & Error;
    if (!id) throw new HostFailure(error.message);
    // The original is not caught here either: what cannot be encoded hangs the engine.
    throw new HostFailure(error.message, { id, properties: encode(properties), reasons: [...reasons] });
  }
}

/** Like Struct.fromJavaScript: what is not JSON throws. */
function encode(props: Props): Props {
  rejectStrange(props, "");
  return copy(props);
}

function rejectStrange(value: unknown, path: string): void {
  if (["undefined", "function", "symbol", "bigint"].includes(typeof value))
    throw new Error(`Unexpected struct type: ${typeof value} at ${path}`);
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) rejectStrange(inner, `${path}.${key}`);
}

/** As the host has told it that it accepts no secrets, the engine sends it what they are. */
export function received(props: Props): Record<string, unknown> {
  return Object.fromEntries(Object.entries(copy(props)).map(([key, value]) => [key, unwrapped(value)]));
}

function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null) return value;
  if (SIGNATURE in value && "value" in value) return unwrapped(value.value);
  return received({ ...value });
}

function copy(props: Props): Record<string, unknown> {
  return structuredClone({ ...props });
}
