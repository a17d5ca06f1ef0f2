/** The writes of one client that have begun and not ended. Whoever made one may ask next: for what it made, or may delete. */
export class InFlightWrites {
  #begun = 0;
  #count = 0;
  #waiting: (() => void)[] = [];

  /** How many have begun so far, ended or not. */
  get begun(): number {
    return this.#begun;
  }

  get count(): number {
    return this.#count;
  }

  async during<T>(write: () => Promise<T>): Promise<T> {
    this.#begun += 1;
    this.#count += 1;
    try {
      return await write();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /** Until none is under way. */
  async end(): Promise<void> {
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}
