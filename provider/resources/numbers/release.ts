/** One number that is on its trunk goes back to where it was routed before, or is detached. */
import { BadRequestError, NotFoundError } from "../../client/http/errors";
import type { PhoneNumber, Plivo } from "../../client/index";
import { isOutbound } from "./trunk-direction";

export interface Release {
  /** Which application or trunk; `null`: the number is detached. */
  readonly back: string | null;
  /** The program names it; else it is what the number was routed to before. */
  readonly isNamed: boolean;
  /** Another resource of the program has the number, on this trunk. */
  readonly isOfAnother?: true;
}

export function isOnTrunk({ application }: PhoneNumber, trunkId: string | null): boolean {
  return application?.kind === "trunk" && application.id === trunkId;
}

/** A number without a route rings nowhere: where it was to go back to an application, that it left the trunk is not enough. */
export function isReleased(row: PhoneNumber, trunkId: string | null, { back }: Release): boolean {
  return back === null ? !isOnTrunk(row, trunkId) : row.application?.id === back;
}

/** @returns why it was detached, where it was to go back */
export async function releaseNumber(plivo: Plivo, number: string, release: Release): Promise<string | undefined> {
  const { back } = release;
  let why: string | undefined;
  if (back !== null) {
    // What the number was routed to before took its calls; what a program names may be any trunk.
    const isSilent = release.isNamed && (await isOutbound(plivo, back));
    if (!isSilent && (await putBack(plivo, number, back))) return undefined;
    why = notPutBack(release, isSilent);
  }
  await plivo.numbers.detach(number);
  return why;
}

/** Why numbers do not go back to their application. */
export function notPutBack({ back, isNamed, isOfAnother }: Release, isSilent: boolean): string {
  const named = isOfAnother ? "which another resource of the program names" : "which restoreApplication names";
  const what = isNamed ? named : "the previous route";
  const why = isSilent ? "is an outbound trunk, on which calls would not be answered" : "is gone";
  return `application ${back}, ${what}, ${why}`;
}

/** Whether a route was rejected in a way that may mean that its application is gone. Other errors say nothing about it. */
export function mayBeGone(error: unknown): boolean {
  return (BadRequestError.isInstance(error) && error.status === 400) || NotFoundError.isInstance(error);
}

/** Plivo rejects an application that was deleted in the meantime, or takes it and stores nothing: a read decides. */
async function putBack(plivo: Plivo, number: string, application: string): Promise<boolean> {
  try {
    await plivo.numbers.route(number, application);
  } catch (error) {
    // The number keeps its route until the next try.
    if (!mayBeGone(error)) throw error;
  }
  return (await plivo.numbers.get(number, "strong")).application?.id === application;
}
