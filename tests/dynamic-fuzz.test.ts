/** Whatever the dynamic provider host passes: a result that it can encode, or an Error; and always an end. */
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { dynamicProvider } from "../provider/dynamic/adapter";
import { Session } from "../provider/dynamic/session";
import { FakeHost, HostFailure } from "../provider/dynamic/testing/fake-host";
import { Account, type ResourceToken, resources } from "../provider/resources/index";
import { seed } from "./support/adapters/life-cases";
import { inTime, openRuns, VirtualWorld } from "./support/virtual/virtual-world";

const tokens = Object.keys(resources) as readonly ResourceToken[];
const keys = [...new Set(tokens.flatMap((token) => Object.keys(resources[token].properties)))];

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    "",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "inbound",
    "uri-1",
    "x".repeat(5_000),
    "\u0000",
    "../..",
    -0,
    1e308,
  ),
);
const __provider = 'exports.handler=()=>require("pulumi-plivo/provider").it;';
/** The host hands over JSON, and always the text by which it has found us. */
const props = fc
  .dictionary(fc.oneof(fc.constantFrom(...keys, "__autoName", "__plain", "__proto__"), fc.string()), value, {
    maxKeys: 6,
  })
  .map((given) => ({ ...given, __provider }));
const id = fc.oneof(
  fc.string(),
  fc.constantFrom("100", "uri-1", "14155550100", "unconfirmed:x", "unconfirmed:", "a/../b", "%2e"),
);

type Call = (host: FakeHost) => Promise<unknown>;

const calls: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(props, props).map(
    ([olds, news]): Call =>
      (host) =>
        host.check(olds, news),
  ),
  fc.tuple(id, props, props).map(
    ([of, olds, news]): Call =>
      (host) =>
        host.diff(of, olds, news),
  ),
  props.map(
    (news): Call =>
      (host) =>
        host.create(news),
  ),
  fc.tuple(id, props).map(
    ([of, state]): Call =>
      (host) =>
        host.read(of, state),
  ),
  fc.tuple(id, props, props).map(
    ([of, olds, news]): Call =>
      (host) =>
        host.update(of, olds, news),
  ),
  fc.tuple(id, props).map(
    ([of, state]): Call =>
      (host) =>
        host.delete(of, state),
  ),
);

test("every call of the dynamic adapter ends in a value that can be encoded or in an Error", async () => {
  const open = Object.values(openRuns)[0];
  if (!open) throw new Error("there is no adapter");
  const { simulator, clock } = await VirtualWorld.start(open, { seed });
  const { authId, authToken, url } = simulator;
  const property = fc.asyncProperty(
    fc.constantFrom(...tokens),
    fc.array(calls, { maxLength: 4 }),
    async (token, made) => {
      const account = new Account({ authId, authToken, baseUrl: url }, { clock, random: () => 0.5 });
      const session = new Session(
        () => account,
        () => undefined,
      );
      const host = new FakeHost(dynamicProvider(resources[token], session));
      for (const call of made) {
        const error = await inTime(call(host)).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        // The host turns every Error into this; anything else is one of its own complaints.
        expect(error === undefined || error instanceof HostFailure || String(error)).toBe(true);
      }
    },
  );
  try {
    await fc.assert(property, { numRuns: 300 });
  } finally {
    await simulator.close();
  }
}, 300_000);
