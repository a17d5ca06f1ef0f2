/** Runs a function of the provider: in the program's own process, or by the mocks of a unit test. */
import * as pulumi from "@pulumi/pulumi";

export async function invoke<Result>(token: string, args: object): Promise<Result> {
  if (isMocked()) return pulumi.runtime.invoke(pluginToken(token), { ...args });
  // Loaded by the first function that a program uses: a program that only declares resources never loads the API client.
  const provider = await import("pulumi-plivo/provider");
  const run: Invoke = provider.invoke as unknown as Invoke;
  return (await run(token, args, (key) => pulumi.runtime.getConfig(`plivo:${key}`))) as Result;
}

type Invoke = (token: string, args: object, configured: (key: string) => string | undefined) => Promise<unknown>;

/** The same with arguments that may be outputs of resources: runs when all of them are known. */
export function invokeOutput<Result>(token: string, args: object): pulumi.Output<Result> {
  if (isMocked()) return pulumi.runtime.invokeOutput(pluginToken(token), { ...args });
  return pulumi.output(args).apply((known) => invoke<Result>(token, known));
}

/**
 * Whether a test has put mocks (`pulumi.runtime.setMocks`) in the place of the engine. Anything that is not a gRPC client
 * counts as mocks: a request to a real account is the worse mistake.
 */
function isMocked(): boolean {
  const monitor = pulumi.runtime.getMonitor();
  return monitor !== undefined && !("getChannel" in monitor);
}

/** The name that the plugin gives the function, so that the same mocks serve both SDKs. */
function pluginToken(token: string): string {
  return `plivo:index:${token}`;
}
