/** The provider's own configuration: what can be set, from where, and what holds when nothing is. */
import * as z from "zod";
import { AUTH_ID, baseUrlOf } from "../client/options";
import { isAbsent, OperationError } from "../lifecycle/index";
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

const integer = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .union([z.string().regex(/^\d+$/, rule), z.number()], rule)
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, rule);
};

const word = z.string("must be a string").regex(/^\S+$/, { error: "must not be empty or contain spaces", abort: true });

export const settings: Readonly<Record<keyof Settings, Setting>> = {
  authId: {
    describe: "Auth ID of the Plivo account or subaccount.",
    type: "string",
    schema: word.regex(AUTH_ID, "must be letters and digits, as on the overview page of the Plivo console"),
    environment: "PLIVO_AUTH_ID",
    secret: false,
  },
  authToken: {
    describe: "Auth Token of the account.",
    type: "string",
    schema: word,
    environment: "PLIVO_AUTH_TOKEN",
    secret: true,
  },
  baseUrl: {
    describe:
      "Where the API answers. Default: `https://api.plivo.com/v1`. Must be https, unless the host is loopback or `PLIVO_ALLOW_INSECURE=1`.",
    type: "string",
    schema: z.string("must be a string").transform((text, context) => {
      const base = baseUrlOf(text);
      if ("url" in base) return base.url;
      context.addIssue({ code: "custom", message: base.problem });
      return z.NEVER;
    }),
    environment: "PLIVO_BASE_URL",
    secret: false,
  },
  maxRetries: {
    describe: "How often a call that may be repeated is repeated. Default: 5.",
    type: "integer",
    schema: integer(0, 20),
    environment: undefined,
    secret: false,
  },
  requestTimeout: {
    describe: "Seconds that one call may take. Default: 30.",
    type: "integer",
    schema: integer(1, 600),
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
    const source = isAbsent(fromStack) ? setting.environment : `plivo:${key}`;
    if (parsed.success) values[key] = parsed.data;
    else mistakes.push(...parsed.error.issues.map(({ message }) => `${source} ${message}`));
  }
  if (mistakes.length > 0)
    throw new OperationError(`the configuration of the plivo provider is wrong: ${mistakes.join("; ")}`);
  return values;
}
