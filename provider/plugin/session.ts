/** What one plugin process serves: the engine runs one process for each provider instance. */
import { setMaxListeners } from "node:events";
import { status } from "@grpc/grpc-js";
import type { Context } from "../lifecycle/index";
import { Account, type Services, type Settings } from "../resources/index";
import type { EngineLog } from "./engine-log";
import { RequestError } from "./errors";
import { logicalName } from "./urn";

/** The seconds of a `customTimeouts` entry; 0 where the user set none. */
export interface OperationRequest {
  readonly urn: string;
  readonly timeoutSeconds: number;
}

export class Session {
  #cancel = cancellation();
  #account: Account | undefined;

  constructor(
    readonly log: EngineLog,
    private readonly makeAccount: (settings: Settings) => Account = (settings) => new Account(settings),
  ) {}

  /** A plugin that a debugger holds outlives the command that it was cancelled with, and is configured anew. */
  configure(settings: Settings): void {
    this.#cancel = cancellation();
    this.#account = this.makeAccount(settings);
  }

  account(): Account {
    if (!this.#account)
      throw new RequestError("the plivo provider was called before it was configured", status.FAILED_PRECONDITION);
    return this.#account;
  }

  context({ urn, timeoutSeconds }: OperationRequest): Context<Services> {
    return this.account().context({
      ...(timeoutSeconds > 0 && { timeout: timeoutSeconds * 1000 }),
      signal: this.#cancel.signal,
      log: (severity, text) => this.log.write(urn, severity, text),
      adoption: (token, id, { isInState }) => {
        const name = logicalName(urn) || "name";
        const first = isInState ? `\`pulumi state delete '${urn}'\` and ` : "";
        return `if it is yours, run ${first}\`pulumi import plivo:index:${token} ${name} ${id}\``;
      },
    });
  }

  /** Ends waits, sleeps and reads; a write under way is finished and answered, so that no id is lost. */
  cancel(): void {
    this.#cancel.abort();
  }
}

/** As many calls may hang on it as the engine runs at once: Node takes more than ten for a leak, and says so. */
function cancellation(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
