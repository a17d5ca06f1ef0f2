import { BadRequestError, NotFoundError } from "../client/http/errors";
import type { PhoneNumber, Plivo } from "../client/index";
import { computedOnCreate, OperationError, string } from "../lifecycle/index";
import { OURS } from "../warnings/index";
import { phoneNumber, plivoId } from "./formats";
import { defineResource } from "./services";

const E164 = "E.164, by the numbering plans of libphonenumber";

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

  rules({ trunkId, restoreApplication }, fail) {
    if (typeof restoreApplication === "string" && restoreApplication === trunkId)
      fail("restoreApplication", "is the trunk of this attachment: the number would stay attached to it");
  },

  async prepare({ plivo, inputs: { number, trunkId } }) {
    await refuseOutbound(plivo, trunkId);
    const { application } = await plivo.numbers.get(number, "eventual");
    return { previousApplication: application && application.id !== trunkId ? application.id : null };
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
  async delete({ plivo, id, olds: { trunkId, previousApplication, restoreApplication }, warn }) {
    if (!(await isAttached(plivo, id, trunkId))) return;
    const back = restoreApplication ?? previousApplication;
    if (back === null) return plivo.numbers.detach(id);
    // What the number was routed to before took its calls; what a program names may be any trunk.
    const isSilent = restoreApplication !== null && (await isOutbound(plivo, restoreApplication));
    if (!isSilent && (await putBack(plivo, id, back))) return;
    const what = restoreApplication === null ? "which it was routed to before," : "which restoreApplication names,";
    const why = isSilent ? "is an outbound trunk, on which it would stop answering" : "is gone";
    warn(`phone number ${id}: application ${back}, ${what} ${why}; it is detached`);
    await plivo.numbers.detach(id);
  },
});

function attachmentOf({ number, application }: PhoneNumber) {
  return { number, trunkId: application?.kind === "trunk" ? application.id : null };
}

/** A list may lag: that a number is not attached any more rests on a GET. */
async function isAttached(plivo: Plivo, number: string, trunkId: string | null): Promise<boolean> {
  const isRouted = ({ application }: PhoneNumber) => application?.kind === "trunk" && application.id === trunkId;
  return isRouted(await plivo.numbers.get(number, "recent")) || isRouted(await plivo.numbers.get(number, "strong"));
}

async function refuseOutbound(plivo: Plivo, trunkId: string): Promise<void> {
  const { trunkDirection, name } = await plivo.trunks.get(trunkId, "recent").catch((error: unknown) => {
    throw NotFoundError.isInstance(error)
      ? new OperationError(`trunk ${trunkId} does not exist`, { cause: error })
      : error;
  });
  if (trunkDirection === "inbound") return;
  const why = `trunk ${trunkId} ("${name}") is ${trunkDirection}, and a number attached to it would stop answering`;
  throw new OperationError(`refused: ${why}. Attach it to an inbound trunk`);
}

async function isOutbound(plivo: Plivo, application: string): Promise<boolean> {
  try {
    return (await plivo.trunks.get(application, "recent")).trunkDirection !== "inbound";
  } catch (error) {
    if (NotFoundError.isInstance(error)) return false;
    throw error;
  }
}

/** Plivo rejects an application that was deleted in the meantime, or takes it and stores nothing: a read decides. */
async function putBack(plivo: Plivo, number: string, application: string): Promise<boolean> {
  try {
    await plivo.numbers.route(number, application);
  } catch (error) {
    // Anything else says nothing about the application, and then the number keeps its route until the next try.
    const isBadRequest = BadRequestError.isInstance(error) && error.status === 400;
    if (!isBadRequest && !NotFoundError.isInstance(error)) throw error;
  }
  return (await plivo.numbers.get(number, "strong")).application?.id === application;
}
