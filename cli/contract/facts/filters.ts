/** Whether the filters of the list of trunks filter. The guards before deletes depend on them, and check each row again. */
import type { Row } from "../account/kinds";
import { make } from "../account/make";
import type { OwnObject } from "../account/own-objects";
import { readList } from "../account/pages";
import { type Experiment, expects, type Lab } from "../fact";

const filters = expects(
  "filters",
  "Are the filters of the list of trunks applied?",
  ["all", "none", "some"],
  ["documented", "all"],
);

const REREADS_MS = [0, 1_000, 4_000] as const;

async function run(lab: Lab): Promise<void> {
  const primary = await make.uri(lab);
  const fallback = await make.uri(lab);
  const credential = await make.credential(lab);
  const list = await make.list(lab);
  const inbound = await make.inbound(lab, primary, { fallback_uri_uuid: fallback.id, secure: true });
  const outbound = await make.outbound(lab, { credential_uuid: credential.id, ipacl_uuid: list.id });
  const cases: readonly (readonly [Readonly<Record<string, string>>, OwnObject, OwnObject])[] = [
    [{ primary_uri_uuid: primary.id }, inbound, outbound],
    [{ fallback_uri_uuid: fallback.id }, inbound, outbound],
    [{ credential_uuid: credential.id }, outbound, inbound],
    [{ ipacl_uuid: list.id }, outbound, inbound],
    [{ trunk_direction: "inbound" }, inbound, outbound],
    [{ secure: "true" }, inbound, outbound],
  ];
  const ignored: string[] = [];
  for (const [query, wanted, other] of cases) {
    const rows = await filtered(lab, query, wanted);
    if (!has(rows, wanted) || has(rows, other)) ignored.push(Object.keys(query).join());
  }
  const enabled = await readList(lab.api, "trunks", { trunk_status: "enabled" });
  if (has(enabled.rows, inbound) || has(enabled.rows, outbound)) ignored.push("trunk_status");
  const isNone = ignored.length > cases.length;
  lab.found(filters, ignored.length === 0 ? "all" : isNone ? "none" : "some", ignored.join(", ") || undefined);
}

/** A list may lag behind: it is read again until it has what it must have. */
async function filtered(lab: Lab, query: Readonly<Record<string, string>>, wanted: OwnObject): Promise<readonly Row[]> {
  let rows: readonly Row[] = [];
  for (const wait of REREADS_MS) {
    if (wait > 0) await lab.api.pause(wait);
    rows = (await readList(lab.api, "trunks", query)).rows;
    if (has(rows, wanted)) break;
  }
  return rows;
}

function has(rows: readonly Row[], trunk: OwnObject): boolean {
  return rows.some((row) => String(row.trunk_id) === trunk.id);
}

export const filtering: Experiment = {
  title: "filters of lists",
  facts: [filters],
  makes: "2 trunks, 2 origination URIs, 1 credential, 1 IP access control list",
  run,
};
