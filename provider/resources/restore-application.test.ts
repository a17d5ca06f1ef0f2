/** Where a number goes back to, when the attachment that knew it is replaced, renamed, or told otherwise. */
import { expect, test } from "@jest/globals";
import { check, create, plan, RunLedger, remove, update, type Values } from "../lifecycle/index";
import { phoneNumberAttachment } from "./phone-number-attachment";
import { simulatedAccount } from "./testing/simulated-account";

const number = "14155550100";
const trunkOf = (id: string) => ({
  trunk_id: id,
  name: id,
  trunk_direction: "inbound" as const,
  primary_uri_uuid: "u",
});

/** A number that is routed to application 900, and trunks 100 and 101. */
async function world() {
  const simulated = await simulatedAccount({
    seed: {
      applications: [{ app_id: "900", app_name: "ivr" }],
      originationUris: [{ uri_uuid: "u", uri: "sip.example.com" }],
      trunks: [trunkOf("100"), trunkOf("101")],
      numbers: [{ number, app_id: "900" }],
    },
  });
  const { simulator, context } = simulated;
  return {
    ...simulated,
    routedTo: () => simulator.store.numbers.get(number)?.application?.split("/").at(-2) ?? null,
    attach: (trunkId: string) => create(phoneNumberAttachment, { number, trunkId }, context()),
    // In a later run, which has not seen it in the program.
    detach: (olds: Values) => remove(phoneNumberAttachment, number, olds, { ...context(), ledger: new RunLedger() }),
  };
}

const attached = (trunkId: string, previousApplication: string | null, restoreApplication: string | null = null) => ({
  number,
  trunkId,
  restoreApplication,
  previousApplication,
});

test("a replacement carries over where the number came from: this run has seen the old state", async () => {
  const { attach, context, account, detach, routedTo } = await world();
  const { outputs } = await attach("100");
  // The engine replaces it, for whatever reason: it compares first, and then creates the new one.
  account.ledger.recordDeleted("PhoneNumberAttachment", number);
  account.ledger.recordPlan(
    phoneNumberAttachment,
    plan(phoneNumberAttachment, { id: number, olds: outputs, news: { number, trunkId: "101" } }, account.ledger),
  );
  const next = await create(phoneNumberAttachment, { number, trunkId: "101" }, context());
  expect(next.outputs).toEqual(attached("101", "900"));
  await detach(next.outputs);
  expect(routedTo()).toBe("900");
});

test.each<{ given: string | undefined; warned: string[] }>([
  {
    given: undefined,
    warned: [
      'deleting phone number attachment 14155550100: previousApplication was "900", which the resource that has it now cannot know; set restoreApplication: "900" there now; the next time, give a resource that is renamed an alias',
    ],
  },
  { given: "900", warned: [] },
])(
  "an attachment that was renamed without an alias warns of the way back that is lost, unless it is given ($given)",
  async ({ given, warned }) => {
    const { attach, context, account, warnings } = await world();
    const { outputs } = await attach("100");
    account.ledger.recordDeleted("PhoneNumberAttachment", number);
    const renamed = { number, trunkId: "100", ...(given && { restoreApplication: given }) };
    const next = await create(phoneNumberAttachment, renamed, context());
    expect(next.outputs).toEqual(attached("100", null, given));
    await remove(phoneNumberAttachment, number, outputs, context());
    expect(warnings).toEqual(warned);
  },
);

test("restoreApplication comes before what the number was routed to, and is set without a request", async () => {
  const { attach, context, detach, routedTo, takeRequests } = await world();
  const { outputs } = await attach("100");
  takeRequests();
  const news = { number, trunkId: "100", restoreApplication: "101" };
  const given = await update(phoneNumberAttachment, { id: number, olds: outputs, news }, context());
  expect([given, takeRequests()]).toEqual([attached("100", "900", "101"), []]);
  await detach(given);
  expect(routedTo()).toBe("101");
});

test("a restoreApplication that does not exist is a warning, and the number is detached", async () => {
  const { context, detach, routedTo, warnings } = await world();
  const news = { number, trunkId: "100", restoreApplication: "404404" };
  const { outputs } = await create(phoneNumberAttachment, news, context());
  await detach(outputs);
  expect(routedTo()).toBeNull();
  expect(warnings).toEqual([
    "phone number 14155550100: application 404404, which restoreApplication names, is gone; it is detached",
  ]);
});

test("a restoreApplication that is an outbound trunk is a warning: the number would stop answering there", async () => {
  const { context, detach, routedTo, warnings, simulator } = await world();
  simulator.store.addCredential({ credential_uuid: "c", username: "pbxlondon", password: "Secret!1" });
  simulator.store.addTrunk({ trunk_id: "200", name: "out", trunk_direction: "outbound", credential_uuid: "c" });
  const news = { number, trunkId: "100", restoreApplication: "200" };
  const { outputs } = await create(phoneNumberAttachment, news, context());
  await detach(outputs);
  expect(routedTo()).toBeNull();
  expect(warnings).toEqual([expect.stringContaining("is an outbound trunk, on which calls would not be answered")]);
});

test("a restoreApplication that is the trunk of the attachment is rejected by the check", () => {
  const news = { number, trunkId: "100", restoreApplication: "100" };
  const request = { news, olds: undefined, secrets: new Set<string>(), autoName: undefined };
  expect(check(phoneNumberAttachment, request, new RunLedger()).failures).toMatchObject([
    { property: "restoreApplication" },
  ]);
});
