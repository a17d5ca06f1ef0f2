/** `simulate --like`: the switches that a record decides. */
import { readFileSync } from "node:fs";
import * as z from "zod";
import type { Behaviour } from "../../../simulator/index";
import { CommandError } from "../../shared/errors";
import { FORMAT } from "./format";
import { behaviourOf } from "./switches";

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
  if (parsed.success) return behaviourOf(parsed.data.facts);
  throw new CommandError(`${file} is no record of \`pulumi-plivo contract --record\``);
}
