import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import { type RequestLogEntry, type Seed, SeedError, type Simulator, startSimulator } from "../simulator/index";
import { behaviourLike } from "./contract/record/like";

/** P-L-I-V on a phone's keypad. Fixed, so that a configuration outlives a restart of the simulator. */
const DEFAULT_PORT = 7548;
const KEPT_REQUESTS = 1000;

/** Numbers and an application, so that a user has something to attach. */
const demoSeed: Seed = {
  applications: [{ app_id: "40000000000000001", app_name: "voicemail", default_app: true }],
  numbers: [
    "14155550100",
    "14155550101",
    "14155550102",
    { number: "14155550103", alias: "front desk", app_id: "40000000000000001" },
  ],
};

interface Options {
  port: number;
  latency: number;
  rateLimit: boolean;
  seed?: string;
  like?: string;
}

/** `pulumi-plivo simulate`: a simulator in the foreground, until a signal ends it. */
export const simulateCommand = new Command("simulate")
  .description("Run a simulator of Plivo's SIP trunking API, to try programs without an account.")
  .option("--port <number>", `port to listen on; 0 for a free one`, wholeNumber(65_535), DEFAULT_PORT)
  .option("--latency <ms>", "time before each response", wholeNumber(3_600_000), 0)
  .option("--rate-limit", "reject more than 300 requests in 5 seconds, as Plivo does", false)
  .option("--seed <file>", "JSON file with what the account holds at the start (see the simulator's README)")
  .option("--like <file>", "behave as the account did that `pulumi-plivo contract --record` examined")
  .action((options: Options, command: Command) => run(options, command));

async function run({ port, latency, rateLimit, seed, like }: Options, command: Command): Promise<void> {
  let simulator: Simulator;
  try {
    simulator = await startSimulator({
      port,
      latencyMs: latency,
      rateLimit,
      seed: seed === undefined ? demoSeed : readSeed(seed),
      ...(like !== undefined && { behaviour: behaviourLike(like) }),
      keepRequests: KEPT_REQUESTS,
      onRequest: (entry) => write(requestLine(entry)),
    });
  } catch (thrown) {
    return command.error(`error: ${startProblem(thrown, port, seed)}`);
  }
  write(welcome(simulator));
  await signalled();
  await simulator.close();
  write("Stopped. Nothing was kept.");
}

function readSeed(file: string): Seed {
  const text = readFileSync(file, "utf8");
  try {
    // Checked field by field when it is loaded.
    return JSON.parse(text) as Seed;
  } catch (thrown) {
    throw new SeedError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function startProblem(thrown: unknown, port: number, seed: string | undefined): string {
  if (thrown instanceof SeedError) return `the seed ${seed} cannot be used: ${thrown.message}`;
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (code === "EADDRINUSE") return `port ${port} is in use; choose another with --port, or --port 0 for a free one`;
  if (code === "EACCES" && seed === undefined) return `no permission to open port ${port}; choose one above 1023`;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function welcome({ url, authId, authToken }: Simulator): string {
  return [
    "A simulated Plivo account. In the folder of your Pulumi program:",
    "",
    `  pulumi config set plivo:baseUrl ${url}`,
    `  pulumi config set plivo:authId ${authId}`,
    `  pulumi config set --secret plivo:authToken ${authToken}`,
    "",
    "or, in the environment:",
    "",
    `  export PLIVO_BASE_URL=${url} PLIVO_AUTH_ID=${authId} PLIVO_AUTH_TOKEN=${authToken}`,
    "",
    `What it holds: ${new URL("/", url)}   End it with Ctrl-C.`,
    "",
  ].join("\n");
}

function requestLine({ method, path, query, status, ms, fault, by }: RequestLogEntry): string {
  const search = new URLSearchParams(query).toString();
  const target = search === "" ? path : `${path}?${search}`;
  const time = `${Math.round(ms)} ms`;
  const notes = [fault, by].filter((note) => note !== undefined);
  return `${method.padEnd(6)} ${target}  ${status || "no response"}  ${time}${notes.map((note) => `  (${note})`).join("")}`;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Waits for Ctrl-C or a polite kill; a second one ends the process the hard way. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.off("SIGINT", end);
      process.off("SIGTERM", end);
      resolve();
    };
    process.on("SIGINT", end);
    process.on("SIGTERM", end);
  });
}

function wholeNumber(max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > max) throw new InvalidArgumentError(`Give a whole number from 0 to ${max}.`);
    return value;
  };
}
