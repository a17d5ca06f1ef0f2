/** `pulumi-plivo migrate`: an exported stack on stdin, the same stack for the plugin on stdout. */
import { text } from "node:stream/consumers";
import { Command } from "commander";
import { version } from "../../package.json";
import { CommandError } from "../shared/errors";
import { DOWNLOAD_URL } from "../shared/plugin-source";
import { migrate } from "./migrate";

export const migrateCommand = new Command("migrate")
  .description("Move an exported stack from dynamic resources to the provider plugin; nothing at Plivo is touched.")
  .usage("< state.json > new.json")
  .addHelpText(
    "after",
    `
  pulumi stack export --file state.json
  npx pulumi-plivo migrate < state.json > new.json
  pulumi stack import --file new.json

Then change the import of the program to pulumi-plivo-sdk: \`pulumi preview\` shows no changes.`,
  )
  .action(async () => {
    if (process.stdin.isTTY) throw new CommandError("there is no input: pulumi-plivo migrate < state.json > new.json");
    const { text: result, moved } = migrate(await text(process.stdin), { version, downloadUrl: DOWNLOAD_URL });
    process.stdout.write(result);
    process.stderr.write(`${moved} ${moved === 1 ? "resource has" : "resources have"} moved to the plugin.\n`);
  });
