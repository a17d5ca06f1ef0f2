/** One run on an account: what an earlier one has left, the experiments, and then nothing is there any more. */
import type { PlivoClient } from "../../provider/client/client";
import { Api, type SeenExchange } from "./account/api";
import { type CleanUp, cleanUp } from "./account/clean-up";
import { isOwnName, kindNames, kinds } from "./account/kinds";
import { describeRoute, type KeptRoute, markerName, PhoneNumber, type Route, routeIn } from "./account/number-route";
import { OwnObjects } from "./account/own-objects";
import { NamelessError, NoReplyError, RefusedError, StoppedError } from "./account/reply";
import { EXIT } from "./exit-codes";
import type { Experiment, Fact, Finding, Lab } from "./fact";
import { experiments } from "./facts/index";

export interface ExamineOptions {
  /** Digits. */
  readonly number?: string | undefined;
  readonly rateLimit?: boolean | undefined;
}

export interface ExamineDependencies {
  readonly client: Pick<PlivoClient, "exchange" | "clock">;
  readonly stop: AbortSignal;
  /** 12 hexadecimal digits. */
  random(): string;
  note(text: string): void;
}

export interface Examination {
  readonly findings: readonly Finding[];
  readonly exchanges: readonly SeenExchange[];
  readonly requests: number;
  /** That of the number, before. */
  readonly route: Route | undefined;
  /** What is still on the account, or may be. */
  readonly left: readonly string[];
  readonly isStopped: boolean;
}

/** The account, or the number of `--number`, cannot be used. */
export class AccountError extends Error {
  override readonly name = "AccountError";

  constructor(
    message: string,
    readonly exitCode: number = EXIT.usage,
  ) {
    super(message);
  }
}

export function isWanted({ needs }: Experiment, options: ExamineOptions): boolean {
  if (needs === "number") return options.number !== undefined;
  return needs !== "rateLimit" || options.rateLimit === true;
}

export async function examine(options: ExamineOptions, dependencies: ExamineDependencies): Promise<Examination> {
  return new Run(options, dependencies).examination();
}

class Run {
  readonly #exchanges: SeenExchange[] = [];
  readonly #findings = new Map<Fact, Finding>();
  readonly #api: Api;
  readonly #own: OwnObjects;
  #number: Lab["number"];

  constructor(
    private readonly options: ExamineOptions,
    private readonly dependencies: ExamineDependencies,
  ) {
    const { client, stop, random } = dependencies;
    this.#api = new Api(client, stop, (seen) => this.#exchanges.push(seen));
    this.#own = new OwnObjects(this.#api, random);
  }

  async examination(): Promise<Examination> {
    if (!(await this.#knock())) return this.#result([]);
    let left: readonly string[] = [];
    let failure: Error | undefined;
    try {
      const before = await this.#cleanUpBefore();
      if (before.left.length === 0) {
        await this.#openNumber();
        await this.#runAll();
      }
    } catch (error) {
      if (!isForeseen(error)) throw error;
      if (error instanceof StoppedError) this.dependencies.note("stopped; removing what was made");
      else if (error instanceof NamelessError) this.dependencies.note(`${error.message}; nothing more is made`);
      else failure = error;
    } finally {
      left = await this.#cleanUpAfter();
      // Also where an error ends it.
      for (const text of left) this.dependencies.note(`left on the account: ${text}`);
    }
    if (failure) throw new AccountError(failure.message, left.length === 0 ? EXIT.usage : EXIT.left);
    return this.#result(left);
  }

  /** Whether the account can be used at all, before anything is made. `false`: it was stopped already. */
  async #knock(): Promise<boolean> {
    try {
      const { status } = await this.#api.get(kinds.trunks.collection, { limit: "1" });
      if (status === 401) throw new AccountError("the Auth ID or the Auth Token is wrong (401)");
      if (status === 403) throw new AccountError("SIP trunking is not enabled for the account (403)");
      if (status >= 300) throw new AccountError(`the list of trunks has the status ${status}: check the base URL`);
      return true;
    } catch (error) {
      if (!(error instanceof StoppedError)) throw error;
      return false;
    }
  }

  #result(left: readonly string[]): Examination {
    return {
      findings: [...this.#findings.values()],
      exchanges: this.#exchanges,
      requests: this.#api.sent,
      route: this.#number?.route,
      left,
      isStopped: this.dependencies.stop.aborted,
    };
  }

  async #cleanUpBefore(): Promise<CleanUp> {
    const { number } = this.options;
    const before = await cleanUp(this.#api, { unsettled: new Set(), number });
    if (before.removed > 0) this.dependencies.note(`removed ${before.removed} objects of an earlier run`);
    this.#noteRestored(before);
    for (const text of before.homeless.map(homelessText)) this.dependencies.note(text);
    return before;
  }

  /** Reads the route, proves that it can be set again, and has the account remember it. */
  async #openNumber(): Promise<void> {
    const { number } = this.options;
    if (number === undefined) return;
    const phone = new PhoneNumber(this.#api, number);
    const read = await phone.read();
    if (!read) throw new AccountError(`the account has no number ${number}`);
    const route = routeIn(read.row);
    if (!route)
      throw new AccountError(
        `number ${number} is routed to ${describeRoute(route)}: how it would come back there is not known. Route it to an application first`,
      );
    if (await this.#isOwnTrunk(route))
      throw new AccountError(
        `number ${number} is routed to a trunk of this command: route it to where it belongs first`,
      );
    this.dependencies.note(
      `number ${number} is routed to ${describeRoute(route)}, and comes back there at the end. If this process is killed, run the same command again`,
    );
    const name = markerName(this.#own.newName(), { number, route });
    const marker = await this.#own.make("ipAccessControlLists", { ip_addresses: ["192.0.2.1"], name });
    if (marker.name !== name)
      throw new AccountError(
        `the account keeps "${marker.name}" of the name "${name}": it cannot remember the route. Number ${number} was not touched`,
      );
    if (!(await phone.routeTo(route)))
      throw new AccountError(`number ${number} cannot be routed to where it is routed already: it was not touched`);
    this.#number = { phone, route };
  }

  async #isOwnTrunk(route: Route): Promise<boolean> {
    if (route.kind !== "trunk") return false;
    return isOwnName((await this.#own.read({ kind: "trunks", id: route.id }))?.name);
  }

  async #runAll(): Promise<void> {
    const wanted = experiments.filter((one) => isWanted(one, this.options));
    for (const [index, experiment] of wanted.entries()) {
      this.dependencies.note(`[${index + 1}/${wanted.length}] ${experiment.title}`);
      try {
        await experiment.run(this.#lab());
      } catch (error) {
        if (!(error instanceof NoReplyError || error instanceof RefusedError)) throw error;
        this.#giveUp(experiment, error.message);
      }
      this.#giveUp(experiment, "the experiment ended before");
      await this.#tidy(experiment);
    }
  }

  #lab(): Lab {
    const found = (fact: Fact, value: string, detail?: string) => {
      this.#findings.set(fact, { fact, value, ...(detail !== undefined && { detail }) });
    };
    return {
      api: this.#api,
      own: this.#own,
      clock: this.#api.clock,
      random: () => this.dependencies.random(),
      exchanges: this.#exchanges,
      number: this.#number,
      found: found as Lab["found"],
      unknown: (fact, reason) => void this.#findings.set(fact, { fact, value: null, reason }),
    };
  }

  #giveUp({ facts }: Experiment, reason: string): void {
    for (const fact of facts) if (!this.#findings.has(fact)) this.#findings.set(fact, { fact, value: null, reason });
  }

  /** Few objects at a time: an account has room for about 100 trunks. What remains is for the clean-up at the end. */
  async #tidy({ needs }: Experiment): Promise<void> {
    const { existing } = this.#own;
    try {
      if (needs === "number" && this.#number && !(await this.#number.phone.routeTo(this.#number.route)))
        throw new NoReplyError("the number is not back on its route");
      // What remembers the route stays until the end.
      const isMarker = (name: string) =>
        this.options.number !== undefined && name.includes(`-n${this.options.number}-`);
      const objects = kindNames.flatMap((kind) => [...existing.values()].filter((one) => one.kind === kind));
      for (const object of objects) if (!isMarker(object.name)) await this.#own.remove(object);
    } catch (error) {
      if (!(error instanceof NoReplyError)) throw error;
    }
  }

  async #cleanUpAfter(): Promise<readonly string[]> {
    this.#api.finish();
    const names = [...this.#own.existing.values()].map(({ name }) => name);
    const unsettled = new Set([...this.#own.unsettled, ...names]);
    try {
      const after = await cleanUp(this.#api, { unsettled, number: this.options.number });
      this.#noteRestored(after);
      for (const name of after.unseen)
        this.dependencies.note(
          `${name} was never seen after a create without a response; if it appears, the next run removes it`,
        );
      return [...after.left, ...after.homeless.map(homelessText), ...this.#own.nameless];
    } catch (error) {
      if (!(error instanceof NoReplyError)) throw error;
      return [`what the account still has could not be read (${error.message}): run the command again`];
    }
  }

  #noteRestored({ restored }: CleanUp): void {
    for (const { number, route } of restored)
      this.dependencies.note(`number ${number} is back on ${describeRoute(route)}`);
  }
}

function homelessText({ number, route }: KeptRoute): string {
  return `number ${number} was routed to ${describeRoute(route)}, which does not exist any more: route it yourself`;
}

/** Whatever ends a run, and is no mistake of this command. */
function isForeseen(error: unknown): error is Error {
  const classes = [StoppedError, AccountError, NoReplyError, RefusedError, NamelessError];
  return classes.some((one) => error instanceof one);
}
