/** What failed for which numbers. Thousands may fail for one reason: it is told once, with the first of them. */
import { PlivoError } from "../../client/http/errors";
import { messageOf } from "../../lifecycle/index";

export interface Failure {
  readonly number: string;
  /** `attaching`, `detaching` */
  readonly doing: string;
  /** An error, or a text about the number. */
  readonly why: unknown;
}

const MOST_NUMBERS = 20;
const MOST_REASONS = 10;

export function failureTexts(failures: readonly Failure[]): readonly string[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const key = `${failure.doing} ${kindOf(failure)}`;
    const group = groups.get(key) ?? [];
    group.push(failure);
    groups.set(key, group);
  }
  const [shown, hidden] = [[...groups.values()].slice(0, MOST_REASONS), [...groups.values()].slice(MOST_REASONS)];
  const texts = shown.map(textOf);
  const more = hidden.reduce((count, group) => count + group.length, 0);
  return more === 0 ? texts : [...texts, `${more} more numbers failed for other reasons`];
}

function kindOf({ number, why }: Failure): string {
  const text = PlivoError.isInstance(why) ? `${why.name} ${why.status} ${why.outcome} ${why.detail}` : messageOf(why);
  return text.replaceAll(number, "");
}

function textOf([first, ...others]: readonly Failure[]): string {
  if (!first) return "";
  const text = `${first.doing} ${first.number}: ${messageOf(first.why)}`;
  return others.length === 0 ? text : `${text}; the same for ${listed(others.map(({ number }) => number))}`;
}

/** The first of these, and how many more there are. */
export function listed(numbers: readonly string[]): string {
  const more = numbers.length - MOST_NUMBERS;
  return more > 0 ? `${numbers.slice(0, MOST_NUMBERS).join(", ")} and ${more} more` : numbers.join(", ");
}
