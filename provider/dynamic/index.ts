/**
 * `pulumi-plivo/provider`: what the state of every dynamic resource refers to by name.
 *
 * The name of this module and of each export is written into the state of every user for as long as the resource lives
 * (`exports.handler=()=>require("pulumi-plivo/provider").trunk;`): none of them may ever change. A test pins them.
 */
import type { dynamic } from "@pulumi/pulumi";
import type { FunctionToken } from "../functions/index";
import { Account, resources } from "../resources/index";
import { dynamicProvider } from "./adapter";
import { invokeFor } from "./invoke";
import { Session } from "./session";

function newSession(): Session {
  return new Session(
    (settings) => new Account(settings),
    (line) => void process.stdout.write(`${line}\n`),
  );
}

/** Shared by the host's process: there is one configuration, and one account, for all dynamic resources of a run. */
const session = newSession();

export const trunk: dynamic.ResourceProvider = dynamicProvider(resources.Trunk, session);
export const credential: dynamic.ResourceProvider = dynamicProvider(resources.Credential, session);
export const ipAccessControlList: dynamic.ResourceProvider = dynamicProvider(resources.IpAccessControlList, session);
export const originationUri: dynamic.ResourceProvider = dynamicProvider(resources.OriginationUri, session);
export const phoneNumberAttachment: dynamic.ResourceProvider = dynamicProvider(
  resources.PhoneNumberAttachment,
  session,
);
export const trunkPhoneNumbers: dynamic.ResourceProvider = dynamicProvider(resources.TrunkPhoneNumbers, session);

/**
 * Runs one of the functions in the program's own process. `configured` returns the value of a configuration key of the
 * stack (`authId`, not `plivo:authId`).
 */
export async function invoke(
  token: FunctionToken,
  args: Readonly<Record<string, unknown>>,
  configured: (key: string) => unknown,
): Promise<object> {
  // One process may run the programs of several stacks (Automation API), each with a configuration of its own. They
  // share what must be shared, rate limit and connections, in the client.
  const own = newSession();
  own.configure(configured);
  return invokeFor(own, token, args);
}
