/** For tests: an account on a simulator, read and written as `adopt` does. */
import type { Seed, Simulator } from "pulumi-plivo/simulator";
import { readWholeAccount } from "../../inventory/read-account";
import { silent, simulatedAccount, smallAccount } from "../../inventory/testing/small-account";
import { type KnownObjects, knownObjects, nothingKnown } from "../known-objects";
import type { Language } from "../languages/index";
import { noKeys, type SecretKeys } from "../naming/secret-keys";
import { type AdoptOptions, targetOf } from "../options";
import { resultOf } from "../result";
import { filesFor, findingsIn } from "../run";

export { silent, simulatedAccount, smallAccount };

export interface Adopted extends ReturnType<typeof resultOf> {
  readonly simulator: Simulator;
  /** `GET Zentrunk/Trunk/` */
  readonly requests: readonly string[];
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  /** The program, without its first line. */
  readonly program: string;
}

const defaults = { trunk: [], number: [], match: [], protect: true };

export async function adopted(
  seed: Seed,
  given: Partial<AdoptOptions> & {
    readonly known?: string;
    readonly keys?: SecretKeys;
    readonly names?: ReadonlyMap<string, string>;
    change?(simulator: Simulator): void;
  } = {},
): Promise<Adopted> {
  const { account, simulator, takeRequests } = await simulatedAccount({ seed });
  given.change?.(simulator);
  const inventory = await readWholeAccount(account, silent);
  const options: AdoptOptions = { ...defaults, language: "typescript", adapter: "plugin", ...given };
  const known: KnownObjects =
    given.known === undefined ? nothingKnown : knownObjects(given.known, "the state", simulator.authId);
  const before = { keys: given.keys ?? noKeys, names: given.names ?? new Map() };
  const findings = findingsIn(inventory, known, options, before);
  const files = filesFor(findings.program, options, targetOf(options));
  const [main] = files;
  return {
    ...resultOf(findings),
    simulator,
    requests: takeRequests(),
    files: new Map(files.map(({ path, text }) => [path, text])),
    program: main?.text.slice(main.text.indexOf("\n") + 1) ?? "",
  };
}

export const everyLanguage: readonly Language[] = ["typescript", "python", "go", "yaml"];
