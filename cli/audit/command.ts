/** `pulumi-plivo audit`: what is wrong on an account, alone or beside stacks. */
import { Command, Option } from "commander";
import { ACCOUNT_HELP } from "../shared/account";
import { reportingAsJson } from "../shared/errors-as-json";
import { type AuditOptions, failOnChoices, formats } from "./options";

const collect = (text: string, before: readonly string[]) => [...before, text];

export function auditCommand(audit: (options: AuditOptions) => Promise<void>): Command {
  return new Command("audit")
    .description(
      "Report what is unsafe, unused, unmanaged or left behind on an account. Without --fix it is only read.",
    )
    .option("--auth-id <id>", "Auth ID of the account (default: that of the first stack, or PLIVO_AUTH_ID)")
    .option("--base-url <url>", "base URL of the API (default: that of the first stack, or PLIVO_BASE_URL)")
    .option("--stack <name>", "compare with this stack; may be given several times", collect, [])
    .option(
      "--state <file>",
      "compare with what `pulumi stack export` printed; may be given several times",
      collect,
      [],
    )
    .addOption(new Option("--format <format>", "format of the report (default: text)").choices(formats))
    .option("--json", "the same as --format json")
    .option(
      "--out <file>",
      "write the report to a file, in the format that its end names (.json, .sarif, .html, .txt) or that of --format; may be given several times",
      collect,
      [],
    )
    .addOption(
      new Option("--fix", "delete what a killed run has left behind, and remove its pending creates from the stack"),
    )
    .option("--yes", "for --fix: do not ask")
    .addOption(
      new Option("--fail-on <severity>", "lowest severity that ends it with exit code 3")
        .choices(failOnChoices)
        .default("error"),
    )
    .addHelpText(
      "after",
      `${ACCOUNT_HELP}

Exit codes: 0 done; 1 wrong options, configuration or input; 2 the account could not be read completely, and the report
says what was not checked; 3 there is a finding of the severity of --fail-on or of a higher one; 4 --fix was refused or
did not finish.`,
    )
    .action((options: AuditOptions) =>
      options.json || options.format === "json" ? reportingAsJson(() => audit(options)) : audit(options),
    );
}
