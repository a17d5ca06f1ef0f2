/** A stack full of secrets, in either adapter, and what a stack goes through in its life. */
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { GlobalOpts, Stack } from "@pulumi/pulumi/automation";
import { sdks } from "../programs/sdks";
import type { World } from "../stack/engine";

export type AdapterName = keyof typeof sdks;

export const authId = "MASECRETS";
export const authToken = "hush0000hush1111hush";
export const passwords = { plain: "plain_Pa55word!", secret: "secret_Pa55word!", uri: "uri_Pa55word" };
/** What follows `Basic` in the header. */
export const basic = Buffer.from(`${authId}:${authToken}`).toString("base64");
export const secrets: readonly string[] = [authToken, basic, ...Object.values(passwords)];

/** A password as a plain text, one as a secret, and one that comes back as an output of the stack. */
export function program(adapter: AdapterName, username = "pbxlondon") {
  const plivo = sdks[adapter];
  return async () => {
    const { password } = new plivo.Credential("plain", { username, password: passwords.plain });
    new plivo.Credential("secret", { username, password: pulumi.secret(passwords.secret) });
    const login = { authenticationNeeded: true, username, password: passwords.uri };
    new plivo.OriginationUri("uri", { uri: "sip.example.com", ...login });
    return { password };
  };
}

/** All that the engine prints in one or more operations. */
export class Printed {
  stdout = "";
  /** Also what `--logtostderr` logs. */
  stderr = "";

  readonly listening = {
    onOutput: (text: string): void => {
      this.stdout += text;
    },
    onError: (text: string): void => {
      this.stderr += text;
    },
  };
}

/** Everything that a stack goes through but its end. */
export async function wholeLife(
  { stack, run }: World,
  adapter: AdapterName,
  options: GlobalOpts = {},
): Promise<Printed> {
  const printed = new Printed();
  const all = { ...options, ...printed.listening };
  run(program(adapter, "pbxlondon"));
  await stack.preview({ diff: true, ...all });
  await stack.up({ diff: true, ...all });
  run(program(adapter, "pbxparis"));
  await stack.up({ diff: true, ...all });
  await stack.refresh(all);
  await stack.preview({ expectNoChanges: true, ...all });
  return printed;
}

export function setVariables({ workspace }: Stack, variables: Readonly<Record<string, string>>): void {
  workspace.envVars = { ...workspace.envVars, ...variables };
}

/** Into a file below the folder that is scanned. */
export function traceInto({ stack, folder }: World): string {
  const file = join(folder, "trace.jsonl");
  setVariables(stack, { PLIVO_TRACE: file });
  return file;
}
