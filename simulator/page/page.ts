import { createHash } from "node:crypto";
import type { SimulatorAccount } from "../context";
import type { RequestLogEntry } from "../http/request-log";
import { mapOf, matching, type Route } from "./account-map";
import { count } from "./described";
import { routeDrawing } from "./drawing";
import { Html, html } from "./html";
import { impactOf } from "./impact";
import { otherNumbers, requestsTable, routesTable, unusedObjects } from "./lists";
import { selectedPanel } from "./panel";
import { pageScript } from "./script";
import type { Shown } from "./shown";
import { pageStyle } from "./style";
import { linkTo, type View } from "./view";

/** What the page shows, and to whom. */
export interface PageInput {
  readonly accounts: readonly SimulatorAccount[];
  readonly requests: readonly RequestLogEntry[];
  readonly view: View;
  /** What a form must send back. */
  readonly token: string;
  /** Why the intruder's last action was refused. */
  readonly problem?: string | undefined;
}

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * Only what this page itself contains is run, and it can be in no frame: else another page could place its own buttons
 * under the intruder's.
 */
export const contentPolicy = [
  "default-src 'none'",
  `style-src ${hashOf(pageStyle)}`,
  `script-src ${hashOf(pageScript)}`,
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** The page at `/`: a drawing of which calls go where, and what would break. No secrets. */
export function renderPage({ accounts, requests, view, token, problem }: PageInput): string {
  const account = accounts.find(({ authId }) => authId === view.account) ?? accounts[0];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Plivo simulator</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
<header><h1>Plivo simulator</h1>
<p>SIP trunks in memory only. Select an object to see what would break without it. <span id="live" role="status"><noscript>Reload the page to see changes.</noscript></span></p>
<p id="news" role="status">${newsOf(requests)}</p><p id="problem" role="alert">${problem !== undefined && `Refused: ${problem}`}</p></header>
<div id="view">${account && accountView(account, { accounts, requests, view, token })}</div>
<script>${new Html(pageScript)}</script>
</body>
</html>
`.text;
}

function newsOf(requests: readonly RequestLogEntry[]): string {
  const last = requests.filter(({ method, status }) => method !== "GET" && status >= 200 && status < 300).at(-1);
  return last === undefined ? "" : `Last change: ${last.method} ${last.path} by the ${last.by ?? "API"}.`;
}

function accountView({ store }: SimulatorAccount, { accounts, requests, view, token }: PageInput): Html {
  const map = mapOf(store);
  const { selected } = view;
  const shown: Shown = { store, map, view, impact: selected === undefined ? new Map() : impactOf(store, selected) };
  const routes = matching(map.routes, store, view.find);
  return html`${accounts.length > 1 && accountsNav(accounts, store.authId)}
<div class="columns ${selected && "with-panel"}"><main>
${map.routes.length + store.numbers.size > FEW_TO_FIND && findForm(view)}
<h2 id="trunks">Trunks (${view.find === "" ? routes.length : `${routes.length} of ${map.routes.length}`})</h2>
${routes.length === 0 ? html`<p class="empty">${view.find === "" ? "No trunks." : "No trunk matches."}</p>` : routesView(shown, routes)}
<h2>Numbers on no trunk (${map.otherNumbers.length.toLocaleString("en")})</h2>
${otherNumbers(shown)}
${map.unused.length > 0 && html`<h2>Used by no trunk (${map.unused.length})</h2>${unusedObjects(shown)}`}
<h2>Last requests</h2>
${requestsTable(requests)}
</main>${selected && selectedPanel(shown, selected, token)}</div>`;
}

/** Fewer trunks and numbers than this are seen at a glance. */
const FEW_TO_FIND = 8;

function routesView(shown: Shown, routes: readonly Route[]): Html {
  const side = (title: string, direction: string) => {
    const own = routes.filter(({ trunk }) => trunk.trunk_direction === direction);
    const drawings = own.map((route) => html`<li class="card">${routeDrawing(shown, route)}</li>`);
    return own.length > 0 && html`<h3>${title}</h3><ul class="drawings">${drawings}</ul>`;
  };
  return html`${side("Inbound: numbers, trunk, URIs", "inbound")}${side("Outbound: callers, trunk", "outbound")}
${routesTable(shown, routes)}`;
}

function findForm({ account, find }: View): Html {
  return html`<form class="find" role="search" action="/" method="get">
${account !== "" && html`<input type="hidden" name="account" value="${account}">`}
<label for="find">Find a number, name or address</label><input id="find" name="find" type="search" value="${find}">
<button id="do-find">Find</button>${find !== "" && html`<a href="${linkTo({ account, find: "", open: "" })}">Show all</a>`}</form>`;
}

function accountsNav(accounts: readonly SimulatorAccount[], current: string): Html {
  const links = accounts.map(({ authId, store }) => {
    const href = linkTo({ account: authId, find: "", open: "" });
    return html`<li><a id="account-${authId}" href="${href}" data-go ${authId === current && html`aria-current="page"`}><code>${authId}</code></a> ${count(store.trunks.size, "trunk")}</li>`;
  });
  return html`<nav aria-label="Accounts"><ul class="plain">${links}</ul></nav>`;
}
