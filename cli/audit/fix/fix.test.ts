/** What `--fix` deletes and removes, and what it leaves alone. The real engine is in tests/engine/audit.test.ts. */
import { expect, test } from "@jest/globals";
import type { Seed } from "pulumi-plivo/simulator";
import { stackState } from "../../inventory/stack-state";
import { parseExportedStack } from "../../shared/exported-stack";
import { audit } from "../audit";
import { type Entry, entry, pendingCreate, pendingRoute, silent, simulatedAccount, stateOf } from "../testing/audited";
import { runFix } from "./run-fix";

const uri = (id: string, name: string) => ({ uri_uuid: id, name, uri: "sip.example.com" });
const trunk = (id: string, name: string, primary: string) => ({
  trunk_id: id,
  name,
  trunk_direction: "inbound" as const,
  primary_uri_uuid: primary,
});

/** `uri-1` and `100` were left behind by a killed run. */
const seed: Seed = {
  originationUris: [uri("uri-1", "pbx-0a1b2c3"), uri("uri-2", "switchboard")],
  trunks: [trunk("100", "in-1a1b2c3", "uri-1"), trunk("200", "other", "uri-2")],
};
const both = [pendingCreate("OriginationUri", "pbx", "pbx-0a1b2c3"), pendingCreate("Trunk", "in", "in-1a1b2c3")];
const foreign = {
  resource: { urn: "urn:pulumi:dev::lines::aws:s3:Bucket::b", type: "aws:s3:Bucket" },
  type: "creating",
};

const root = { type: "pulumi:pulumi:Stack", urn: "urn:pulumi:dev::lines::pulumi:pulumi:Stack::lines-dev" };

interface Options {
  readonly seed?: Seed;
  readonly pending?: readonly object[];
  readonly more?: readonly Entry[];
  readonly isAgreed?: boolean;
  readonly ask?: (question: string) => Promise<string>;
  /** When a run has the stack. */
  readonly isLocked?: boolean;
  /** When a run takes it between the first check and the end. */
  readonly isLockedLater?: boolean;
  readonly writtenAt?: string;
  /** To the state, between the plan and the yes. */
  imported?(entries: Entry[]): void;
  meanwhile?(simulator: Awaited<ReturnType<typeof simulatedAccount>>["simulator"]): void;
}

const orphans = ["uri-1", "100"];

function storeOf(state: string, { isLocked = false, isLockedLater = false }: Options) {
  const store = {
    state,
    writes: [] as string[],
    read: async () => store.state,
    rewrite: async () => {
      if (isLocked) throw new Error("the stack is currently locked by 1 lock(s)");
    },
    // As `pulumi stack import` does, whatever it is given.
    write: async (_: string, text: string) => {
      if (isLockedLater) throw new Error("the stack is currently locked by 1 lock(s)");
      store.writes.push(text);
      const given = JSON.parse(text);
      store.state = JSON.stringify({ ...given, deployment: { ...given.deployment, pending_operations: [] } });
    },
  };
  return store;
}

async function fixed({ pending = both, more = [], isAgreed = true, ask, meanwhile, imported, ...rest }: Options = {}) {
  const { account, newAccount, simulator, clock, takeRequests } = await simulatedAccount({ seed: rest.seed ?? seed });
  const entries = (await stateOf(newAccount())).filter(({ id = "" }) => !orphans.includes(id));
  const deployment = {
    manifest: { time: rest.writtenAt ?? "2020-01-01T00:00:00Z" },
    resources: [root, ...entries, ...more],
    pending_operations: pending,
  };
  let state = JSON.stringify({ version: 3, deployment });
  const result = await audit(
    account,
    [{ label: "dev", state: stackState(state, "dev", ""), isOfAccount: true }],
    silent,
  );
  takeRequests();
  meanwhile?.(simulator);
  imported?.(deployment.resources);
  state = JSON.stringify({ version: 3, deployment });
  const lines: string[] = [];
  const store = storeOf(state, rest);
  const start = clock.now();
  const ended = await runFix(result, { account, store, isAgreed, ask, line: (text) => lines.push(text) }).catch(
    (error: unknown) => error,
  );
  const { store: held } = simulator;
  return {
    ended,
    lines,
    writes: store.writes,
    waited: clock.now() - start,
    left: [...held.originationUris.keys(), ...held.trunks.keys()],
    pending: parseExportedStack(store.state).deployment.pending_operations ?? [],
    sent: takeRequests().filter((request) => !request.startsWith("GET ")),
  };
}

test("what a killed run has created is deleted, trunks first, and its operations leave the state", async () => {
  const { ended, left, pending, sent, lines } = await fixed();
  expect(ended).toEqual({ hasChanged: true, isDone: true });
  expect(left).toEqual(["uri-2", "200"]);
  expect(pending).toEqual([]);
  expect(sent).toEqual(["DELETE Zentrunk/Trunk/100/", "DELETE Zentrunk/URI/uri-1/"]);
  expect(lines).toEqual([
    "To fix:",
    '  delete trunk 100 ("in-1a1b2c3")',
    '  delete origination URI uri-1 ("pbx-0a1b2c3")',
    "  remove 2 pending creates from the state of dev",
    "dev: if a killed run has left it locked, run `pulumi cancel --stack dev` first.",
    'deleted trunk 100 ("in-1a1b2c3")',
    'deleted origination URI uri-1 ("pbx-0a1b2c3")',
    "removed 2 pending creates from the state of dev",
  ]);
});

test("beside operations of other packages, which an import would remove too, the state is not written", async () => {
  const { ended, left, pending, writes, lines } = await fixed({ pending: [...both, foreign] });
  expect([ended, left]).toEqual([{ hasChanged: true, isDone: false }, ["uri-2", "200"]]);
  expect([pending, writes]).toEqual([[...both, foreign], []]);
  expect(lines.at(-1)).toMatch(
    /^not fixed: the state of dev keeps its pending operations, .*:aws:s3:Bucket::b: all are/,
  );
});

test.each([
  { how: "without a terminal and --yes", ask: undefined, says: "Nothing was changed: pass --yes to do this." },
  { how: "after a no", ask: async () => "n", says: "Nothing was changed." },
])("nothing is sent and no state is written $how", async ({ ask, says }) => {
  const { ended, left, writes, sent, lines } = await fixed({ isAgreed: false, ...(ask && { ask }) });
  expect(ended).toEqual({ hasChanged: false, isDone: false });
  expect([left.length, writes, sent, lines.at(-1)]).toEqual([4, [], [], says]);
});

test("a yes on a terminal is enough", async () => {
  expect((await fixed({ isAgreed: false, ask: async () => "yes" })).left).toEqual(["uri-2", "200"]);
});

test("while a run has the stack nothing is deleted: what it creates is pending too", async () => {
  const { ended, left, sent } = await fixed({ isLocked: true });
  expect(ended).toMatchObject({
    exitCode: 4,
    message: expect.stringMatching(
      /^the state of dev cannot be written: if a killed .* run `pulumi cancel --stack dev` first; .* \(the stack is currently locked/,
    ),
  });
  expect([left.length, sent]).toEqual([4, []]);
});

test("a state that cannot be written at the end is reported beside what was deleted", async () => {
  const { ended, left, pending, lines } = await fixed({ isLockedLater: true });
  expect([ended, left, pending.length]).toEqual([{ hasChanged: true, isDone: false }, ["uri-2", "200"], 2]);
  expect(lines.at(-1)).toMatch(/^not fixed: the state of dev cannot be written: .*currently locked/);
});

test("while a run has the stack, nothing is waited for that may appear late", async () => {
  const { ended, waited } = await fixed({
    isLocked: true,
    pending: [pendingCreate("OriginationUri", "late", "late-2a1b2c3")],
    writtenAt: new Date().toISOString(),
  });
  expect([ended, waited]).toEqual([expect.objectContaining({ exitCode: 4 }), 0]);
});

test.each<Options & { readonly what: string }>([
  {
    what: "an object under a name of the program's own",
    pending: [pendingCreate("OriginationUri", "pbx", "switchboard")],
  },
  {
    what: "an object under the auto-name of another resource",
    pending: [pendingCreate("OriginationUri", "other", "pbx-0a1b2c3")],
  },
  {
    what: "an object that a state has",
    more: [entry("OriginationUri", "pbx", { id: "uri-1" }), entry("Trunk", "in", { id: "100" })],
  },
  {
    what: "an object that waits for its deletion",
    more: [
      entry("OriginationUri", "pbx", { id: "uri-1", delete: true }),
      entry("Trunk", "in", { id: "100", external: true }),
    ],
  },
  {
    what: "one of two objects of a name",
    seed: { originationUris: [...(seed.originationUris ?? []), uri("uri-3", "pbx-0a1b2c3")] },
    pending: both.slice(0, 1),
  },
  {
    what: "what an unconfirmed create of the state may have made",
    more: [entry("OriginationUri", "pbx", { id: "unconfirmed:pbx-0a1b2c3" })],
    pending: both.slice(0, 1),
  },
  { what: "an object of an update", pending: [pendingCreate("OriginationUri", "pbx", "pbx-0a1b2c3", "updating")] },
  { what: "a URI that another trunk uses", pending: both.slice(0, 1) },
  { what: "a trunk with numbers, and its URI", seed: { ...seed, numbers: [{ number: "14155550100", app_id: "100" }] } },
])("$what is not deleted", async (options) => {
  const { left, sent } = await fixed(options);
  expect(left).toEqual(expect.arrayContaining(["uri-1"]));
  expect(sent).toEqual([]);
});

test("what is used or renamed after the plan was made stays, and so does its operation", async () => {
  const used = await fixed({ meanwhile: ({ store }) => store.edit("trunks", "200", { fallback_uri_uuid: "uri-1" }) });
  expect(used.ended).toEqual({ hasChanged: true, isDone: false });
  // All of the operations stay, or none.
  expect([used.left, used.pending.length]).toEqual([["uri-1", "uri-2", "200"], 2]);
  expect(used.lines).toContainEqual(expect.stringMatching(/^not fixed: deleting .* refused, still used by trunk 200/));
  const renamed = await fixed({ meanwhile: ({ store }) => store.edit("trunks", "100", { name: "kept" }) });
  expect([renamed.left.length, renamed.pending.length]).toEqual([4, 2]);
});

test("what was imported into the state while a person was asked is not deleted", async () => {
  const { ended, left, sent, pending, lines } = await fixed({
    imported: (entries) => void entries.push(entry("OriginationUri", "pbx", { id: "uri-1" })),
    pending: both.slice(0, 1),
    seed: { originationUris: [uri("uri-1", "pbx-0a1b2c3")] },
  });
  expect([ended, left, sent, pending.length]).toEqual([{ hasChanged: true, isDone: false }, ["uri-1"], [], 1]);
  expect(lines.at(-1)).toBe(
    'not fixed: origination URI uri-1 ("pbx-0a1b2c3"): the state of dev has it by now, and it is left alone',
  );
});

test("a pending attachment that was carried out is removed at once, and the number stays where it is", async () => {
  const numbers = [{ number: "14155550100", app_id: "200" }];
  const { ended, pending, waited, sent } = await fixed({
    seed: { ...seed, numbers },
    pending: [pendingRoute({ numbers: ["14155550100"], trunkId: "200" }, "TrunkPhoneNumbers")],
    writtenAt: new Date().toISOString(),
  });
  expect([ended, pending, waited, sent]).toEqual([{ hasChanged: true, isDone: true }, [], 0, []]);
});

test("a create of which nothing is there is removed, after the time in which an object may still appear", async () => {
  const recent = {
    pending: [pendingCreate("OriginationUri", "late", "late-2a1b2c3")],
    writtenAt: new Date().toISOString(),
  };
  const { pending, waited, left } = await fixed(recent);
  expect([pending, waited, left.length]).toEqual([[], 15_000, 4]);
  const appeared = await fixed({
    ...recent,
    meanwhile: ({ store }) => void store.addOriginationUri(uri("uri-9", "late-2a1b2c3")),
  });
  expect(appeared.ended).toEqual({ hasChanged: true, isDone: false });
  expect([appeared.pending.length, appeared.left.length]).toEqual([1, 5]);
  expect((await fixed({ ...recent, writtenAt: "2020-01-01T00:00:00Z" })).waited).toBe(0);
});
