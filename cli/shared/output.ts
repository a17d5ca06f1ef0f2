/** What a command prints on stdout: text for a person, or one JSON document. */

export interface OutputStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** `util.styleText` came with Node.js 20.12, and decides by the process's stdout. */
const STYLES = { bold: [1, 22], red: [31, 39], yellow: [33, 39], green: [32, 39] } as const;

export class Output {
  readonly #hasColours: boolean;

  constructor(
    private readonly stream: OutputStream,
    environment: Readonly<Record<string, string | undefined>> = process.env,
  ) {
    // https://no-color.org: any value that is not empty.
    this.#hasColours = stream.isTTY === true && !environment.NO_COLOR;
  }

  /** In colours on a terminal only. */
  styled(style: keyof typeof STYLES, text: string): string {
    const [on, off] = STYLES[style];
    return this.#hasColours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }

  line(text = ""): void {
    this.stream.write(`${text}\n`);
  }

  json(value: unknown): void {
    this.stream.write(`${JSON.stringify(value, null, 2)}\n`);
  }
}
