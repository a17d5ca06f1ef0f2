/** `pulumi-plivo migrate`: an exported stack on stdin, the same stack for the plugin on stdout. */
import { text } from "node:stream/consumers";
import { Command } from "commander";
import { version } from "../../package.json";
import { CommandError } from "../shared/errors";
import { DOWNLOAD_URL } from "../shared/plugin-source";
import { groupNumbers } from "./group-numbers";
import { groupingReport } from "./grouping-report";
import { migrate } from "./migrate";

export const migrateCommand = new Command("migrate")
  .description("Move an exported stack from dynamic resources to the provider plugin; nothing at Plivo is touched.")
  .usage("[--group-numbers] < state.json > new.json")
  .option("--group-numbers", "make one TrunkPhoneNumbers of the attachments of each trunk instead, in either provider")
  .addHelpText(
    "after",
    `
  pulumi stack export --file state.json
  npx pulumi-plivo migrate < state.json > new.json
  pulumi stack import --file new.json

Then change the import of the program to pulumi-plivo/plugin: \`pulumi preview\` shows no changes.

With --group-numbers the command prints on stderr what takes the place of the attachments in the program, and
what to do next.`,
  )
  .action(async ({ groupNumbers: isGrouping }: { groupNumbers?: true }) => {
    if (process.stdin.isTTY) throw new CommandError("there is no input: pulumi-plivo migrate < state.json > new.json");
    if (isGrouping) return group(await text(process.stdin));
    const { text: result, moved } = migrate(await text(process.stdin), { version, downloadUrl: DOWNLOAD_URL });
    process.stdout.write(result);
    process.stderr.write(`${moved} ${moved === 1 ? "resource has" : "resources have"} moved to the plugin.\n`);
  });

function group(input: string): void {
  const { text: result, ...grouping } = groupNumbers(input);
  process.stdout.write(result);
  process.stderr.write(groupingReport(grouping));
}
