/** Names, ids and texts of servers do nothing to a terminal or a CI system, in errors and log lines of both adapters. */
import { expect, test } from "@jest/globals";
import type { Fault } from "pulumi-plivo/simulator";
import { seed } from "./support/adapters/life-cases";
import { inTime, openRuns, VirtualWorld } from "./support/virtual/virtual-world";

const NAME = "a\u001b]0;owned\u0007\r\n::error::b ##vso[task.complete]\u202e\u0085 it's";

/** The name as errors show it. */
const SHOWN = "a\\u001b]0;owned\\u0007\\r\\n::error::b #\\#vso[";
const faults: readonly { what: string; errors: readonly string[]; fault: Fault }[] = [
  { what: "is rejected", errors: [""], fault: { kind: "status", status: 400 } },
  { what: "gets no response, and is found", errors: [`"${SHOWN}`], fault: { kind: "drop-after" } },
  { what: "waits", errors: [], fault: { kind: "status", status: 429, headers: { "retry-after": "7" } } },
  {
    what: "is rejected with a hostile text",
    errors: [SHOWN],
    fault: { kind: "body", status: 400, body: { error: NAME, api_id: NAME } },
  },
];
const table = Object.entries(openRuns).flatMap(([adapter, open]) =>
  faults.map((fault) => ({ adapter, open, ...fault })),
);

test.each(table)("$adapter: a create under a hostile name that $what", async ({ open, errors, fault }) => {
  const world = await VirtualWorld.start(open, { seed });
  const { simulator, run, lines } = world;
  try {
    const inputs = { name: NAME, trunkDirection: "inbound", primaryUriUuid: "uri-1" };
    // Only the dynamic adapter needs it.
    const __provider = 'exports.handler=()=>require("pulumi-plivo/provider").trunk;';
    simulator.faults.add({ method: "POST", do: fault, times: 1 });
    const create = run
      .adapter("it")
      .create("Trunk", { __provider, ...inputs, trunkStatus: "enabled", secure: false, forceDestroy: false });
    const shown = await inTime(
      create.then(
        () => [],
        (error: Error) => [error.message],
      ),
    );
    const { failures } = await run.adapter("it").check("Trunk", { ...inputs, [NAME]: 1, trunkDirection: NAME });
    expect(shown).toEqual(errors.map((text) => expect.stringContaining(text)));
    expect(failures).not.toEqual([]);
    const all = [...shown, ...lines, ...failures.map(({ reason }) => reason)];
    for (const text of all) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]|^\s*::|##\w*\[/u);
  } finally {
    await simulator.close();
  }
});
