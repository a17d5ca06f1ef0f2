import type { NumberRow, TrunkRow } from "../account/rows";
import type { Store } from "../account/store";
import type { SimulatorAccount } from "../context";
import type { RequestLogEntry } from "../http/request-log";
import { type Html, html } from "./html";
import { pageStyle } from "./page-style";

const REFRESH_SECONDS = 3;
const SHOWN_REQUESTS = 20;

/** The page at `/`: the trunks with what they use, the numbers, the last requests. No secrets. */
export function renderPage(accounts: readonly SimulatorAccount[], requests: readonly RequestLogEntry[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${REFRESH_SECONDS}">
<title>Plivo simulator</title>
<style>${pageStyle}</style>
</head>
<body>
<header><h1>Plivo simulator</h1><p>SIP trunks in memory only. Refreshes every ${REFRESH_SECONDS} seconds.</p></header>
<main>
${accounts.map((account) => accountView(account, accounts.length > 1))}
<h2>Last requests</h2>
${requestsView(requests)}
</main>
</body>
</html>
`.text;
}

function accountView({ authId, store }: SimulatorAccount, isOneOfMany: boolean): Html {
  const trunks = [...store.trunks.values()];
  const unused = unusedView(store);
  return html`${isOneOfMany && html`<h2>Account <code>${authId}</code></h2>`}
<h2>Trunks (${trunks.length})</h2>
${trunks.length === 0 ? html`<p class="empty">No trunks.</p>` : html`<div class="cards">${trunks.map((trunk) => trunkView(trunk, store))}</div>`}
${unused.length > 0 && html`<h2>Used by no trunk (${unused.length})</h2><div class="scroll"><table>${unused}</table></div>`}
<h2>Phone numbers (${store.numbers.size})</h2>
${numbersView(store)}`;
}

function trunkView(trunk: TrunkRow, store: Store): Html {
  const numbers = store.numbersOf(trunk.trunk_id);
  const isInbound = trunk.trunk_direction === "inbound";
  const silent = !isInbound && html` <span class="bad">do not answer: an outbound trunk takes no calls</span>`;
  return html`<article class="card">
<h3>${trunk.name || "(no name)"}
<span class="badge ${trunk.trunk_direction}">${trunk.trunk_direction}</span>
${trunk.trunk_status === "disabled" && html`<span class="badge bad">disabled</span>`}
${trunk.secure && html`<span class="badge good">secure</span>`}</h3>
<div class="mono dim">${trunk.trunk_domain}</div>
<dl>
${row("Numbers", numbers.length > 0 && html`${numbers.map(({ number }) => html`<span class="mono">+${number}</span> `)}${silent}`, isInbound)}
${row("Primary", uriText(store, trunk.primary_uri_uuid), isInbound)}
${row("Fallback", uriText(store, trunk.fallback_uri_uuid), isInbound)}
${row("Credential", credentialText(store, trunk.credential_uuid), !isInbound)}
${row("Addresses", addressesText(store, trunk.ipacl_uuid), !isInbound)}
</dl>
</article>`;
}

/** A line of a trunk. One that its direction does not use is shown only if it is set all the same. */
function row(label: string, value: Html | false, isExpected: boolean): Html | false {
  if (value === false && !isExpected) return false;
  return html`<dt>${label}</dt><dd>${value || html`<span class="dim">none</span>`}</dd>`;
}

function deletedView(id: string): Html {
  return html`<span class="bad">deleted</span> <span class="mono dim">${id}</span>`;
}

function uriText(store: Store, id: string | null): Html | false {
  if (id === null) return false;
  const uri = store.originationUris.get(id);
  if (uri === undefined) return deletedView(id);
  return html`<div>${uri.name}</div><div class="mono">${uri.uri}</div>${
    uri.authentication_needed && html`<div class="dim">as ${uri.username}${passwordWarning(uri.password)}</div>`
  }`;
}

function credentialText(store: Store, id: string | null): Html | false {
  if (id === null) return false;
  const credential = store.credentials.get(id);
  if (credential === undefined) return deletedView(id);
  return html`<div>${credential.name}</div><div class="mono">${credential.username}${passwordWarning(credential.password)}</div>`;
}

/** Shows that a password is blank, never the password itself. */
function passwordWarning(password: string | null): Html | false {
  return !password && html` <span class="bad">no password</span>`;
}

function addressesText(store: Store, id: string | null): Html | false {
  if (id === null) return false;
  const list = store.ipAccessControlLists.get(id);
  if (list === undefined) return deletedView(id);
  return html`<div>${list.name}</div>${list.ip_addresses.map((address) => html`<div class="mono">${address}</div>`)}`;
}

function unusedView(store: Store): Html[] {
  const line = (kind: string, id: string, name: string, detail: string) =>
    store.trunksUsing(id).length === 0
      ? [html`<tr><td class="dim">${kind}</td><td>${name}</td><td class="mono">${detail}</td></tr>`]
      : [];
  return [
    ...[...store.originationUris].flatMap(([id, it]) => line("Origination URI", id, it.name, it.uri)),
    ...[...store.credentials].flatMap(([id, it]) => line("Credential", id, it.name, it.username)),
    ...[...store.ipAccessControlLists].flatMap(([id, it]) =>
      line("Address list", id, it.name, it.ip_addresses.join(", ")),
    ),
  ];
}

function numbersView(store: Store): Html {
  const numbers = [...store.numbers.values()];
  if (numbers.length === 0) return html`<p class="empty">No numbers.</p>`;
  return html`<div class="scroll"><table><tr><th>Number</th><th>Alias</th><th>Routed to</th></tr>
${numbers.map((it) => html`<tr><td class="mono">+${it.number}</td><td>${it.alias}</td><td>${routeText(it, store)}</td></tr>`)}
</table></div>`;
}

function routeText({ application }: NumberRow, store: Store): Html {
  if (!application) return html`<span class="dim">nowhere</span>`;
  const id = application.split("/").at(-2) ?? "";
  const trunk = application.includes("/Zentrunk/Trunk/") ? store.trunks.get(id) : undefined;
  if (trunk !== undefined) {
    return html`trunk ${trunk.name || trunk.trunk_id} <span class="badge ${trunk.trunk_direction}">${trunk.trunk_direction}</span>`;
  }
  const voice = store.applications.get(id);
  return voice === undefined ? deletedView(application) : html`application ${voice.app_name || voice.app_id}`;
}

function requestsView(requests: readonly RequestLogEntry[]): Html {
  const last = requests.slice(-SHOWN_REQUESTS).reverse();
  if (last.length === 0) return html`<p class="empty">No requests yet.</p>`;
  return html`<div class="scroll"><table>
<tr><th>Method</th><th>Path</th><th class="number">Status</th><th class="number">ms</th></tr>
${last.map(requestView)}
</table></div>`;
}

function requestView(entry: RequestLogEntry): Html {
  const query = new URLSearchParams(entry.query).toString();
  const tone = entry.status >= 400 || entry.status === 0 ? "bad" : "good";
  return html`<tr><td class="mono">${entry.method}</td>
<td class="mono">${entry.path}${query && `?${query}`}${entry.fault !== undefined && html` <span class="warn">${entry.fault}</span>`}</td>
<td class="number ${tone}">${entry.status || "none"}</td><td class="number dim">${Math.round(entry.ms)}</td></tr>`;
}
