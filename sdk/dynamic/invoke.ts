/** Runs a function of the provider in the program's own process. */
import * as pulumi from "@pulumi/pulumi";

/**
 * The provider, and with it the API client, is loaded by the first function that a program calls: a program that only
 * declares resources never loads it.
 */
export async function invoke<Result>(token: string, args: object): Promise<Result> {
  const provider = await import("pulumi-plivo/provider");
  const call: Invoke = provider.invoke as unknown as Invoke;
  return (await call(token, args, (key) => pulumi.runtime.getConfig(`plivo:${key}`))) as Result;
}

type Invoke = (token: string, args: object, configured: (key: string) => string | undefined) => Promise<unknown>;

/** The same with arguments that may be outputs of resources: runs when all of them are known. */
export function invokeOutput<Result>(token: string, args: object): pulumi.Output<Result> {
  return pulumi.output(args).apply((known) => invoke<Result>(token, known));
}
