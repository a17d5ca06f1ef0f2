/** All that is left of a life at the highest verbosity, and what of it the engine writes itself, secrets and all. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { leakingFiles, leakingLines } from "../../../support/leaks";
import { unmarkedSecrets } from "./rpc-log";
import { type AdapterName, secrets } from "./secret-life";

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
  /** `3.274.1` */
  readonly engineVersion: string;
}

interface EnginesOwn {
  /** Lines of the log that the engine and Pulumi's Node.js SDK write themselves, in the clear, for every provider. */
  readonly lines: readonly RegExp[];
  /** Where secrets stand unmarked in the messages to and from a provider. */
  readonly places: readonly string[];
}

/** Each of these versions was examined; none between them. */
const versions = ["3.259.0", "3.274.1"] as const;
type Version = (typeof versions)[number];

/** Lines that 3.259.0 wrote. */
function marshalling(type: string, ofProvider: readonly RegExp[]): readonly RegExp[] {
  const registration = `RegisterResource\\(${type},\\w+\\)`;
  return [
    new RegExp(`^Marshaling property for RPC\\[ResourceMonitor\\.${registration}\\]: value=`),
    new RegExp(`^Unmarshaling property for RPC\\[ResourceMonitor\\.${registration}\\]: value=`),
    /^Unmarshaling property for RPC\[ResourceMonitor\.RegisterResourceOutputs\(urn:.*:pulumi:Stack::world-dev\)\]: value=/,
    /^Marshaling property for RPC\[Provider\[\w+\]\.Configure\(\)\.inputs\]: value=/,
    ...ofProvider,
  ];
}

function finished(type: string): RegExp {
  return new RegExp(`^(eventSink::Debug\\(<\\{%reset%\\}>)?RegisterResource RPC finished: resource:\\w+\\[${type}\\]`);
}

const ofEveryProvider = [
  "LanguageRuntime/Run request.config.plivo:authToken",
  "ResourceMonitor/GetDeploymentInfo response.config.plivo:authToken",
];

function places(method: string, fields: string, property: string): readonly string[] {
  return fields.split(" ").map((field) => `ResourceProvider/${method} ${field}.${property}`);
}

const types: Readonly<Record<AdapterName, string>> = {
  dynamic: "pulumi-nodejs:dynamic/plivo:\\w+",
  plugin: "plivo:index:\\w+",
};

const marshalled: Readonly<Record<AdapterName, readonly RegExp[]>> = {
  dynamic: marshalling(types.dynamic, [
    /^Unmarshaling property for RPC\[Provider\[\w+\]\.(Check|Create|Update|Read)\(.*\)\.(inputs|outputs)\]: value=/,
  ]),
  plugin: marshalling(types.plugin, [
    /^Unmarshaling property for RPC\[Provider\[\w+\]\.CheckConfig\(.*\)\.inputs\]: value=/,
    /^Marshaling property for RPC\[Provider\[\w+\]\.(Check|Diff|Create|Update|Read|Delete)\(.*\)(\.\w+)?\]: value=/,
    /^Unmarshaling property for RPC\[Provider\[\w+\]\.(Check|Create|Update|Read)\(.*\)\.(inputs|outputs)\]: value=/,
  ]),
};

const unmarked: Readonly<Record<AdapterName, readonly string[]>> = {
  // Pulumi's host of dynamic providers takes no marked secrets.
  dynamic: [
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
  // The provider's configuration, before the provider says what of it is secret; and no response of ours.
  plugin: [
    ...ofEveryProvider,
    ...places("CheckConfig", "request.news request.olds", "authToken"),
    ...places("DiffConfig", "request.news request.oldInputs request.olds", "authToken"),
    ...places("Configure", "request.variables", "plivo:config:authToken"),
  ],
};

/** What newer engines say to a provider besides. */
const unmarkedSince: Readonly<Record<AdapterName, readonly string[]>> = {
  dynamic: places("Check", "request.oldOutputs", "password"),
  plugin: [],
};

function ownOf(adapter: AdapterName, version: Version): EnginesOwn {
  const isFirst = version === "3.259.0";
  return {
    lines: [finished(types[adapter]), ...(isFirst ? marshalled[adapter] : [])],
    places: [...unmarked[adapter], ...(isFirst ? [] : unmarkedSince[adapter])],
  };
}

/** What the engine may write. */
function allowed(adapter: AdapterName, engineVersion: string): EnginesOwn {
  const known = versions.filter((version) => version === engineVersion);
  const all = (known.length > 0 ? known : versions).map((version) => ownOf(adapter, version));
  return { lines: all.flatMap(({ lines }) => lines), places: all.flatMap((own) => own.places) };
}

/** The text of a line of the log; nothing for a line that is no entry of it. */
function messageOf(line: string): string {
  const logged: { msg?: string } = line.startsWith("{") ? JSON.parse(line) : {};
  return logged.msg ?? "";
}

/** Each place that holds a secret and may not: `log: ...`, `file: backend/...`. */
export function leaksIn(evidence: Evidence, adapter: AdapterName): string[] {
  const { console, log, folder, rpcLog, commandLines, engineVersion } = evidence;
  const own = allowed(adapter, engineVersion);
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

/** What this version of the engine should have written and did not: the lists above and docs/secrets.md are wrong. */
export function missingOf({ log, rpcLog, engineVersion }: Evidence, adapter: AdapterName): string[] {
  const version = versions.find((known) => known === engineVersion);
  if (!version) return [];
  const own = ownOf(adapter, version);
  const logged = leakingLines(log, secrets).map(messageOf);
  const seen = unmarkedSecrets(readFileSync(rpcLog, "utf8"), secrets);
  return [
    ...own.lines.filter((form) => !logged.some((message) => form.test(message))).map(String),
    ...own.places.filter((place) => !seen.includes(place)),
  ];
}
