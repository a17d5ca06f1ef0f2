/** For tests: an account on a simulator, examined as `contract` does, without a process. */
import { afterEach } from "@jest/globals";
import type { Simulator, SimulatorOptions } from "pulumi-plivo/simulator";
import { PlivoClient } from "../../../provider/client/client";
import type { ExchangeRequest } from "../../../provider/client/http/exchange";
import { VirtualClock } from "../../../tests/support/virtual/virtual-clock";
import { startVirtually } from "../../../tests/support/virtual/virtual-simulator";
import { type Examination, type ExamineOptions, examine } from "../examine";
import type { RecordedFact } from "../record/switches";

const running: Simulator[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()));
});

let accounts = 0;

/** Thrown for each request after the process was killed. */
export class KilledError extends Error {}

export interface Interruption {
  /** The process is gone after so many requests. */
  readonly killAfter?: number;
  /** It is gone before the first request for which this is true. */
  killWhen?(request: ExchangeRequest): boolean;
  /** Ctrl-C after so many requests. */
  readonly stopAfter?: number;
}

export interface ContractWorld {
  readonly simulator: Simulator;
  readonly clock: VirtualClock;
  readonly notes: string[];
  run(options?: ExamineOptions, how?: Interruption): Promise<Examination>;
}

/** A number on an application, a default application, and objects that are none of the command's. */
export const NUMBER = "14155550199";
export const accountWithNumber = {
  applications: [
    { app_id: "40000000000000001", app_name: "standard", default_app: true },
    { app_id: "40000000000000002", app_name: "voicemail" },
  ],
  originationUris: [{ uri_uuid: "uri-1", name: "theirs", uri: "pbx.example.net" }],
  trunks: [{ trunk_id: "100", name: "theirs", trunk_direction: "inbound" as const, primary_uri_uuid: "uri-1" }],
  numbers: [
    { number: NUMBER, app_id: "40000000000000002", alias: "front desk" },
    { number: "14155550198", app_id: "100" },
  ],
};

export async function contractWorld(options: SimulatorOptions = {}): Promise<ContractWorld> {
  const clock = new VirtualClock();
  const simulator = await startVirtually(clock, { authId: `MACON${accounts++}`, seed: accountWithNumber, ...options });
  running.push(simulator);
  const { url: baseUrl, authId, authToken } = simulator;
  const notes: string[] = [];
  let count = 0;
  const run: ContractWorld["run"] = (asked = {}, { killAfter = Infinity, killWhen, stopAfter = Infinity } = {}) => {
    const client = new PlivoClient({ authId, authToken, baseUrl }, { clock });
    const stop = new AbortController();
    let sent = 0;
    let isKilled = false;
    return examine(asked, {
      client: {
        clock,
        exchange: (request, how) => {
          sent += 1;
          isKilled ||= sent > killAfter || killWhen?.(request) === true;
          if (isKilled) throw new KilledError("killed");
          if (sent > stopAfter) stop.abort();
          return client.exchange(request, how);
        },
      },
      stop: stop.signal,
      random: () => (++count).toString(16).padStart(12, "0"),
      note: (text) => notes.push(text),
    });
  };
  return { simulator, clock, notes, run };
}

/** As a record has them. */
export function factsOf({ findings }: Examination): readonly RecordedFact[] {
  return findings.map((finding) => ({
    id: finding.fact.id,
    seen: finding.value,
    ...(finding.value !== null && { detail: finding.detail }),
  }));
}

/** All that the account holds. */
export function snapshot({ store }: Simulator): object {
  const { trunks, credentials, ipAccessControlLists, originationUris, numbers } = store;
  return structuredClone({ trunks, credentials, ipAccessControlLists, originationUris, numbers });
}

/** Values by the ID of their fact; `null` where it could not be found out. */
export function valuesOf({ findings }: Examination): Readonly<Record<string, string | null>> {
  return Object.fromEntries(findings.map(({ fact, value }) => [fact.id, value]));
}
