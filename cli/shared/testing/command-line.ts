/** For tests: the command line as users have it. Compiled anew for each process it would start ten times slower. */
import { join } from "node:path";

/** The built one: `scripts/test` builds it first, before jest alone run `scripts/build`. */
export const builtCli = join(__dirname, "../../../dist/cli.js");
