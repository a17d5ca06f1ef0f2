/** Which calls go where, as lists: numbers -> inbound trunk -> URIs, and credential or addresses -> outbound trunk. */

import { resources } from "../../../provider/resources/index";
import { visible } from "../../../provider/text/visible";
import { holdsPassword } from "../../inventory/hidden-names";
import { keyOf, type LiveObject } from "../../inventory/inventory";
import { type Audited, digitsOfAll, objectsOf } from "../audited";
import type { Finding } from "../finding";
import { type Severity, severityOf } from "../kinds";
import { type Html, html } from "./html-text";
import type { Report } from "./report";

export function mapOf({ audited, findings }: Report): Html {
  const trunks = objectsOf(audited, "Trunk");
  if (trunks.length === 0) return html`<p>There is no trunk.</p>`;
  const worst = worstOf(findings);
  const sides = [
    { title: "Inbound", direction: "inbound", from: numbersTo, to: urisOf },
    { title: "Outbound", direction: "outbound", from: callersOf, to: () => html`<li>telephone network</li>` },
  ];
  const parts = sides.flatMap(({ title, direction, from, to }) => {
    const own = trunks.filter(({ live }) => live.trunkDirection === direction);
    if (own.length === 0) return [];
    const rows = own.map(
      (trunk) => html`<li class="route">
<ul role="list" aria-label="Calls from">${from(trunk, audited)}</ul>
<div class="trunk">${marked(trunk, worst)}${trunk.live.trunkStatus === "disabled" ? " (disabled)" : ""}</div>
<ul role="list" aria-label="Calls to">${to(trunk, audited)}</ul>
</li>
`,
    );
    return [
      html`<h3>${title}</h3>
<ul class="map" role="list">${rows}</ul>`,
    ];
  });
  return html`${parts}`;
}

/** By type and id. */
function worstOf(findings: readonly Finding[]): ReadonlyMap<string, Severity> {
  // The worst come first.
  const about = findings.flatMap(({ kind, object }) =>
    object ? [[keyOf(object.type, object.id), severityOf(kind)] as const] : [],
  );
  return new Map([...about].reverse());
}

function marked(object: LiveObject, worst: ReadonlyMap<string, Severity>): Html {
  const severity = worst.get(keyOf(object.token, object.id));
  const name = html`<strong>${object.friendlyName === "" ? object.id : visible(object.friendlyName)}</strong>`;
  const badge = severity === undefined ? "" : html` <span class="badge ${severity}">${severity}</span>`;
  return html`${name} <span class="id">${object.id}</span>${badge}`;
}

const FEW = 5;

function numbersTo(trunk: LiveObject, { numbersOf }: Audited): Html {
  const digits = digitsOfAll(numbersOf.get(trunk.id) ?? []);
  if (digits.length === 0) return html`<li class="none">no numbers</li>`;
  if (digits.length <= FEW) return html`${digits.map((one) => html`<li>${one}</li>`)}`;
  return html`<li><details><summary>${String(digits.length)} numbers</summary><p class="numbers">${digits.join(", ")}</p></details></li>`;
}

function urisOf({ live }: LiveObject, audited: Audited): Html {
  const primary = referred("OriginationUri", live.primaryUriUuid, "", audited);
  const fallback = live.fallbackUriUuid ? referred("OriginationUri", live.fallbackUriUuid, "fallback: ", audited) : "";
  return html`${primary}${fallback}`;
}

function callersOf({ live }: LiveObject, audited: Audited): Html {
  const credential = live.credentialUuid ? referred("Credential", live.credentialUuid, "credential: ", audited) : "";
  const list = live.ipaclUuid ? referred("IpAccessControlList", live.ipaclUuid, "addresses: ", audited) : "";
  return html`${credential}${list}`;
}

function referred(token: LiveObject["token"], id: unknown, before: string, { reading }: Audited): Html {
  const object = reading.objects.get(keyOf(token, String(id)));
  if (object === undefined) return html`<li class="none">${before}${String(id)} (not found)</li>`;
  const { uri } = object.live;
  const property = resources[token].properties.uri;
  const isShown = typeof uri === "string" && property !== undefined && !holdsPassword(property, uri);
  const name = object.friendlyName === "" ? object.id : visible(object.friendlyName);
  return html`<li>${before}${name}${isShown ? html` <span class="id">${visible(uri)}</span>` : ""}</li>`;
}
