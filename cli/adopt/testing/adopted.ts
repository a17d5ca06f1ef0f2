/** For tests: an account on a simulator, read and written as `adopt` does. */
import type { Seed, Simulator } from "pulumi-plivo/simulator";
import { simulatedAccount } from "../../../provider/resources/testing/simulated-account";
import { type KnownObjects, knownObjects, nothingKnown } from "../known-objects";
import type { Language } from "../languages/index";
import { noKeys, type SecretKeys } from "../naming/secret-keys";
import { type AdoptOptions, targetOf } from "../options";
import { readAccount } from "../read-account";
import { resultOf } from "../result";
import { filesFor, findingsIn } from "../run";

export { simulatedAccount };

export interface Adopted extends ReturnType<typeof resultOf> {
  readonly simulator: Simulator;
  /** `GET Zentrunk/Trunk/` */
  readonly requests: readonly string[];
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  /** The program, without its first line. */
  readonly program: string;
}

export const silent = { update: () => {}, finish: () => {}, note: () => {}, end: () => {} };

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
  const inventory = await readAccount(account, silent);
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

/** A credential, a list, two URIs, a trunk each way and a number. */
export const smallAccount: Seed = {
  credentials: [{ credential_uuid: "cred-1", name: "London", username: "pbxlondon", password: "Secret!1" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["203.0.113.7", "198.51.100.0/24"] }],
  originationUris: [
    { uri_uuid: "uri-1", name: "primary", uri: "sip.example.com:5061;transport=tls" },
    {
      uri_uuid: "uri-2",
      name: "fallback",
      uri: "standby.example.net",
      authentication_needed: true,
      username: "plivo",
      password: "Secret!2",
    },
  ],
  trunks: [
    {
      trunk_id: "100",
      name: "Support EU",
      trunk_direction: "inbound",
      primary_uri_uuid: "uri-1",
      fallback_uri_uuid: "uri-2",
    },
    {
      trunk_id: "200",
      name: "out",
      trunk_direction: "outbound",
      credential_uuid: "cred-1",
      ipacl_uuid: "acl-1",
      secure: true,
    },
  ],
  numbers: [{ number: "14155550100", app_id: "100", alias: "hotline" }, "14155550101"],
};
