/** An application that is gone is refused for each number: what a few of them have shown is not asked for the others. */

/** Fewer refusals may be about the numbers themselves. */
const ENOUGH = 5;

export class GoneApplications {
  readonly #refusals = new Map<string, number>();
  /** Plivo has taken a number for them. */
  readonly #there = new Set<string>();

  recordTaken(application: string): void {
    this.#there.add(application);
  }

  recordRefused(application: string): void {
    this.#refusals.set(application, (this.#refusals.get(application) ?? 0) + 1);
  }

  has(application: string): boolean {
    return !this.#there.has(application) && (this.#refusals.get(application) ?? 0) >= ENOUGH;
  }
}
