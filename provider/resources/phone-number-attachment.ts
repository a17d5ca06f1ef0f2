import type { PhoneNumber, Plivo } from "../client/index";
import { computedOnCreate, handOverTarget, string } from "../lifecycle/index";
import { OURS } from "../warnings/index";
import { E164, PHONE_NUMBER, phoneNumber, plivoId } from "./formats";
import { routeBefore } from "./numbers/previous-routes";
import { isOnTrunk, type Release, releaseNumber } from "./numbers/release";
import { isOutbound, refuseOutbound } from "./numbers/trunk-direction";
import { defineResource } from "./services";

/** The route of a rented number to a trunk. https://www.plivo.com/docs/sip-trunking/api/phone-numbers */
export const phoneNumberAttachment = defineResource({
  token: "PhoneNumberAttachment",
  noun: "phone number attachment",
  docs: "https://www.plivo.com/docs/numbers/api/account-phone-number",
  describe:
    "Routes a phone number that you rent to an inbound trunk. Deleting it puts back what the number was routed to before; the number itself is never given up.",
  example: `new plivo.PhoneNumberAttachment("hotline", {
    number: "+1 415 555 0100",
    trunkId: trunk.trunkId,
});`,
  properties: {
    number: string(
      phoneNumber,
      "The number with its country code: `+1 415 555 0100` or `14155550100`. A change replaces the attachment.",
    )
      .replaceOnChange()
      .refuses(
        "missing, or without a country code; shorter than the numbers of its country, or with an extension",
        E164,
      )
      .refuses("blanks or signs in it, unless the number exists in the numbering plan of its country", OURS),
    trunkId: string(
      plivoId,
      "The inbound trunk that receives the calls. An outbound one is refused: the number would stop answering.",
    ).refersTo("Trunk"),
    restoreApplication: string(
      plivoId,
      "Id of the application or inbound trunk that the number is routed to when this resource is deleted, in place of `previousApplication`. Apply it with `pulumi up` before deleting. Changing only this sends no API request.",
    )
      .local()
      .optional()
      .refuses("other signs than letters, digits, hyphens and underscores", OURS),
    previousApplication: computedOnCreate(
      "Id of the application or trunk that the number was routed to before; restored on delete.",
    ).instead("restoreApplication"),
  },
  id: "number",
  identity: "chosen",
  claims: {
    noun: PHONE_NUMBER,
    property: "number",
    target: "trunkId",
    recorded: ({ number, previousApplication }) =>
      number === null ? [] : [[number, previousApplication ?? null] as const],
  },

  rules({ trunkId, restoreApplication }, fail) {
    if (typeof restoreApplication === "string" && restoreApplication === trunkId)
      fail("restoreApplication", "is the trunk of this attachment: the number would stay attached to it");
  },

  async prepare({ plivo, inputs: { number, trunkId }, run }) {
    await refuseOutbound(plivo, trunkId);
    const before = routeBefore(await plivo.numbers.get(number, "eventual"), run);
    return { previousApplication: before === trunkId ? null : before };
  },
  async create({ plivo, inputs: { number, trunkId } }) {
    await plivo.numbers.route(number, trunkId);
    return { id: number };
  },
  // A number that is routed elsewhere, or nowhere, is drift; only a number that the account does not have is gone.
  read: async ({ plivo, id, consistency }) => attachmentOf(await plivo.numbers.get(id, consistency)),
  async update({ plivo, id, inputs: { trunkId } }) {
    await refuseOutbound(plivo, trunkId);
    await plivo.numbers.route(id, trunkId);
    return undefined;
  },
  async delete({ plivo, id, olds: { trunkId, previousApplication, restoreApplication }, run, warn }) {
    if (!(await isAttached(plivo, id, trunkId))) return;
    const keeper = run.keeperOf(id);
    const target = keeper && handOverTarget(keeper, trunkId);
    // No delete detaches a number that the program has; on an outbound trunk it would stop answering.
    if (keeper && (target === undefined || (await isOutbound(plivo, target)))) return;
    const release: Release =
      target === undefined
        ? { back: restoreApplication ?? previousApplication, isNamed: restoreApplication !== null }
        : { back: target, isNamed: true, isOfAnother: true };
    const why = await releaseNumber(plivo, id, release);
    if (why !== undefined) warn(`phone number ${id}: ${why}; it is detached`);
  },
});

function attachmentOf({ number, application }: PhoneNumber) {
  return { number, trunkId: application?.kind === "trunk" ? application.id : null };
}

/** A list may lag: that a number is not attached any more rests on a GET. */
async function isAttached(plivo: Plivo, number: string, trunkId: string | null): Promise<boolean> {
  const recent = await plivo.numbers.get(number, "recent");
  return isOnTrunk(recent, trunkId) || isOnTrunk(await plivo.numbers.get(number, "strong"), trunkId);
}
