/**
 * What the dynamic adapter shares in a process: the host configures each resource class on its own, in one process, with
 * the same configuration, and they must share one account (rate limit, memory).
 */
import { randomBytes } from "node:crypto";
import type { Context, Resource } from "../lifecycle/index";
import { type Account, readSettings, type Services } from "../resources/index";
import { visible } from "../text/visible";

/** What every method of a provider object works with. */
export interface ResourceCall {
  readonly resource: Resource<Services>;
  readonly session: Session;
}

export class Session {
  #account: Account | undefined;
  #problem: unknown;
  readonly #logged = new Set<string>();
  /** By URN: resources that have been imported in an earlier run. A further check of one is that of its replacement. */
  readonly importedEarlier = new Set<string>();
  /** By kind and id: what the program calls the object; `undefined`: two of its resources have it, such as sets of one trunk. */
  readonly #titles = new Map<string, string | undefined>();

  constructor(
    private readonly makeAccount: (settings: ConstructorParameters<typeof Account>[0]) => Account,
    private readonly print: (line: string) => void,
    /** What makes a generated name that of this run and of no other. */
    readonly randomHex: () => string = () => randomBytes(4).toString("hex"),
  ) {}

  /** Synchronous, because the host lets requests through while it waits; remembers its error, because the host forgets it. */
  configure(configured: (key: string) => unknown): void {
    if (this.#account) return;
    try {
      this.#account = this.makeAccount(readSettings(configured, process.env));
      this.#problem = undefined;
    } catch (error) {
      this.#problem = error;
    }
  }

  account(): Account {
    if (this.#problem) throw this.#problem;
    if (!this.#account) this.configure(() => undefined);
    if (!this.#account) throw this.#problem;
    return this.#account;
  }

  /** Once in a run, as a replacement is checked twice. Under the stack: the host cannot say on which resource. */
  log(severity: "info" | "warning", text: string): void {
    if (this.#logged.has(text)) return;
    this.#logged.add(text);
    this.print(visible(`${severity}: ${text}`));
  }

  /** @param title `phone number set "lines"` */
  recordTitle(token: string, id: string, title: string): void {
    const key = `${token} ${id}`;
    const isShared = this.#titles.has(key) && this.#titles.get(key) !== title;
    this.#titles.set(key, isShared ? undefined : title);
  }

  titleOf(token: string, id: string): string | undefined {
    return this.#titles.get(`${token} ${id}`);
  }

  /** @param timeout ms @default as long as any operation may take */
  context(timeout?: number): Context<Services> {
    return this.account().context({
      ...(timeout !== undefined && { timeout }),
      log: (severity, text) => this.print(visible(`${severity}: ${text}`)),
      comparesOutputs: false,
      adoption: (_, id) => `if it is yours, import it: set the resource option \`import: ${JSON.stringify(id)}\``,
    });
  }
}
