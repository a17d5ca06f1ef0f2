/** All that is left of a life at the highest verbosity, and what of it the engine writes itself, secrets and all. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { leakingFiles, leakingLines } from "../../support/leaks";
import { unmarkedSecrets } from "./rpc-log";
import { type FaceName, secrets } from "./secret-life";

export interface Evidence {
  /** stdout: what a user sees. */
  readonly console: string;
  /** stderr: what the engine logs at `-v=11 --logtostderr --logflow`. */
  readonly log: string;
  /** Holds all that is written: state, history, backups, configuration, the trace. */
  readonly folder: string;
  /** The file of `PULUMI_DEBUG_GRPC`, in that folder. */
  readonly rpcLog: string;
  /** Of every process that ran meanwhile. */
  readonly commandLines: Iterable<string>;
}

interface EnginesOwn {
  /** Lines of the log that the engine and Pulumi's Node.js SDK write themselves, in the clear, for every provider. */
  readonly lines: readonly RegExp[];
  /** Where secrets stand unmarked in what is said to and by a provider. */
  readonly places: readonly string[];
}

function linesFor(type: string, ofProvider: readonly RegExp[]): readonly RegExp[] {
  const registration = `RegisterResource\\(${type},\\w+\\)`;
  return [
    new RegExp(`^Marshaling property for RPC\\[ResourceMonitor\\.${registration}\\]: value=`),
    new RegExp(`^Unmarshaling property for RPC\\[ResourceMonitor\\.${registration}\\]: value=`),
    /^Unmarshaling property for RPC\[ResourceMonitor\.RegisterResourceOutputs\(urn:.*:pulumi:Stack::world-dev\)\]: value=/,
    new RegExp(`^(eventSink::Debug\\(<\\{%reset%\\}>)?RegisterResource RPC finished: resource:\\w+\\[${type}\\]`),
    /^Marshaling property for RPC\[Provider\[\w+\]\.Configure\(\)\.inputs\]: value=/,
    ...ofProvider,
  ];
}

const ofEveryProvider = [
  "LanguageRuntime/Run request.config.plivo:authToken",
  "ResourceMonitor/GetDeploymentInfo response.config.plivo:authToken",
];

function places(method: string, fields: string, property: string): readonly string[] {
  return fields.split(" ").map((field) => `ResourceProvider/${method} ${field}.${property}`);
}

const enginesOwn: Readonly<Record<FaceName, EnginesOwn>> = {
  // Pulumi's host of dynamic providers takes no marked secrets.
  dynamic: {
    lines: linesFor("pulumi-nodejs:dynamic/plivo:\\w+", [
      /^Unmarshaling property for RPC\[Provider\[\w+\]\.(Check|Create|Update|Read)\(.*\)\.(inputs|outputs)\]: value=/,
    ]),
    places: [
      ...ofEveryProvider,
      ...places("CheckConfig", "request.news request.olds", "plivo:authToken"),
      ...places("DiffConfig", "request.news request.oldInputs request.olds", "plivo:authToken"),
      ...places("Configure", "request.variables", "pulumi-nodejs:config:plivo:authToken"),
      ...places("Check", "request.news request.olds", "password"),
      ...places("Diff", "request.news request.oldInputs request.olds", "password"),
      ...places("Create", "request.properties", "password"),
      ...places("Read", "request.inputs request.properties", "password"),
      ...places("Update", "request.news request.oldInputs request.olds", "password"),
      ...places("Delete", "request.oldInputs request.properties", "password"),
    ],
  },
  // The provider's configuration, before it was asked what of it is secret; and no answer of ours.
  plugin: {
    lines: linesFor("plivo:index:\\w+", [
      /^Unmarshaling property for RPC\[Provider\[\w+\]\.CheckConfig\(.*\)\.inputs\]: value=/,
      /^Marshaling property for RPC\[Provider\[\w+\]\.(Check|Diff|Create|Update|Read|Delete)\(.*\)(\.\w+)?\]: value=/,
      /^Unmarshaling property for RPC\[Provider\[\w+\]\.(Check|Create|Update|Read)\(.*\)\.(inputs|outputs)\]: value=/,
    ]),
    places: [
      ...ofEveryProvider,
      ...places("CheckConfig", "request.news request.olds", "authToken"),
      ...places("DiffConfig", "request.news request.oldInputs request.olds", "authToken"),
      ...places("Configure", "request.variables", "plivo:config:authToken"),
    ],
  },
};

/** The text of a line of the log; nothing for a line that is no entry of it. */
function messageOf(line: string): string {
  const logged: { msg?: string } = line.startsWith("{") ? JSON.parse(line) : {};
  return logged.msg ?? "";
}

/** Each place that holds a secret and may not: `log: ...`, `file: backend/...`. */
export function leaksIn({ console, log, folder, rpcLog, commandLines }: Evidence, face: FaceName): string[] {
  const own = enginesOwn[face];
  const inLog = leakingLines(log, secrets).filter((line) => !own.lines.some((form) => form.test(messageOf(line))));
  const files = leakingFiles(folder, secrets).filter((file) => file !== rpcLog);
  const messages = unmarkedSecrets(readFileSync(rpcLog, "utf8"), secrets).filter(
    (place) => !own.places.includes(place),
  );
  return [
    ...leakingLines(console, secrets).map((line) => `console: ${line}`),
    ...inLog.map((line) => `log: ${line}`),
    ...files.map((file) => `file: ${relative(folder, file)}`),
    ...messages.map((place) => `message: ${place}`),
    ...leakingLines([...commandLines].join("\n"), secrets).map((line) => `command line: ${line}`),
  ];
}

/** What the engine was said to write and did not: then the lists above and docs/secrets.md get shorter. */
export function missingOf({ log, rpcLog }: Evidence, face: FaceName): string[] {
  const own = enginesOwn[face];
  const logged = leakingLines(log, secrets).map(messageOf);
  const seen = unmarkedSecrets(readFileSync(rpcLog, "utf8"), secrets);
  return [
    ...own.lines.filter((form) => !logged.some((message) => form.test(message))).map(String),
    ...own.places.filter((place) => !seen.includes(place)),
  ];
}
