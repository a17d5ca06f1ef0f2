/** What all responses of the run have in common: no requests of its own. */
import type { SeenExchange } from "../account/api";
import { isRow } from "../account/kinds";
import { oneOf } from "../account/make";
import { asks, type Experiment, expects, type Lab } from "../fact";

export const createStatus = asks("create-status", "Which status has a create?", ["200", "201", "other"]);
export const updateStatus = asks("update-status", "Which status has an update?", ["200", "202", "other"]);
const deleteStatus = expects(
  "delete-status",
  "Which status has a delete?",
  ["204", "200", "other"],
  ["documented", "204"],
);
const apiId = expects("api-id", "Does every response with a body have `api_id`?", ["yes", "no"], ["documented", "yes"]);
export const visibility = asks("visibility", "When does a read show a new object?", ["at once", "later"]);

const CREATE = /^Zentrunk\/\w+\/$/;
const OBJECT = /^Zentrunk\/\w+\/[^/]+\/$/;

async function run(lab: Lab): Promise<void> {
  const { exchanges } = lab;
  const statuses = (method: string, path: RegExp) => statusesOf(exchanges, method, path);
  const facts = [
    [createStatus, statuses("POST", CREATE)],
    [updateStatus, statuses("POST", OBJECT)],
    [deleteStatus, statuses("DELETE", OBJECT)],
  ] as const;
  for (const [fact, seen] of facts) {
    if (seen === "") lab.unknown(fact, "none succeeded");
    else lab.found<string>(fact, oneOf<string>(fact.values, seen, "other"), seen);
  }
  const replies = exchanges.flatMap(({ reply }) => (reply && isRow(reply.json) ? [reply.json] : []));
  lab.found(apiId, replies.every((json) => json.api_id !== undefined) ? "yes" : "no");
  const { lags } = lab.own;
  if (lags.length === 0) return lab.unknown(visibility, "no object was made");
  const longest = Math.max(...lags);
  lab.found(visibility, longest === 0 ? "at once" : "later", longest === 0 ? undefined : `up to ${longest} ms`);
}

/** Of what was done: a gateway's empty 200 says nothing of Plivo. */
function statusesOf(exchanges: readonly SeenExchange[], method: string, path: RegExp): string {
  const seen = exchanges.flatMap(({ request, reply }) => {
    if (request.method !== method || !path.test(request.path) || !reply || reply.status >= 300) return [];
    const isWhole = method === "DELETE" ? !reply.hasBody || isRow(reply.json) : isRow(reply.json);
    return isWhole ? [reply.status] : [];
  });
  return [...new Set(seen)].sort().join(" and ");
}

export const responses: Experiment = {
  title: "responses",
  facts: [createStatus, updateStatus, deleteStatus, apiId, visibility],
  makes: "nothing",
  run,
};
