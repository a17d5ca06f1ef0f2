/** `pulumi-plivo contract`: the open facts of the API, found out on a real account. */
import { Command, InvalidArgumentError } from "commander";
import { ACCOUNT_HELP, type AccountOptions, withAccountOptions } from "../shared/account";
import { reportingAsJson } from "../shared/errors-as-json";

export interface ContractOptions extends AccountOptions {
  readonly yesUseThisAccount?: boolean;
  /** Digits. */
  readonly number?: string;
  readonly rateLimit?: boolean;
  readonly record?: string;
  readonly json?: boolean;
}

export function contractCommand(contract: (options: ContractOptions) => Promise<void>): Command {
  return withAccountOptions(
    new Command("contract")
      .description("Find out on an account how Plivo's API behaves, with objects of its own that it removes again.")
      .option("--yes-use-this-account", "do it; without this option only the plan is printed")
      .option(
        "--number <number>",
        "also find out how numbers are attached and detached, with this one: it takes no calls meanwhile",
        numberOf,
      )
      .option("--rate-limit", "also find out what a 429 says: other programs of the account are rejected meanwhile")
      .option("--record <file>", "keep every exchange in this file, without secrets and names")
      .option("--json", "print the plan or the result as JSON"),
  )
    .addHelpText(
      "after",
      `${ACCOUNT_HELP}

Exit codes: 0 done, all as expected, or the plan alone; 1 wrong options, configuration or account; 2 a fact could not be
found out; 3 a fact is not as documented or observed; 4 something may be left on the account; 130 stopped by Ctrl-C, and
nothing is left.`,
    )
    .action((options: ContractOptions) =>
      options.json ? reportingAsJson(() => contract(options)) : contract(options),
    );
}

function numberOf(text: string): string {
  const digits = text.replace(/[\s().+-]/g, "");
  if (!/^\d{7,15}$/.test(digits)) throw new InvalidArgumentError("Give a phone number with its country code.");
  return digits;
}
