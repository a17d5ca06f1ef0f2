/** What an update of a trunk needs, and what it leaves alone. */
import { isRow } from "../account/kinds";
import { make, verdict } from "../account/make";
import { asks, type Experiment, expects, type Lab } from "../fact";

const verdicts = ["accepted", "rejected"] as const;

const direction = expects(
  "update-without-direction",
  "An update of a trunk's name without `trunk_direction`?",
  verdicts,
  ["observed", "rejected"],
);
const secure = expects("update-secure-alone", "An update of `secure` alone?", verdicts, ["observed", "accepted"]);
const omitted = expects(
  "update-omitted",
  "Fields that an update of a trunk leaves out?",
  ["unchanged", "changed"],
  ["observed", "unchanged"],
);
const withId = expects(
  "update-response-id",
  "Does the response to an update have the ID?",
  ["yes", "no"],
  ["documented", "yes"],
);

const lag = asks("update-lag", "When does a read show an update?", ["at once", "later", "not within seconds"]);

/** A read that comes back at once shows it at once; the next one comes later than this. */
const LAG_MS = 500;
const WATCHED = ["name", "trunk_status", "trunk_direction", "primary_uri_uuid", "fallback_uri_uuid"] as const;

async function run(lab: Lab): Promise<void> {
  const primary = await make.uri(lab);
  const fallback = await make.uri(lab);
  const trunk = await make.inbound(lab, primary, { fallback_uri_uuid: fallback.id });
  const path = lab.own.path(trunk);
  lab.found(direction, verdict(await lab.api.update(path, { name: trunk.name })));
  lab.found(secure, verdict(await lab.api.update(path, { secure: true })));
  await lab.own.readUntil(trunk, (row) => row.secure === true);
  const reply = await lab.api.update(path, { trunk_direction: "inbound", secure: false });
  if (verdict(reply) === "rejected") return lab.unknown(omitted, `the update was rejected with ${reply.status}`);
  lab.found(withId, isRow(reply.json) && reply.json.trunk_id !== undefined ? "yes" : "no");
  const began = lab.clock.now();
  const after = await lab.own.readUntil(trunk, (row) => row.secure === false);
  const isAtOnce = lab.clock.now() - began < LAG_MS;
  lab.found(lag, after.secure === false ? (isAtOnce ? "at once" : "later") : "not within seconds");
  const changed = WATCHED.filter((name) => after[name] !== trunk.row[name]);
  lab.found(omitted, changed.length === 0 ? "unchanged" : "changed", changed.join(", ") || undefined);
}

export const trunkUpdates: Experiment = {
  title: "updates of a trunk",
  facts: [direction, secure, omitted, withId, lag],
  makes: "1 trunk, 2 origination URIs",
  run,
};
