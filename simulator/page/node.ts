import { count, type Described, describe } from "./described";
import { type Html, html } from "./html";
import { effectWords, isSelected, type Shown, selectLink } from "./shown";
import { keyText, type ObjectKey } from "./view";

/** Where a node of the drawing is. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export const NODE_HEIGHT = 62;
export const NUMBER_HEIGHT = 46;
export const PLAIN_HEIGHT = 36;
const PADDING = 10;
/** Widths of a character, generous: there is no ruler on a server. What is wider all the same is clipped. */
const CHARACTER = { name: 8.6, detail: 7, caption: 5.9 };

/** One object of the drawing: a link that selects it. `place` tells apart the places at which an object is drawn. */
export function objectNode(shown: Shown, key: ObjectKey, box: Box, place: string, role?: string): Html {
  const described = describe(shown.store, key);
  if (described === undefined) return missingNode(key, box, role);
  const effect = shown.impact.get(keyText(key));
  const selected = isSelected(shown, key);
  const users = key.kind === "trunks" || key.kind === "numbers" ? 0 : shown.map.usersOf(key.id);
  const shared = users > 1 ? `${users} trunks` : "";
  const { what, name, detail, note, warning } = described;
  const label = [
    `${role ?? what} ${name}`,
    detail,
    warning,
    shared && `used by ${shared}`,
    effect && effectWords[effect],
  ].filter(Boolean);
  return html`<a id="${nodeId(place, key)}" class="node ${key.kind} ${selected && "selected"} ${effect && "hit"} ${warning && "off"}"
 href="${selectLink(shown, key)}" data-go aria-label="${label.join(", ")}" ${selected && html`aria-current="true"`}>
<title>${label.join("\n")}</title>${frame(box, key.kind === "numbers" ? NUMBER_HEIGHT : NODE_HEIGHT)}
${key.kind === "numbers" ? numberLines(described, box) : lines(described, box, [role ?? what, note, shared || warning])}
${selected && tag(box, "selected")}${effect && tag(box, effectWords[effect])}</a>`;
}

/** What stands for the numbers that do not fit. */
export function moreNode(href: string, amount: number, box: Box, id: string, isHit: boolean): Html {
  const text = `${count(amount, "more number")}`;
  return html`<a id="${id}" class="node more ${isHit && "hit"}" href="${href}" data-go aria-label="${text}, list them${isHit && `, ${effectWords.detached}`}">
${frame(box, NUMBER_HEIGHT)}${line("name", `${amount.toLocaleString("en")} more`, box, box.y + 21)}${line("caption", "list them", box, box.y + 37)}${isHit && tag(box, effectWords.detached)}</a>`;
}

/** A place that has no object: an end of the drawing, or something that is missing. */
export function plainNode(text: string, box: Box, kind: "end" | "missing"): Html {
  return html`<g class="node ${kind}">${frame(box, PLAIN_HEIGHT)}
<text class="caption" text-anchor="middle" x="${box.x + box.width / 2}" y="${box.y + 23}">${fit(text, box.width, CHARACTER.caption)}</text></g>`;
}

export function nodeId(place: string, key: ObjectKey): string {
  return `at-${place}-${keyText(key)}`;
}

function missingNode({ id }: ObjectKey, box: Box, role = ""): Html {
  const described = { what: role, name: "deleted", detail: id };
  return html`<g class="node missing"><title>${role}: deleted, ${id}</title>${frame(box, NODE_HEIGHT)}
${lines(described, box, [role])}</g>`;
}

function frame({ x, y, width }: Box, height: number): Html {
  return html`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`;
}

function lines({ name, detail, warning }: Described, box: Box, caption: readonly (string | undefined)[]): Html {
  const { y } = box;
  const about = caption.filter(Boolean).join(" · ");
  // Beside the trunks that share it, the warning has no room in the caption.
  const second = warning && !about.includes(warning) ? `${detail} (${warning})` : detail;
  return html`${line("caption", about, box, y + 17)}${line("name", name, box, y + 35)}${line("detail", second, box, y + 52)}`;
}

function numberLines({ name, detail }: Described, box: Box): Html {
  if (detail === "") return line("detail", name, box, box.y + 28);
  return html`${line("detail", name, box, box.y + 21)}${line("caption", detail, box, box.y + 37)}`;
}

function line(kind: keyof typeof CHARACTER, text: string, { x, width }: Box, y: number): Html {
  const room = width - 2 * PADDING;
  // A view of its own clips what is wider than expected.
  return html`<svg x="${x + PADDING}" y="${y - 14}" width="${room}" height="19"><text class="${kind}" y="14">${fit(text, room, CHARACTER[kind])}</text></svg>`;
}

function tag({ x, y, width }: Box, text: string): Html {
  const length = text.length * 6.6 + 14;
  return html`<g class="tag"><rect x="${x + width - length - 6}" y="${y - 11}" width="${length}" height="16" rx="8"/>
<text text-anchor="middle" x="${x + width - length / 2 - 6}" y="${y + 1}">${text}</text></g>`;
}

function fit(text: string, width: number, character: number): string {
  const most = Math.floor(width / character);
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
