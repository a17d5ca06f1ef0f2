/** What one plugin process serves: the engine runs one process for each provider instance. */
import { type Context, OperationError } from "../lifecycle/index";
import { Account, type Services, type Settings } from "../resources/index";
import type { EngineLog } from "./engine-log";

/** The seconds of a `customTimeouts` entry; 0 where the user set none. */
export interface OperationRequest {
  readonly urn: string;
  readonly timeoutSeconds: number;
}

export class Session {
  readonly #cancel = new AbortController();
  #account: Account | undefined;

  constructor(
    readonly log: EngineLog,
    private readonly makeAccount: (settings: Settings) => Account = (settings) => new Account(settings),
  ) {}

  configure(settings: Settings): void {
    this.#account = this.makeAccount(settings);
  }

  account(): Account {
    if (!this.#account) throw new OperationError("the plivo provider was called before it was configured");
    return this.#account;
  }

  context({ urn, timeoutSeconds }: OperationRequest): Context<Services> {
    return this.account().context({
      ...(timeoutSeconds > 0 && { timeout: timeoutSeconds * 1000 }),
      signal: this.#cancel.signal,
      log: (severity, text) => this.log.write(urn, severity, text),
      adoption: (token, id) => {
        const name = urn.split("::").pop() ?? "name";
        return `if it is yours, run \`pulumi state delete '${urn}'\` and \`pulumi import plivo:index:${token} ${name} ${id}\``;
      },
    });
  }

  /** Ends waits, sleeps and reads; a write under way is finished and answered, so that no id is lost. */
  cancel(): void {
    this.#cancel.abort();
  }
}
