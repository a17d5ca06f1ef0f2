/** What a run will do, printed before it does anything. */
import type { Output } from "../shared/output";
import { NAME_PREFIX } from "./account/kinds";
import { type ExamineOptions, isWanted } from "./examine";
import { experiments } from "./facts/index";

export interface Plan {
  readonly baseUrl: string;
  /** The last characters alone: enough to tell two accounts apart. */
  readonly account: string;
  readonly requests: number;
  readonly experiments: readonly { readonly title: string; readonly makes: string; readonly facts: number }[];
  /** Those that a further option brings. */
  readonly leftOut: readonly { readonly title: string; readonly option: string }[];
}

/** Measured; a test compares them. More where the account has long lists. */
export const REQUESTS = { basic: 210, number: 50, rateLimit: 330 } as const;

const options = { number: "--number <number>", rateLimit: "--rate-limit" } as const;

export function planOf(
  asked: ExamineOptions,
  { authId = "", baseUrl = "" }: { readonly authId?: string | undefined; readonly baseUrl?: string | undefined },
): Plan {
  const wanted = experiments.filter((one) => isWanted(one, asked));
  const number = asked.number === undefined ? 0 : REQUESTS.number;
  return {
    baseUrl,
    account: `...${authId.slice(-4)}`,
    requests: REQUESTS.basic + number + (asked.rateLimit ? REQUESTS.rateLimit : 0),
    experiments: wanted.map(({ title, makes, facts }) => ({ title, makes, facts: facts.length })),
    leftOut: experiments.flatMap((one) =>
      isWanted(one, asked) || !one.needs ? [] : [{ title: one.title, option: options[one.needs] }],
    ),
  };
}

export function printPlan(plan: Plan, { number, rateLimit }: ExamineOptions, output: Output): void {
  output.line(output.styled("bold", `Plan for the account ${plan.account} at ${plan.baseUrl}`));
  output.line(`About ${plan.requests} requests. Every object is made by this command, is called ${NAME_PREFIX}<hex>,`);
  output.line("and is removed again. Trunks are disabled. What an earlier run has left is removed first.");
  output.line();
  for (const { title, makes, facts } of plan.experiments)
    output.line(
      `  ${title.padEnd(24)} ${String(facts).padStart(2)} ${facts === 1 ? "fact " : "facts"}  makes ${makes}`,
    );
  for (const { title, option } of plan.leftOut) output.line(`  ${title.padEnd(24)} left out without ${option}`);
  output.line();
  if (number !== undefined)
    output.line(`The number ${number} takes no calls meanwhile, and is put back to where it is routed now.`);
  if (rateLimit)
    output.line("For some seconds Plivo rejects further requests of the account, those of other programs too.");
}
