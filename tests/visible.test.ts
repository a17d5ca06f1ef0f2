/** Names, ids and texts of servers do nothing to a terminal or a CI system, in errors and log lines of both adapters. */
import { expect, test } from "@jest/globals";
import type { Fault } from "pulumi-plivo/simulator";
import { seed } from "./support/life-cases";
import { inTime, openRuns, VirtualWorld } from "./support/virtual-world";

const NAME = "a\u001b]0;owned\u0007\r\n::error::b ##vso[task.complete]\u202e\u0085 it's";

const faults: readonly { what: string; fault: Fault }[] = [
  { what: "is rejected", fault: { kind: "status", status: 400 } },
  { what: "gets no response, and is found", fault: { kind: "drop-after" } },
  { what: "waits", fault: { kind: "status", status: 429, headers: { "retry-after": "7" } } },
  {
    what: "is rejected with a hostile text",
    fault: { kind: "body", status: 400, body: { error: NAME, api_id: NAME } },
  },
];
const table = Object.entries(openRuns).flatMap(([adapter, open]) =>
  faults.map((fault) => ({ adapter, open, ...fault })),
);

test.each(table)("$adapter: a create under a hostile name that $what", async ({ open, fault }) => {
  const world = await VirtualWorld.start(open, { seed });
  const { simulator, run, lines } = world;
  try {
    const inputs = { name: NAME, trunkDirection: "inbound", primaryUriUuid: "uri-1" };
    simulator.faults.add({ method: "POST", do: fault, times: 1 });
    const create = run
      .adapter("it")
      .create("Trunk", { ...inputs, trunkStatus: "enabled", secure: false, forceDestroy: false });
    const shown = await inTime(
      create.then(
        () => [],
        (error: Error) => [error.message],
      ),
    );
    const { failures } = await run.adapter("it").check("Trunk", { ...inputs, [NAME]: 1, trunkDirection: NAME });
    const all = [...shown, ...lines, ...failures.map(({ reason }) => reason)];
    expect(all.length).toBeGreaterThan(0);
    for (const text of all) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]|^\s*::|##\w*\[/u);
    if (fault.kind === "drop-after") expect(shown[0]).toContain('"a\\u001b]0;owned\\u0007\\r\\n::error::b #\\#vso[');
  } finally {
    await simulator.close();
  }
});
