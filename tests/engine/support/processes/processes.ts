/** The processes that an operation of this test has started. */
import { execFileSync } from "node:child_process";

interface Running {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** How `ps` prints what `descendantsIn` reads. */
export const TABLE: readonly string[] = ["-A", "-ww", "-o", "pid=,ppid=,args="];

/** All below this process: other tests, and other people, have theirs on the same machine. */
export function descendantsIn(table: string): readonly Running[] {
  const all = table.split("\n").map((line): Running => {
    const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), command };
  });
  const below = (parent: number): readonly Running[] =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(process.pid);
}

function idsOf(pattern: RegExp): readonly number[] {
  const table = execFileSync("ps", [...TABLE], { encoding: "utf8", maxBuffer: 1e8 });
  const ids = descendantsIn(table).filter(({ command }) => pattern.test(command));
  if (ids.length === 0) throw new Error(`no process ${pattern} is running`);
  return ids.map(({ pid }) => pid);
}

/** The `pulumi up` that this process has started. */
export function engineProcesses(): readonly number[] {
  return idsOf(/^\S*pulumi up /);
}

/** The plugin, or the host in which dynamic providers run; not the shell around it. */
export function providerProcesses(): readonly number[] {
  return idsOf(/^\S*node \S*(pulumi-resource-plivo|dynamic-provider\/index\.js) /);
}
