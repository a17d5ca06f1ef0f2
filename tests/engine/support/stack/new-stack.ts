/**
 * A new stack with its configuration. Pulumi makes the first of a run; further ones get what it wrote then: a version, an
 * init and a configuration are three processes, which together take as long as an operation.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ConfigMap,
  type InlineProgramArgs,
  LocalWorkspace,
  type LocalWorkspaceOptions,
  PulumiCommand,
  Stack,
} from "@pulumi/pulumi/automation";
import { connectAnew } from "../processes/connections";
import { ofThisRun } from "../run/this-run";
import { readResultsFrom } from "./results";

export interface NewStack {
  readonly program: InlineProgramArgs;
  /** Where everything goes: `Pulumi.<stack>.yaml`, `backend`. */
  readonly folder: string;
  readonly settings: LocalWorkspaceOptions;
  readonly config: ConfigMap;
}

/** The text of a file of the new stack by its path in the folder. */
type Files = Readonly<Record<string, string>>;

let command: Promise<PulumiCommand> | undefined;

export async function newStack({ program, folder, settings, config }: NewStack): Promise<Stack> {
  // Asks for the version.
  command ??= PulumiCommand.get();
  const options = { ...settings, program: program.program, workDir: folder, pulumiCommand: await command };
  const workspace = await LocalWorkspace.create(options);
  connectAnew(workspace);
  const baseUrl = config["plivo:baseUrl"]?.value ?? "";
  const made = fileFor([program.stackName, config, settings.secretsProvider], baseUrl);
  const isMade = existsSync(made);
  if (isMade) {
    write(JSON.parse(readFileSync(made, "utf8")), folder, baseUrl);
    // A process that would only write down which stack is the current one: every command here names its own.
    workspace.selectStack = async () => {};
  }
  const stack = await Stack[isMade ? "select" : "create"](program.stackName, workspace);
  if (!isMade) {
    await stack.setAllConfig(config);
    keep(read(folder, program, baseUrl), made);
  }
  readResultsFrom(join(folder, "backend/.pulumi"), stack, program.projectName);
  return stack;
}

/** Stands for the port of a simulator, which each test has its own of. */
const PLACE = "<base URL>";

/** Where the files of such a stack are once it has been made. */
function fileFor(what: readonly unknown[], baseUrl: string): string {
  const key = JSON.stringify(what).replaceAll(baseUrl, PLACE);
  return join(ofThisRun("folder"), `${createHash("sha256").update(key).digest("hex")}.json`);
}

/** At once: another worker may be about to read it, or to write its own. */
function keep(files: Files, to: string): void {
  const draft = `${to}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(files));
  renameSync(draft, to);
}

function read(folder: string, { projectName, stackName }: InlineProgramArgs, baseUrl: string): Files {
  const backend = "backend/.pulumi";
  const paths = [
    `Pulumi.${stackName}.yaml`,
    `${backend}/meta.yaml`,
    `${backend}/stacks/${projectName}/${stackName}.json`,
  ];
  return Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(folder, path), "utf8").replaceAll(baseUrl, PLACE)]),
  );
}

function write(files: Files, folder: string, baseUrl: string): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text.replaceAll(PLACE, baseUrl));
  }
}
