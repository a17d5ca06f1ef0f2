import type { Store } from "../account/store";
import { count, type Described, describe, otherTarget } from "./described";
import { type Html, html } from "./html";
import type { Impact } from "./impact";
import { objectLink } from "./lists";
import { effectWords, type Shown } from "./shown";
import { keyText, linkTo, type ObjectKey, readKey } from "./view";

const FEW = 8;

/** The selected object in words: what it is, what would break without it, and what the intruder can do. */
export function selectedPanel(shown: Shown, key: ObjectKey, token: string): Html {
  const described = describe(shown.store, key);
  const close = html`<a id="close" class="close" href="${linkTo({ ...shown.view, selected: undefined })}" data-go>Close</a>`;
  const panel = (title: string, body: Html) =>
    html`<aside class="card panel" aria-labelledby="selected">${close}<h2 id="selected" tabindex="-1">${title}</h2>${body}</aside>`;
  if (described === undefined) {
    return panel("Not there any more", html`<p><span class="mono">${key.id}</span> is deleted.</p>`);
  }
  const { what, name, detail, warning } = described;
  return panel(
    `${what} ${name}`,
    html`${detail !== "" && html`<p class="mono">${detail}</p>`}${warning !== undefined && html`<p class="bad">${warning}</p>`}
${key.kind === "numbers" && html`<p>${numberTarget(shown, key.id)}</p>`}
<h3>If it is deleted</h3><p id="impact">${impactText(shown.store, key, shown.impact)}</p>${impactList(shown)}
<h3>Play the intruder</h3><p class="dim">Changes the account behind Pulumi's back, as the console does. A refresh then shows it as drift.</p>
${intruderForms(shown, key, described, token)}`,
  );
}

function numberTarget(shown: Shown, number: string): Html {
  const { store } = shown;
  const row = store.numbers.get(number);
  const id = row?.application?.split("/").at(-2) ?? "";
  if (row?.application !== undefined && row.application === store.applicationPath(id) && store.trunks.has(id)) {
    return html`Attached to ${objectLink(shown, { kind: "trunks", id }, "panel")}`;
  }
  return html`${row !== undefined && otherTarget(row, store)}`;
}

/** What would break, in words. */
export function impactText(store: Store, key: ObjectKey, impact: Impact): string {
  const trunks = [...impact].filter(([text]) => text.startsWith("trunks/"));
  const namesOf = (effect: string) => trunks.filter(([, one]) => one === effect).map(([text]) => nameOf(store, text));
  const [deleted, lockedOut, narrowed] = [namesOf("deleted"), namesOf("locked-out"), namesOf("narrowed")];
  const numbers = impact.size - trunks.length;
  const sentences = [
    deleted.length > 0 && `Plivo deletes the trunks that use it: ${listed(deleted)}.`,
    numbers > 0 && `${count(numbers, "number")} ${numbers === 1 ? "is" : "are"} silently detached: calls stop.`,
    lockedOut.length > 0 && `Outbound calls are rejected on ${listed(lockedOut)}: no other way in is left.`,
    narrowed.length > 0 && `${listed(narrowed)} still accepts calls, in its other way only.`,
    store.trunks.get(key.id)?.trunk_direction === "outbound" &&
      key.kind === "trunks" &&
      "Outbound calls through its domain are rejected. A new trunk has another domain.",
    key.kind === "numbers" &&
      "It is given back to Plivo for good: calls to it never arrive again. Here only a restart of the simulator brings it back.",
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0 ? "Nothing depends on it." : sentences.join(" ");
}

function nameOf(store: Store, text: string): string {
  const key = readKey(text);
  return (key && describe(store, key)?.name) ?? text;
}

function listed(names: readonly string[]): string {
  const rest = names.length - FEW;
  return rest > 0 ? `${names.slice(0, FEW).join(", ")} and ${rest} more` : names.join(", ");
}

function impactList(shown: Shown): Html | false {
  if (shown.impact.size === 0) return false;
  const items = [...shown.impact].slice(0, FEW).map(([text, effect]) => {
    const key = readKey(text);
    return html`<li>${key && objectLink({ ...shown, impact: new Map() }, key, "impact")} <span class="badge bad">${effectWords[effect]}</span></li>`;
  });
  const rest = shown.impact.size - FEW;
  return html`<ul class="plain">${items}${rest > 0 && html`<li class="dim">and ${rest} more</li>`}</ul>`;
}

function intruderForms(shown: Shown, key: ObjectKey, { name }: Described, token: string): Html {
  const form = (body: Html) => html`<form method="post" action="${linkTo(shown.view, "", "/intruder")}">
<input type="hidden" name="token" value="${token}"><input type="hidden" name="object" value="${keyText(key)}">${body}</form>`;
  const button = (action: string, text: string, tone = "") =>
    html`<button id="do-${action}" name="action" value="${action}" class="${tone}">${text}</button>`;
  const row = shown.store.trunks.get(key.kind === "trunks" ? key.id : "");
  const isOn = row?.trunk_status === "enabled";
  return html`${row !== undefined && form(isOn ? button("disable", "Disable the trunk") : button("enable", "Enable the trunk"))}
${key.kind === "numbers" && moveForm(shown.store, key.id, (field) => form(html`${field}${button("move", "Move")}`))}
${key.kind === "numbers" && form(button("detach", "Detach the number"))}
${key.kind === "ipAccessControlLists" && form(html`${addressesField(shown.store, key.id)}${button("addresses", "Change the addresses")}`)}
${form(button("delete", key.kind === "numbers" ? `Give ${name} back` : "Delete as Plivo does", "danger"))}`;
}

function moveForm(store: Store, number: string, form: (field: Html) => Html): Html | false {
  const current = store.numbers.get(number)?.application;
  const trunks = [...store.trunks.values()].map((row) => ({
    id: row.trunk_id,
    text: `${row.name || row.trunk_id} (${row.trunk_direction})`,
  }));
  const applications = [...store.applications.values()].map((row) => ({
    id: row.app_id,
    text: `${row.app_name || row.app_id} (application)`,
  }));
  const options = [...trunks, ...applications].filter(({ id }) => store.applicationPath(id) !== current);
  if (options.length === 0) return false;
  return form(html`<label for="to">Move it to</label>
<select id="to" name="to">${options.map(({ id, text }) => html`<option value="${id}">${text}</option>`)}</select>`);
}

function addressesField(store: Store, id: string): Html {
  const addresses = store.ipAccessControlLists.get(id)?.ip_addresses ?? [];
  return html`<label for="list-${id}">Addresses and ranges, one a line</label>
<textarea id="list-${id}" name="addresses" rows="${Math.min(8, addresses.length + 2)}" spellcheck="false">
${addresses.join("\n")}</textarea>`;
}
