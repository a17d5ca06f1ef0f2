/** `simulate --like`: the switches that a record decides. */
import { readFileSync } from "node:fs";
import * as z from "zod";
import { visible } from "../../../provider/text/visible";
import type { Behaviour } from "../../../simulator/index";
import { CommandError } from "../../shared/errors";
import { experiments } from "../facts/index";
import { FORMAT } from "./format";
import { behaviourOf, type RecordedFact } from "./switches";

const recordSchema = z.object({
  format: z.literal(FORMAT),
  facts: z.array(z.object({ id: z.string(), seen: z.string().nullable(), detail: z.string().optional() })).max(1_000),
});

/** Of what was recorded nothing else is used. */
export function behaviourLike(file: string): Partial<Behaviour> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandError(`the record ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = recordSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") || "the whole";
    throw new CommandError(
      `${file} is no record of \`pulumi-plivo contract --record\` (${visible(where)}: ${visible(issue?.message ?? "unknown form")})`,
    );
  }
  for (const fact of parsed.data.facts) checkValue(file, fact);
  return behaviourOf(parsed.data.facts);
}

/** A fact that this version does not know decides nothing: a later one may have recorded it. */
function checkValue(file: string, { id, seen }: RecordedFact): void {
  const known = experiments.flatMap(({ facts }) => facts).find((fact) => fact.id === id);
  if (known === undefined || seen === null || known.values.includes(seen)) return;
  throw new CommandError(
    visible(
      `the record ${file} cannot be used: ${id} has ${JSON.stringify(seen)}, and not one of ${known.values.join(", ")}`,
    ),
  );
}
