/** The provider's own configuration: what can be set, from where, and what holds when nothing is. */
import * as z from "zod";
import { DEFAULTS, optionSchemas, RANGES } from "../client/config";
import { isNullish, OperationError } from "../lifecycle/index";
import type { Settings } from "./account";

export interface Setting {
  readonly describe: string;
  readonly type: "string" | "integer";
  /** Checks the text that a stack configuration or a variable holds; its output is the value. */
  readonly schema: z.ZodType;
  /** The environment variable that holds when the stack configuration has no value. */
  readonly environment: string | undefined;
  readonly secret: boolean;
}

// Read with each check: what PLIVO_ALLOW_INSECURE allows may change in a process that outlives a command.
const schemaOf = (key: keyof Settings): z.ZodType =>
  z.unknown().transform((value, context) => {
    const { success, data, error } = optionSchemas()[key].safeParse(value);
    if (success) return data;
    for (const { message } of error.issues) context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

const [fewestRetries, mostRetries] = RANGES.maxRetries;
const [shortest, longest] = RANGES.requestTimeout;

export const settings: Readonly<Record<keyof Settings, Setting>> = {
  authId: {
    describe: "Auth ID of the Plivo account or subaccount.",
    type: "string",
    schema: schemaOf("authId"),
    environment: "PLIVO_AUTH_ID",
    secret: false,
  },
  authToken: {
    describe: "Auth Token of the account.",
    type: "string",
    schema: schemaOf("authToken"),
    environment: "PLIVO_AUTH_TOKEN",
    secret: true,
  },
  baseUrl: {
    describe: `Base URL of the API. Default: \`${DEFAULTS.baseUrl}\`. Must be https, unless the host is loopback or \`PLIVO_ALLOW_INSECURE=1\`.`,
    type: "string",
    schema: schemaOf("baseUrl"),
    environment: "PLIVO_BASE_URL",
    secret: false,
  },
  maxRetries: {
    describe: `How often a request that may be retried is retried, ${fewestRetries} to ${mostRetries}. Default: ${DEFAULTS.maxRetries}.`,
    type: "integer",
    schema: schemaOf("maxRetries"),
    environment: undefined,
    secret: false,
  },
  requestTimeout: {
    describe: `Seconds that one request may take, ${shortest} to ${longest}. Default: ${DEFAULTS.requestTimeout}.`,
    type: "integer",
    schema: schemaOf("requestTimeout"),
    environment: undefined,
    secret: false,
  },
};

/** Stack configuration before environment; all mistakes in one error, none of which quotes a value. */
export function readSettings(
  configured: (key: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const [key, setting] of Object.entries(settings)) {
    const fromStack = configured(key);
    const fromEnvironment = setting.environment && environment[setting.environment];
    const value = fromStack ?? (fromEnvironment || undefined);
    if (value === undefined) continue;
    const parsed = setting.schema.safeParse(value);
    const source = isNullish(fromStack) ? setting.environment : `plivo:${key}`;
    if (parsed.success) values[key] = parsed.data;
    else mistakes.push(...parsed.error.issues.map(({ message }) => `${source} ${message}`));
  }
  if (mistakes.length > 0)
    throw new OperationError(`the configuration of the plivo provider is wrong: ${mistakes.join("; ")}`);
  return values;
}
