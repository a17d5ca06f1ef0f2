/** What one plugin process serves: the engine runs one process for each provider instance. */
import { setMaxListeners } from "node:events";
import { status } from "@grpc/grpc-js";
import { DEFAULTS } from "../client/config";
import type { Context } from "../lifecycle/index";
import { Account, type Services, type Settings } from "../resources/index";
import { logicalName } from "../text/urn";
import { shellArgument, shellQuoted, visible } from "../text/visible";
import type { EngineLog } from "./engine-log";
import { RequestError } from "./errors";

export interface SessionOptions {
  readonly makeAccount?: (settings: Settings) => Account;
  /**
   * Started by hand, for PULUMI_DEBUG_PROVIDERS: such a process serves one command after the other, each of which ends
   * with Cancel. One that an engine has started serves that engine alone.
   */
  readonly outlivesCommands?: boolean;
}

export class Session {
  #cancel = cancellation();
  #account: Account | undefined;
  /** Whose objects the ids are that this process is asked about. */
  #owner: string | undefined;
  /** What was told in this run, by resource and text. */
  readonly #told = new Set<string>();

  constructor(
    readonly log: EngineLog,
    private readonly options: SessionOptions = {},
  ) {}

  /**
   * The same account may be configured again, with another token for example. With a different one, the ids of the first
   * would be read, changed and deleted in the second; and any local user can reach the port of the plugin.
   */
  configure(settings: Settings): void {
    const owner = ownerOf(settings);
    const isOver = this.options.outlivesCommands === true && this.#cancel.signal.aborted;
    if (owner !== undefined && this.#owner !== undefined && owner !== this.#owner && !isOver)
      throw new RequestError(TAKEN, status.FAILED_PRECONDITION);
    this.#owner = owner ?? this.#owner;
    this.#cancel = cancellation();
    this.#account = this.options.makeAccount?.(settings) ?? new Account(settings);
    this.#told.clear();
  }

  /** Once in a run, on the resource: a replacement is checked twice. */
  tell(urn: string, severity: "info" | "warning", text: string): void {
    const key = `${urn}\n${text}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.log.write(urn, severity, text);
  }

  account(): Account {
    if (!this.#account)
      throw new RequestError("the plivo provider was called before it was configured", status.FAILED_PRECONDITION);
    return this.#account;
  }

  /**
   * @param urn blank for an operation that is about no resource
   * @param timeout ms @default as long as any operation may take
   */
  context(urn = "", timeout?: number): Context<Services> {
    return this.account().context({
      ...(timeout !== undefined && { timeout }),
      signal: this.#cancel.signal,
      key: urn,
      log: (severity, text) => this.log.write(urn, severity, text),
      adoption: (token, id, { isInState }) => {
        const [name, object] = [logicalName(urn) || "name", id].map((text) => shellArgument(visible(text)));
        const forget = isInState ? `\`pulumi state delete ${shellQuoted(visible(urn))}\` and ` : "";
        return `if it is yours, run ${forget}\`pulumi import plivo:index:${token} ${name} ${object}\``;
      },
    });
  }

  /** Ends waits, sleeps and reads; a write under way is finished and its response returned, so that no id is lost. */
  cancel(): void {
    this.#cancel.abort();
  }
}

const TAKEN =
  "this process of the plivo provider is already configured for another account or base URL, and serves no second one; " +
  "with PULUMI_DEBUG_PROVIDERS a program can use one account, and after a command that was killed the plugin has to be started again";

/** Undefined where no account is known, so that no request can be sent. The settings are in their normal form. */
function ownerOf({ authId, baseUrl = DEFAULTS.baseUrl }: Settings): string | undefined {
  return authId === undefined ? undefined : `${authId} ${baseUrl}`;
}

/** It may have as many listeners as the engine runs operations at once: Node takes more than ten for a leak and warns. */
function cancellation(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
