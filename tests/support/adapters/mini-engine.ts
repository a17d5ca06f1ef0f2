/**
 * What the real engine does around a provider, as far as it can lose or double objects: the order of its requests, the
 * second check of a replacement, and what it records when a step fails.
 */

import type { ResourceToken } from "../../../provider/resources/index";
import { type Adapter, FailedInitialisation, type Props, type State } from "./adapter";

/** A resource of the program. */
export interface Declared {
  readonly name: string;
  readonly token: ResourceToken;
  readonly args: Props;
  /** Arguments that are the ids of other resources, by the logical names of these. */
  readonly references?: Readonly<Record<string, string>>;
  /** The resource option `import`. */
  readonly imports?: string;
}

/** One resource in the state. */
export interface Entry extends State {
  readonly name: string;
  readonly token: ResourceToken;
  readonly initErrors: readonly string[];
  /** It was deleted for a replacement that has not been made yet. */
  readonly pendingReplacement: boolean;
  /** It was replaced and is still to be deleted. */
  readonly pendingDelete: boolean;
}

export interface Failure {
  readonly name: string;
  readonly doing: string;
  readonly error: unknown;
}

type Step = () => Promise<void>;

/** An adapter for each logical name; each run of the engine has a process of its own. */
export type Adapters = (name: string) => Adapter;

export class MiniEngine {
  #state: Entry[] = [];
  /** Whether all resources are compared with the program before the first step, as the engine may that works on many at once. */
  comparesFirst = false;
  /** Runs around each update, with the properties that a preview shows of it. */
  aroundUpdate: (entry: Entry, changed: readonly string[], update: () => Promise<void>) => Promise<void> = (
    _,
    __,
    go,
  ) => go();

  get state(): readonly Entry[] {
    return this.#state;
  }

  /** The one that a program means by a name. */
  entry(name: string): Entry | undefined {
    return this.#state.find((entry) => entry.name === name && !entry.pendingDelete);
  }

  /** `pulumi state delete` */
  forget(entry: Entry): void {
    this.#replace(entry, undefined);
  }

  /**
   * `pulumi up`. What depends on a failed resource is left out, and so are all deletes.
   *
   * @param replaced What is to be replaced whether it has changed or not, as with `--target-replace`.
   */
  async up(
    adapters: Adapters,
    program: readonly Declared[],
    replaced: (name: string) => boolean = () => false,
  ): Promise<readonly Failure[]> {
    const failures: Failure[] = [];
    const failed = new Set<string>();
    const compared = new Map<Declared, Step>();
    if (this.comparesFirst)
      for (const declared of program)
        compared.set(declared, await this.#compare(adapters(declared.name), declared, replaced(declared.name)));
    for (const declared of program) {
      const { name } = declared;
      const settle = async () =>
        (compared.get(declared) ?? (await this.#compare(adapters(name), declared, replaced(name))))();
      if (Object.values(declared.references ?? {}).some((on) => failed.has(on))) failed.add(name);
      else await this.#guarded(name, "up", failures, settle);
      if (failures.at(-1)?.name === name) failed.add(name);
    }
    if (failures.length > 0) return failures;
    const names = new Set(program.map(({ name }) => name));
    await this.#deleteAll(adapters, failures, (entry) => entry.pendingDelete || !names.has(entry.name));
    return failures;
  }

  async destroy(adapters: Adapters): Promise<readonly Failure[]> {
    const failures: Failure[] = [];
    await this.#deleteAll(adapters, failures, () => true);
    return failures;
  }

  /** `pulumi refresh` */
  async refresh(adapters: Adapters): Promise<readonly Failure[]> {
    const failures: Failure[] = [];
    for (const entry of this.#state.filter((it) => !it.pendingDelete)) {
      await this.#guarded(entry.name, "refresh", failures, async () => {
        const found = await adapters(entry.name).read(entry.token, entry);
        this.#replace(entry, found && { ...entry, ...found, initErrors: [] });
      });
    }
    return failures;
  }

  async #guarded(name: string, doing: string, failures: Failure[], step: () => Promise<unknown>): Promise<void> {
    try {
      await step();
    } catch (error) {
      failures.push({ name, doing, error });
    }
  }

  async #compare(adapter: Adapter, declared: Declared, isReplaced: boolean): Promise<Step> {
    const { name, token } = declared;
    const entry = this.entry(name) ?? (await this.#imported(adapter, declared));
    const args = this.#resolved(declared);
    // The provider hears nothing of the old object before it makes the new one.
    // Under a fixed name of a trunk that needs the option deleteBeforeReplace, as docs/limits.md says.
    const isFixed = token === "Trunk" && args.name !== undefined;
    if (entry && isReplaced) return () => this.#replaceObject(adapter, declared, args, entry, isFixed);
    const inputs = await checked(adapter, declared, args, entry?.inputs);
    if (!entry) return () => this.#create(adapter, declared, inputs, undefined);
    const { changed, replaces, deleteBeforeReplace } = await adapter.diff(token, entry, inputs);
    const isChanged = changed.length > 0 || deleteBeforeReplace === true;
    if (entry.pendingReplacement || (isChanged && replaces.length > 0))
      return () => this.#replaceObject(adapter, declared, args, entry, deleteBeforeReplace === true);
    if (isChanged || entry.initErrors.length > 0)
      return () => this.aroundUpdate(entry, changed, () => this.#update(adapter, entry, inputs));
    return async () => this.#replace(entry, { ...entry, inputs });
  }

  async #imported(adapter: Adapter, { name, token, imports }: Declared): Promise<Entry | undefined> {
    if (imports === undefined || adapter.importsItself) return undefined;
    const found = await adapter.read(token, imports);
    if (!found) throw new Error(`resource '${imports}' does not exist`);
    return this.#record({ ...found, name, token }, []);
  }

  #record(made: Pick<Entry, "name" | "token"> & State, initErrors: readonly string[]): Entry {
    const entry = { ...made, initErrors, pendingReplacement: false, pendingDelete: false };
    this.#state.push(entry);
    return entry;
  }

  #resolved({ args, references = {} }: Declared): Props {
    const ids = Object.entries(references).map(([key, name]) => [key, this.entry(name)?.id]);
    return { ...args, ...Object.fromEntries(ids) };
  }

  async #replaceObject(adapter: Adapter, declared: Declared, args: Props, entry: Entry, deleteFirst: boolean) {
    // The engine forgets the old values here, so that names and other defaults are made anew.
    const inputs = await checked(adapter, declared, args, undefined);
    let old = entry;
    if (deleteFirst && !entry.pendingReplacement) {
      await adapter.delete(entry.token, entry);
      old = { ...entry, pendingReplacement: true };
      this.#replace(entry, old);
    }
    await this.#create(adapter, declared, inputs, old);
  }

  async #create(adapter: Adapter, { name, token }: Declared, inputs: Props, old: Entry | undefined): Promise<void> {
    const record = (state: State, initErrors: readonly string[]) => {
      if (old) this.#replace(old, old.pendingReplacement ? undefined : { ...old, pendingDelete: true });
      this.#record({ ...state, name, token }, initErrors);
    };
    try {
      record(await adapter.create(token, inputs), []);
    } catch (error) {
      if (error instanceof FailedInitialisation) record(error.state, error.reasons);
      throw error;
    }
  }

  async #update(adapter: Adapter, entry: Entry, inputs: Props): Promise<void> {
    try {
      this.#replace(entry, { ...entry, ...(await adapter.update(entry.token, entry, inputs)), initErrors: [] });
    } catch (error) {
      if (error instanceof FailedInitialisation)
        this.#replace(entry, { ...entry, ...error.state, initErrors: error.reasons });
      throw error;
    }
  }

  async #deleteAll(adapters: Adapters, failures: Failure[], which: (entry: Entry) => boolean): Promise<void> {
    const rank = ({ token }: Entry) => DELETED_FIRST.indexOf(token);
    for (const entry of this.#state.filter(which).sort((a, b) => rank(a) - rank(b))) {
      // What depends on it could not be deleted: the engine does not even try.
      if (failures.some(({ name }) => rank(this.#any(name)) < rank(entry))) continue;
      await this.#guarded(entry.name, "delete", failures, async () => {
        if (!entry.pendingReplacement) await adapters(entry.name).delete(entry.token, entry);
        this.#replace(entry, undefined);
      });
    }
  }

  #any(name: string): Entry {
    const entry = this.#state.find((it) => it.name === name);
    if (!entry) throw new Error(`${name} is not in the state`);
    return entry;
  }

  #replace(entry: Entry, by: Entry | undefined): void {
    this.#state = this.#state.flatMap((other) => (other !== entry ? [other] : by ? [by] : []));
  }
}

/** Users before what they use. */
const DELETED_FIRST: readonly ResourceToken[] = [
  "PhoneNumberAttachment",
  "TrunkPhoneNumbers",
  "Trunk",
  "Credential",
  "IpAccessControlList",
  "OriginationUri",
];

async function checked(
  adapter: Adapter,
  { name, token, imports }: Declared,
  args: Props,
  olds: Props | undefined,
): Promise<Props> {
  const { inputs, failures } = await adapter.check(token, args, olds, imports);
  if (failures.length > 0) throw new Error(`check of ${name} refused: ${JSON.stringify(failures)}`);
  return inputs;
}
