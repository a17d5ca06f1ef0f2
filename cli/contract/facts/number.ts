/** A phone number on a trunk of the command. Calls to the number are not taken meanwhile. */

import { isRow } from "../account/kinds";
import { make, oneOf, REJECTIONS, verdict } from "../account/make";
import { describeRoute, isSameRoute, type PhoneNumber, type Route, routeIn } from "../account/number-route";
import type { OwnObject } from "../account/own-objects";
import { isDone, isGone, RefusedError } from "../account/reply";
import { asks, type Experiment, expects, type Lab } from "../fact";

const effects = ["detached", "unchanged", "another route", "rejected"] as const;

export const singleNumber = asks("single-number", "Single read of a number?", ["bare", "wrapped"]);
export const detachNull = asks("detach-null", "What does an `app_id` of `null` do to a number?", effects);
export const detachEmpty = asks("detach-empty", 'What does an `app_id` of `""` do to a number?', effects);
export const detachStatus = asks("detach-status", "Which status rejects a value that does not detach?", REJECTIONS);
export const unrouted = asks("unrouted", "What is `application` of a number that is routed nowhere?", [
  "null",
  "blank",
  "absent",
  "not seen",
]);
export const unknownApp = asks("unknown-app", "Which status rejects an `app_id` that does not exist?", [
  "400",
  "404",
  "other",
  "accepted",
]);
const outbound = expects(
  "outbound-number",
  "A number on an outbound trunk?",
  ["accepted", "rejected"],
  ["observed", "accepted"],
);
const without = asks("update-without-app-id", "What does an update without `app_id` do to the route of a number?", [
  "unchanged",
  "another route",
  "rejected",
]);
const deleted = expects(
  "trunk-delete-detaches",
  "What becomes of a number whose trunk is deleted?",
  ["detached", "still routed to it", "another route", "the delete is rejected"],
  ["observed", "detached"],
);

const REREADS_MS = [500, 2_000] as const;

interface Routed {
  readonly lab: Lab;
  readonly phone: PhoneNumber;
  readonly trunk: OwnObject;
  /** `application` values of a number that is routed nowhere. */
  readonly blank: Set<unknown>;
}

async function run(lab: Lab): Promise<void> {
  if (!lab.number) throw new RefusedError("no number");
  const { phone } = lab.number;
  const uri = await make.uri(lab);
  const trunk = await make.inbound(lab, uri);
  const given: Routed = { lab, phone, trunk, blank: new Set() };
  const statuses = new Set<number>();
  lab.found(detachNull, await effectOf(given, null, statuses));
  lab.found(detachEmpty, await effectOf(given, "", statuses));
  const status = statuses.size === 0 ? "none does" : [...statuses].join(" and ");
  lab.found(detachStatus, oneOf(detachStatus.values, status, "other"), status);
  await attach(given);
  const digits = `9${[...lab.random()].map((sign) => Number.parseInt(sign, 16) % 10).join("")}`;
  const unknown = await phone.post({ app_id: digits });
  const text = isDone(unknown) ? "accepted" : String(unknown.status);
  lab.found(unknownApp, oneOf(unknownApp.values, text, "other"), text);
  await onOutbound(lab, phone);
  await withoutAppId(given);
  await onDelete(given);
}

/** On the trunk, and seen there. */
async function attach({ phone, trunk }: Routed): Promise<void> {
  if (!(await phone.routeTo(routeTo(trunk)))) throw new RefusedError("the number could not be attached to a trunk");
}

const routeTo = (trunk: OwnObject): Route => ({ kind: "trunk", id: trunk.id });

/** After a request that may have taken it off the trunk: read again as long as it is there, for a read may lag behind. */
async function current({ lab, phone, trunk, blank }: Routed): Promise<Route | null | undefined> {
  let read = await phone.read();
  for (const wait of REREADS_MS) {
    if (!read || !isSameRoute(routeIn(read.row), routeTo(trunk))) break;
    await lab.api.pause(wait);
    read = await phone.read();
  }
  if (!read) throw new RefusedError("the account has no such number any more");
  const route = routeIn(read.row);
  if (route === null) blank.add(read.row.application);
  return route;
}

async function effectOf(given: Routed, value: null | "", statuses: Set<number>) {
  await attach(given);
  const reply = await given.phone.post({ app_id: value });
  const route = await current(given);
  if (route === null) return "detached";
  if (!isSameRoute(route, routeTo(given.trunk))) return "another route";
  if (isDone(reply)) return "unchanged";
  statuses.add(reply.status);
  return "rejected";
}

async function onOutbound(lab: Lab, phone: PhoneNumber): Promise<void> {
  const trunk = await make.outbound(lab, { credential_uuid: (await make.credential(lab)).id });
  lab.found(outbound, verdict(await phone.post({ app_id: trunk.id })));
}

/** With the alias that the number has: an empty body might be rejected for being empty. */
async function withoutAppId(given: Routed): Promise<void> {
  await attach(given);
  const { alias } = (await given.phone.read())?.row ?? {};
  const reply = await given.phone.post(typeof alias === "string" && alias !== "" ? { alias } : {});
  const route = await current(given);
  const isSame = isSameRoute(route, routeTo(given.trunk));
  if (isSame && !isDone(reply)) return given.lab.found(without, "rejected", String(reply.status));
  given.lab.found(without, isSame ? "unchanged" : "another route");
}

async function onDelete(given: Routed): Promise<void> {
  const { lab, trunk, blank } = given;
  await attach(given);
  const isRejected = !isGone(await lab.own.remove(trunk));
  const route = await current(given);
  const isSame = isSameRoute(route, routeTo(trunk));
  const value = route === null ? "detached" : isSame ? "still routed to it" : "another route";
  lab.found(deleted, isRejected ? "the delete is rejected" : value, isRejected ? undefined : describeOther(route));
  const [shown] = blank;
  const form = shown === undefined ? "absent" : shown === "" ? "blank" : "null";
  lab.found(unrouted, blank.size === 0 ? "not seen" : form);
  const { reply } = (await given.phone.read()) ?? {};
  lab.found(singleNumber, reply && isRow(reply.json) && isRow(reply.json.object) ? "wrapped" : "bare");
}

/** Not which: the record is for others to read. */
function describeOther(route: Route | null | undefined): string | undefined {
  return route === null ? undefined : describeRoute(route).split("/").slice(0, -2).join("/");
}

export const number: Experiment = {
  title: "a phone number",
  facts: [singleNumber, detachNull, detachEmpty, detachStatus, unrouted, unknownApp, outbound, without, deleted],
  makes: "2 trunks, 1 origination URI, 1 credential, 1 IP access control list that remembers the route",
  needs: "number",
  run,
};
