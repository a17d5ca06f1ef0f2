/**
 * A new stack with its configuration. Pulumi makes the first of a test file; further ones get what it wrote then, because
 * two commands derive a key from the passphrase, which takes half a second.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ConfigMap,
  type InlineProgramArgs,
  LocalWorkspace,
  PulumiCommand,
  type Stack,
} from "@pulumi/pulumi/automation";
import { connectAnew } from "../processes/connections";
import { readResultsFrom } from "./results";

export interface NewStack {
  readonly program: InlineProgramArgs;
  /** Where everything goes: `Pulumi.<stack>.yaml`, `backend`. */
  readonly folder: string;
  readonly settings: Parameters<typeof LocalWorkspace.createStack>[1];
  readonly config: ConfigMap;
}

/** A file of the new stack by its path in the folder. */
type Files = ReadonlyMap<string, string>;

const made = new Map<string, Files>();

let command: Promise<PulumiCommand> | undefined;

export async function newStack({ program, folder, settings, config }: NewStack): Promise<Stack> {
  // Asks for the version.
  command ??= PulumiCommand.get();
  const options = { ...settings, workDir: folder, pulumiCommand: await command };
  const baseUrl = config["plivo:baseUrl"]?.value ?? "";
  const passphrase = settings?.envVars?.PULUMI_CONFIG_PASSPHRASE;
  const key = JSON.stringify([program.stackName, config, passphrase]).replaceAll(baseUrl, PLACE);
  const files = made.get(key);
  if (files) write(files, folder, baseUrl);
  const stack = await LocalWorkspace[files ? "selectStack" : "createStack"](program, options);
  if (!files) {
    await stack.setAllConfig(config);
    made.set(key, read(folder, program, baseUrl));
  }
  connectAnew(stack.workspace);
  readResultsFrom(join(folder, "backend/.pulumi"), stack, program.projectName);
  return stack;
}

/** Stands for the port of a simulator, which each test has its own of. */
const PLACE = "<base URL>";

function read(folder: string, { projectName, stackName }: InlineProgramArgs, baseUrl: string): Files {
  const backend = "backend/.pulumi";
  const paths = [
    `Pulumi.${stackName}.yaml`,
    `${backend}/meta.yaml`,
    `${backend}/stacks/${projectName}/${stackName}.json`,
  ];
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8").replaceAll(baseUrl, PLACE)]));
}

function write(files: Files, folder: string, baseUrl: string): void {
  for (const [path, text] of files) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text.replaceAll(PLACE, baseUrl));
  }
}
