/** The provider's own configuration: what can be set, from where, and what holds when nothing is. */
import { DEFAULTS, optionSchemas, RANGES } from "../client/config";
import { isNullish, OperationError } from "../lifecycle/index";
import type { Settings } from "./account";

export interface Setting {
  readonly type: "string" | "integer";
  /** The environment variable that holds when the stack configuration has no value. */
  readonly environment?: string;
  readonly secret?: true;
  readonly describe: string;
}

const [fewestRetries, mostRetries] = RANGES.maxRetries;
const [shortest, longest] = RANGES.requestTimeout;

export const settings: Readonly<Record<keyof Settings, Setting>> = {
  authId: {
    type: "string",
    environment: "PLIVO_AUTH_ID",
    describe: "Auth ID of the Plivo account or subaccount.",
  },
  authToken: {
    type: "string",
    environment: "PLIVO_AUTH_TOKEN",
    secret: true,
    describe: "Auth Token of the account.",
  },
  baseUrl: {
    type: "string",
    environment: "PLIVO_BASE_URL",
    describe: `Base URL of the API. Default: \`${DEFAULTS.baseUrl}\`. Must be https, unless the host is loopback or \`PLIVO_ALLOW_INSECURE=1\`.`,
  },
  maxRetries: {
    type: "integer",
    describe: `How often a request that may be retried is retried, ${fewestRetries} to ${mostRetries}. Default: ${DEFAULTS.maxRetries}.`,
  },
  requestTimeout: {
    type: "integer",
    describe: `Seconds that one request may take, ${shortest} to ${longest}. Default: ${DEFAULTS.requestTimeout}.`,
  },
};

export function isSetting(key: string): key is keyof Settings {
  return Object.hasOwn(settings, key);
}

/** Checks the value that a stack configuration, a variable or a flag holds. */
export function parseSetting(key: keyof Settings, value: unknown) {
  // The schemas are made for each check: what PLIVO_ALLOW_INSECURE allows may change in a process that outlives a command.
  return optionSchemas()[key].safeParse(value);
}

/** Stack configuration before environment; all mistakes in one error, none of which quotes a value. */
export function readSettings(
  configured: (key: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const key of Object.keys(settings).filter(isSetting)) {
    const { environment: variable } = settings[key];
    const fromStack = configured(key);
    const value = fromStack ?? ((variable && environment[variable]) || undefined);
    if (value === undefined) continue;
    const parsed = parseSetting(key, value);
    const source = isNullish(fromStack) ? variable : `plivo:${key}`;
    if (parsed.success) values[key] = parsed.data;
    else mistakes.push(...parsed.error.issues.map(({ message }) => `${source} ${message}`));
  }
  if (mistakes.length > 0)
    throw new OperationError(`the configuration of the plivo provider is wrong: ${mistakes.join("; ")}`);
  return values;
}
