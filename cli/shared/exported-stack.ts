/** What `pulumi stack export` prints. */
import * as z from "zod";
import { CommandError } from "./errors";

const resource = z.looseObject({ urn: z.string(), type: z.string() });

const exported = z.looseObject({
  version: z.union([z.literal(3), z.literal(4)]),
  deployment: z.looseObject({
    resources: z.array(resource).optional(),
    pending_operations: z.array(z.looseObject({ resource })).optional(),
  }),
});

export type ExportedStack = z.infer<typeof exported>;

/** @param what names the text in an error. Nothing of the text itself is in it: there may be secrets in clear text. */
export function parseExportedStack(text: string, what = "the input"): ExportedStack {
  if (text.trim() === "") throw new CommandError(`there is no input: give it what \`pulumi stack export\` prints`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${what} is not JSON (${oneLine(why)}): give it what \`pulumi stack export\` prints`);
  }
  const parsed = exported.safeParse(value);
  // Not what zod returns: that has the fields in another order, and a user may want to compare.
  if (parsed.success) return value as ExportedStack;
  if (z.looseObject({ checkpoint: z.unknown() }).safeParse(value).success)
    throw new CommandError(`${what} is a file of the backend: give it what \`pulumi stack export\` prints instead`);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "the whole";
  throw new CommandError(`${what} is no exported stack (${where}: ${oneLine(issue?.message ?? "unknown form")})`);
}

function oneLine(message: string): string {
  return message.replace(/[,:]? (?:\.\.\.)?"[\s\S]*$/, "").replace(/\s+/g, " ");
}
