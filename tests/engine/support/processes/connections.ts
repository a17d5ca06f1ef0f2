/** What lies between the operations of a test: the Automation API does not expect hundreds of engines in one process. */
import { getSubchannelPool } from "@grpc/grpc-js/build/src/subchannel-pool";
import type { Workspace } from "@pulumi/pulumi/automation";

/**
 * gRPC remembers that nothing listens at the port of an engine that has ended, and refuses to connect to the next engine
 * that happens to get the same port. The Automation API then takes the program for an empty one, and an `up` deletes all.
 */
export function connectAnew(workspace: Pick<Workspace, "serializeArgsForOp">): void {
  workspace.serializeArgsForOp = async () => {
    const pool = getSubchannelPool(true);
    if (!Reflect.has(pool, "pool")) throw new Error("@grpc/grpc-js keeps its connections elsewhere");
    Reflect.set(pool, "pool", {});
    return [];
  };
}
