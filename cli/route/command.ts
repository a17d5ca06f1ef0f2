/** `pulumi-plivo route`: what happens to a call to a number. */
import { Command, InvalidArgumentError } from "commander";
import { ACCOUNT_HELP, withAccountOptions } from "../shared/account";
import { reportingAsJson } from "../shared/errors-as-json";
import type { RouteOptions } from "./options";

export function routeCommand(route: (number: string, options: RouteOptions) => Promise<void>): Command {
  return withAccountOptions(
    new Command("route")
      .description("Show what happens to a call to a phone number: trunk, origination URIs, addresses.")
      .argument("<number>", "phone number with its country code, such as +14155550100")
      .option("--probe", "ask each server whether it is there, by SIP OPTIONS")
      .option("--timeout <seconds>", "how long to wait for each name server and each probe", seconds, 5)
      .option("--dns <address>", "name server to ask (default: those of this machine)")
      .option("--json", "print the result as JSON"),
  )
    .addHelpText(
      "after",
      `${ACCOUNT_HELP}

Exit codes: 0 no problem found; 1 wrong options or configuration; 2 the account could not be read; 4 a call to the number
does not get through, as far as can be seen from here.`,
    )
    .action((number: string, options: RouteOptions) =>
      options.json ? reportingAsJson(() => route(number, options)) : route(number, options),
    );
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= 60) return value;
  throw new InvalidArgumentError("Give a number of seconds up to 60.");
}
