/** The account of a command: configured like the provider's, with flags on top. The token is never a flag. */
import { createHash } from "node:crypto";
import type { Command } from "commander";
import type { Account, Settings } from "../../provider/resources/index";
import { CommandError } from "./errors";
import { stackConfiguration } from "./pulumi-cli";

export interface AccountOptions {
  readonly authId?: string;
  readonly baseUrl?: string;
  readonly stack?: string;
}

/** Adds the options that `openAccount` takes. */
export function withAccountOptions(command: Command): Command {
  return command
    .option("--auth-id <id>", "Auth ID of the account (default: that of the stack, or PLIVO_AUTH_ID)")
    .option("--base-url <url>", "base URL of the API (default: that of the stack, or PLIVO_BASE_URL)")
    .option("--stack <name>", "stack whose configuration is used, through `pulumi config`");
}

/** What every command that reads an account says about its configuration. */
export const ACCOUNT_HELP = `
The Auth Token comes from the configuration of the stack, or from PLIVO_AUTH_TOKEN. A flag comes before the configuration
of the stack, and that before the environment.`;

/** Keys are `plivo:authId`, `<project>:<key>`. */
export async function configurationOf({ stack }: AccountOptions): Promise<Readonly<Record<string, string>>> {
  return stack === undefined ? {} : stackConfiguration(stack);
}

/** Tells accounts apart, and says nothing of either. */
function fingerprintOf({ authId, baseUrl = "" }: Settings): string {
  return createHash("sha256").update(`${authId} ${baseUrl}`).digest("hex").slice(0, 8);
}

export interface OpenAccount {
  readonly account: Account;
  readonly authId: string;
  readonly fingerprint: string;
}

/** With the first command that needs them: the provider's definitions are most of this program. */
function definitions(): typeof import("../../provider/resources/index") {
  return require("../../provider/resources/index");
}

/** Sends nothing: the first request finds out whether the token is right. */
export async function openAccount(
  options: AccountOptions,
  configuration?: Readonly<Record<string, string>>,
): Promise<OpenAccount> {
  const configured = await accountSettings(options, configuration);
  const account = new (definitions().Account)(configured);
  // Throws where a value is wrong: better now than for each request.
  void account.context({ log: () => {} }).services.plivo;
  return { account, authId: configured.authId, fingerprint: fingerprintOf(configured) };
}

export interface AccountSettings extends Settings {
  readonly authId: string;
  readonly authToken: string;
}

/** What the flags, the stack and the environment say. */
export async function accountSettings(
  options: AccountOptions,
  configuration?: Readonly<Record<string, string>>,
): Promise<AccountSettings> {
  const { parseSetting, readSettings } = definitions();
  const flags: Readonly<Record<string, string | undefined>> = { authId: options.authId, baseUrl: options.baseUrl };
  for (const key of ["authId", "baseUrl"] as const) {
    if (flags[key] === undefined) continue;
    const parsed = parseSetting(key, flags[key]);
    const flag = key === "authId" ? "--auth-id" : "--base-url";
    if (!parsed.success) throw new CommandError(`${flag} ${parsed.error.issues[0]?.message}`);
  }
  const stack = configuration ?? (await configurationOf(options));
  const configured = readSettings((key) => flags[key] ?? stack[`plivo:${key}`], process.env);
  const { authId, authToken } = configured;
  if (authId === undefined) throw missing("Auth ID", "PLIVO_AUTH_ID", "plivo:authId");
  if (authToken === undefined) throw missing("Auth Token", "PLIVO_AUTH_TOKEN", "plivo:authToken");
  return { ...configured, authId, authToken };
}

/** Not the text of the provider: a command reads no stack that it is not given. */
function missing(what: string, variable: string, key: string): CommandError {
  return new CommandError(
    `Plivo's ${what} is not configured: set ${variable}, or give a stack that has ${key} with --stack <name>`,
  );
}
