/** How a number is detached is not published: what a read has shown to work for one number is sent for the others. */
import type { Plivo } from "../../client/index";

export class Detaching {
  #known: { readonly by: Awaited<ReturnType<Plivo["numbers"]["detach"]>> } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly plivo: Plivo) {}

  /**
   * @param check Rejects where the number is not to be detached any more.
   * @returns whether a read has confirmed it
   */
  async detach(number: string, check: () => Promise<void>): Promise<boolean> {
    if (!this.#known) {
      const turn = this.#turn.then(() => this.#learn(number, check));
      this.#turn = turn.catch(() => undefined);
      if (await turn) return true;
    }
    await check();
    await this.plivo.numbers.route(number, this.#known?.by ?? null, check);
    return false;
  }

  async #learn(number: string, check: () => Promise<void>): Promise<boolean> {
    if (this.#known) return false;
    await check();
    this.#known = { by: await this.plivo.numbers.detach(number) };
    return true;
  }
}
