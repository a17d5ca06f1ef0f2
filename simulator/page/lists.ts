import type { NumberRow } from "../account/rows";
import type { RequestLogEntry } from "../http/request-log";
import { isFound, type Route } from "./account-map";
import { count, describe, otherTarget } from "./described";
import { FEW_NUMBERS } from "./drawing";
import { type Html, html } from "./html";
import { nodeId } from "./node";
import { effectWords, isSelected, type Shown, selectLink } from "./shown";
import { keyText, linkTo, type ObjectKey, OTHER_NUMBERS } from "./view";

const SHOWN_REQUESTS = 20;
const FEW_OTHERS = 12;

/** The drawing once more as a table, for those who read tables more easily, or hear them. */
export function routesTable(shown: Shown, routes: readonly Route[]): Html {
  const isOpen = routes.some(({ trunk }) => trunk.trunk_id === shown.view.open);
  return html`<details id="as-table" ${isOpen && "open"}><summary>The same as a table</summary>
<div class="scroll" role="region" aria-label="Trunks as a table" tabindex="0"><table>
<tr><th scope="col">Trunk</th><th scope="col">Calls from</th><th scope="col">Calls to</th></tr>
${routes.map((route) => routeRow(shown, route))}
</table></div></details>`;
}

function routeRow(shown: Shown, { trunk, numbers }: Route): Html {
  const { trunk_id: id, trunk_direction, trunk_status, secure } = trunk;
  const place = `table-${id}`;
  const one = (kind: ObjectKey["kind"], target: string | null, before: string) =>
    target !== null && html`<div>${before} ${objectLink(shown, { kind, id: target }, `${place}-${before}`)}</div>`;
  const attached = numbersCell(shown, numbers, id);
  const isInbound = trunk_direction === "inbound";
  return html`<tr><th scope="row">${objectLink(shown, { kind: "trunks", id }, place)}
<div class="dim">${trunk_direction}, ${trunk_status}${secure && ", secure"}</div></th>
<td id="numbers-${id}">${(isInbound || numbers.length > 0) && attached}${!isInbound && numbers.length > 0 && html`<div class="bad">do not answer: an outbound trunk takes no calls</div>`}
${one("credentials", trunk.credential_uuid, "Credential")}${one("ipAccessControlLists", trunk.ipacl_uuid, "Addresses")}</td>
<td>${one("originationUris", trunk.primary_uri_uuid, "Primary")}${one("originationUris", trunk.fallback_uri_uuid, "Fallback")}
${!isInbound && "telephone network"}</td></tr>`;
}

function numbersCell(shown: Shown, numbers: readonly NumberRow[], trunkId: string): Html {
  if (numbers.length === 0) return html`<div class="dim">no numbers</div>`;
  const isOpen = shown.view.open === trunkId;
  const listed = isOpen ? numbers : numbers.slice(0, FEW_NUMBERS);
  const more = numbers.length - listed.length;
  const links = listed.map(({ number }) => objectLink(shown, { kind: "numbers", id: number }, `table-${trunkId}`));
  return html`<div class="links">${links}${moreLink(shown, trunkId, more, isOpen && numbers.length > FEW_NUMBERS)}</div>`;
}

function moreLink({ view }: Shown, open: string, more: number, isOpen: boolean | undefined): Html | false {
  if (isOpen) return html`<a id="less-${open}" href="${linkTo({ ...view, open: "" })}" data-go>show fewer</a>`;
  if (more <= 0) return false;
  return html`<a id="list-${open}" href="${linkTo({ ...view, open }, `numbers-${open}`)}" data-go>and ${count(more, "more number")}</a>`;
}

/** A link that selects an object, or the id of one that is deleted. */
export function objectLink(shown: Shown, key: ObjectKey, place: string): Html {
  const described = describe(shown.store, key);
  if (described === undefined) return html`<span class="bad">deleted</span> <span class="mono dim">${key.id}</span>`;
  const { name, detail, warning } = described;
  const effect = shown.impact.get(keyText(key));
  const current = isSelected(shown, key) && html`aria-current="true"`;
  return html`<span class="object"><a id="${nodeId(place, key)}" href="${selectLink(shown, key)}" data-go ${current}>${name}</a>${detail && html` <span class="mono dim">${detail}</span>`}${warning && html` <span class="bad">${warning}</span>`}${effect && html` <span class="badge bad">${effectWords[effect]}</span>`}</span> `;
}

/** Numbers that are attached to no trunk, a few of them unless they are listed in full. */
export function otherNumbers(shown: Shown): Html {
  const { store, map, view } = shown;
  const numbers = map.otherNumbers.filter((row) => view.find === "" || isFound(row, view.find));
  if (numbers.length === 0) return html`<p class="empty">${view.find === "" ? "None." : "None that matches."}</p>`;
  const isOpen = view.open === OTHER_NUMBERS;
  const listed = isOpen ? numbers : numbers.slice(0, FEW_OTHERS);
  const items = listed.map(
    (row) =>
      html`<li>${objectLink(shown, { kind: "numbers", id: row.number }, "other")}<span class="dim">${otherTarget(row, store)}</span></li>`,
  );
  const more = moreLink(shown, OTHER_NUMBERS, numbers.length - listed.length, isOpen && numbers.length > FEW_OTHERS);
  return html`<ul class="plain" id="numbers-${OTHER_NUMBERS}">${items}${more && html`<li>${more}</li>`}</ul>`;
}

/** What no trunk uses. */
export function unusedObjects(shown: Shown): Html {
  const items = shown.map.unused.map(
    (key) =>
      html`<li><span class="dim">${describe(shown.store, key)?.what}</span> ${objectLink(shown, key, "unused")}</li>`,
  );
  return html`<ul class="plain">${items}</ul>`;
}

/** The last requests, newest first. */
export function requestsTable(requests: readonly RequestLogEntry[]): Html {
  const last = requests.slice(-SHOWN_REQUESTS).reverse();
  if (last.length === 0) return html`<p class="empty">No requests yet.</p>`;
  return html`<div class="scroll" role="region" aria-label="Last requests" tabindex="0"><table>
<tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">By</th><th scope="col" class="number">Status</th><th scope="col" class="number">ms</th></tr>
${last.map(requestRow)}
</table></div>`;
}

function requestRow(entry: RequestLogEntry): Html {
  const query = new URLSearchParams(entry.query).toString();
  const tone = entry.status >= 400 || entry.status === 0 ? "bad" : "good";
  return html`<tr><td class="mono">${entry.method}</td>
<td class="mono">${entry.path}${query && `?${query}`}${entry.fault !== undefined && html` <span class="warn">${entry.fault}</span>`}</td>
<td>${entry.by ?? "API"}</td><td class="number ${tone}">${entry.status || "none"}</td><td class="number dim">${Math.round(entry.ms)}</td></tr>`;
}
