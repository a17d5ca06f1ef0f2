/** How far a command is: on stderr, a line that changes on a terminal, a line for each finished part elsewhere. */
export interface Progress {
  /** `total` is null where it is not known. */
  update(part: string, done: number, total: number | null): void;
  finish(part: string, done: number): void;
  /** A line of its own: a wait, a warning. */
  note(text: string): void;
  /** Takes away the line that changes. */
  end(): void;
}

export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const BAR = 20;
/** As often as can be read. */
const LEAST_MS = 50;

export function progressOn(stream: ProgressStream, now: () => number = () => performance.now()): Progress {
  return stream.isTTY ? new Bar(stream, now) : new Lines(stream);
}

class Lines implements Progress {
  constructor(private readonly stream: ProgressStream) {}

  update(): void {}

  finish(part: string, done: number): void {
    this.stream.write(`read ${done} ${part}\n`);
  }

  note(text: string): void {
    this.stream.write(`${text}\n`);
  }

  end(): void {}
}

class Bar implements Progress {
  readonly #parts = new Map<string, { readonly done: number; readonly total: number | null }>();
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number,
  ) {}

  update(part: string, done: number, total: number | null): void {
    this.#parts.set(part, { done, total });
    if (this.now() - this.#shownAt >= LEAST_MS) this.#show();
  }

  finish(part: string, done: number): void {
    this.#parts.set(part, { done, total: done });
    this.#show();
  }

  note(text: string): void {
    this.end();
    this.stream.write(`${text}\n`);
    this.#show();
  }

  end(): void {
    this.stream.write("\r\u001b[K");
  }

  #show(): void {
    this.#shownAt = this.now();
    const line = this.#line().slice(0, Math.max(20, (this.stream.columns || 80) - 1));
    this.stream.write(`\r\u001b[K${line}`);
  }

  #line(): string {
    const parts = [...this.#parts.values()];
    const done = parts.reduce((sum, part) => sum + part.done, 0);
    const total = parts.reduce((sum, part) => sum + Math.max(part.total ?? 0, part.done), 0);
    const filled = total === 0 ? 0 : Math.floor((BAR * done) / total);
    const bar = `[${"#".repeat(filled)}${"-".repeat(BAR - filled)}]`;
    const running = [...this.#parts].filter(([, part]) => part.done !== part.total).map(([name]) => name);
    return `${bar} ${done}/${total} objects${running.length === 0 ? "" : `, reading ${running.join(", ")}`}`;
  }
}
