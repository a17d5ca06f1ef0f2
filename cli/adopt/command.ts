/** `pulumi-plivo adopt`: a program that imports what an account holds. */
import { Command, Option } from "commander";
import { ACCOUNT_HELP, withAccountOptions } from "../shared/account";
import { reportingAsJson } from "../shared/errors-as-json";
import type { AdoptOptions } from "./options";

const collect = (text: string, before: readonly string[]) => [...before, text];

export function adoptCommand(adopt: (options: AdoptOptions) => Promise<void>): Command {
  const command = new Command("adopt").description(
    "Write a program that imports what an account has. The account is only read.",
  );
  return withAccountOptions(withFileOptions(withChoice(withProgramOptions(command))))
    .addHelpText(
      "after",
      `${ACCOUNT_HELP}

Exit codes: 0 done; 1 wrong options, configuration or input; 2 the account could not be read completely; 3 a file is in
the way. With another code than 0, nothing was written.`,
    )
    .action((options: AdoptOptions) => (options.json ? reportingAsJson(() => adopt(options)) : adopt(options)));
}

function withProgramOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--language <language>", "language of the program")
        .choices(["typescript", "python", "go", "yaml"])
        .default("typescript"),
    )
    .addOption(
      new Option(
        "--adapter <adapter>",
        "classes of the program: dynamic resources (TypeScript only) or the plugin (default: dynamic for TypeScript, unless --import-file is given)",
      ).choices(["dynamic", "plugin"]),
    )
    .option("--out <file>", "file to write (default: the main file of the language; with --update `adopted`)");
}

function withChoice(command: Command): Command {
  return command
    .option(
      "--trunk <id or name>",
      "only this trunk, what it uses, and its numbers; may be given several times",
      collect,
      [],
    )
    .option("--number <number>", "only this phone number; may be given several times", collect, [])
    .option(
      "--match <pattern>",
      "only what has such a friendly name: a glob, or a regular expression between slashes; may be given several times",
      collect,
      [],
    )
    .addOption(
      new Option(
        "--numbers-as <form>",
        "the numbers of a trunk: one PhoneNumberAttachment each, or one TrunkPhoneNumbers; auto: a set for more than 20",
      )
        .choices(["auto", "attachments", "sets"])
        .default("auto"),
    );
}

function withFileOptions(command: Command): Command {
  return command
    .option("--import-file <file>", "write this file for `pulumi import --file`, and no `import` options")
    .option("--no-protect", "do not protect the objects from deletion")
    .option("--update", "write only what the stack of --state or --stack does not manage yet")
    .option("--state <file>", "for --update: what `pulumi stack export` printed")
    .option("--force", "overwrite files that this command did not write, or that were edited since")
    .option("--json", "print the result as JSON");
}
