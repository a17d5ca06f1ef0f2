/** How a reference of a trunk is cleared: the fallback URI, because no trunk needs one. */

import { make, oneOf, REJECTIONS } from "../account/make";
import type { OwnObject } from "../account/own-objects";
import { isDone, RefusedError } from "../account/reply";
import { asks, type Experiment, type Lab } from "../fact";

const effects = ["cleared", "ignored", "rejected"] as const;
type Effect = (typeof effects)[number];

export const clearNull = asks("clear-null", "What does `null` do to a reference of a trunk?", effects);
export const clearEmpty = asks("clear-empty", 'What does `""` do to a reference of a trunk?', effects);
export const clearStatus = asks("clear-status", "Which status rejects a value that does not clear?", REJECTIONS);

async function run(lab: Lab): Promise<void> {
  const primary = await make.uri(lab);
  const fallback = await make.uri(lab);
  const trunk = await make.inbound(lab, primary, { fallback_uri_uuid: fallback.id });
  const statuses = new Set<number>();
  lab.found(clearNull, await effectOf(lab, trunk, null, statuses));
  const set = { trunk_direction: "inbound", fallback_uri_uuid: fallback.id };
  const again = await lab.api.update(lab.own.path(trunk), set);
  if (!isDone(again)) throw new RefusedError(`the reference could not be set again: ${again.status}`);
  lab.found(clearEmpty, await effectOf(lab, trunk, "", statuses));
  const status = statuses.size === 0 ? "none does" : [...statuses].join(" and ");
  lab.found(clearStatus, oneOf(clearStatus.values, status, "other"), status);
}

async function effectOf(lab: Lab, trunk: OwnObject, value: null | "", statuses: Set<number>): Promise<Effect> {
  const body = { trunk_direction: "inbound", fallback_uri_uuid: value };
  const reply = await lab.api.update(lab.own.path(trunk), body);
  // A status alone proves nothing: only a read tells what happened.
  const { fallback_uri_uuid: now } = await lab.own.readUntil(trunk, (row) => !row.fallback_uri_uuid);
  if (!now) return "cleared";
  if (isDone(reply)) return "ignored";
  statuses.add(reply.status);
  return "rejected";
}

export const clearing: Experiment = {
  title: "clearing a reference",
  facts: [clearNull, clearEmpty, clearStatus],
  makes: "1 trunk, 2 origination URIs",
  run,
};
