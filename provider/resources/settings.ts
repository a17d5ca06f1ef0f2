/** The provider's own configuration: what can be set, from where, and what holds when nothing is. */
import * as z from "zod";
import { type OptionResult, readOption } from "../client/config";
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

/** The client's own rule, so that nothing passes a check and is refused with the first call. */
const schemaOf = <T>(read: (value: unknown) => OptionResult<T>) =>
  z.unknown().transform((value, context) => {
    const result = read(value);
    if ("value" in result) return result.value;
    context.addIssue({ code: "custom", message: result.problem });
    return z.NEVER;
  });

export const settings: Readonly<Record<keyof Settings, Setting>> = {
  authId: {
    describe: "Auth ID of the Plivo account or subaccount.",
    type: "string",
    schema: schemaOf(readOption.authId),
    environment: "PLIVO_AUTH_ID",
    secret: false,
  },
  authToken: {
    describe: "Auth Token of the account.",
    type: "string",
    schema: schemaOf(readOption.authToken),
    environment: "PLIVO_AUTH_TOKEN",
    secret: true,
  },
  baseUrl: {
    describe:
      "Where the API answers. Default: `https://api.plivo.com/v1`. Must be https, unless the host is loopback or `PLIVO_ALLOW_INSECURE=1`.",
    type: "string",
    schema: schemaOf((value) => readOption.baseUrl(value)),
    environment: "PLIVO_BASE_URL",
    secret: false,
  },
  maxRetries: {
    describe: "How often a call that may be repeated is repeated. Default: 5.",
    type: "integer",
    schema: schemaOf(readOption.maxRetries),
    environment: undefined,
    secret: false,
  },
  requestTimeout: {
    describe: "Seconds that one call may take. Default: 30.",
    type: "integer",
    schema: schemaOf(readOption.requestTimeout),
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
