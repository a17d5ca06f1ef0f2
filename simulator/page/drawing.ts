import type { NumberRow, TrunkRow } from "../account/rows";
import { referenceTarget } from "../account/rows";
import type { Route } from "./account-map";
import { count } from "./described";
import { type Html, html } from "./html";
import { type Box, moreNode, NODE_HEIGHT, NUMBER_HEIGHT, objectNode, PLAIN_HEIGHT, plainNode } from "./node";
import { isSelected, type Shown } from "./shown";
import { linkTo } from "./view";

/** The width of a phone: a route is drawn from top to bottom, and wide screens show several side by side. */
const WIDTH = 340;
const EDGE = 4;
const TOP = 14;
const GAP = 12;
const ARROW = 34;
/** The caption of a frame. */
const HEAD = 38;
/** Numbers that are drawn; the others are behind a link. */
export const FEW_NUMBERS = 4;

/** One step of a route: what is drawn, and how high it is. */
interface Step {
  readonly content: Html;
  readonly height: number;
}

const references = {
  uris: ["primary_uri_uuid", "fallback_uri_uuid"],
  callers: ["credential_uuid", "ipacl_uuid"],
} as const;

/** What is drawn above the trunk, and whether calls lead on from it. */
interface Source {
  readonly leadsOn: boolean;
  draw(top: number): Step;
}

/** One trunk as a drawing: what calls come from, the trunk, and where they go. */
export function routeDrawing(shown: Shown, { trunk, numbers }: Route): Html {
  const isInbound = trunk.trunk_direction === "inbound";
  let y = TOP;
  const sources = sourcesOf(shown, { trunk, numbers }).map(({ leadsOn, draw }) => {
    const { content, height } = draw(y);
    const bottom = y + height;
    y = bottom + (leadsOn ? ARROW : GAP);
    return html`${content}${leadsOn && arrow(bottom, y)}`;
  });
  const box = { x: EDGE, y, width: WIDTH - 2 * EDGE };
  const next = y + NODE_HEIGHT + ARROW;
  const target = isInbound
    ? referencesStep(shown, trunk, references.uris, next)
    : { content: plainNode("telephone network", { ...box, y: next }, "end"), height: PLAIN_HEIGHT };
  const rest = unusedStep(shown, trunk, next + target.height + GAP);
  const bottom = next + target.height + rest.height + EDGE;
  const isOff = trunk.trunk_status === "disabled" && "off";
  return html`<svg class="route ${isOff}" viewBox="0 0 ${WIDTH} ${bottom}" role="group" aria-label="Calls through ${trunk.name || trunk.trunk_id}">
${sources}${arrow(y + NODE_HEIGHT, next)}
${objectNode(shown, { kind: "trunks", id: trunk.trunk_id }, box, trunk.trunk_id)}${target.content}${rest.content}
</svg>`;
}

function sourcesOf(shown: Shown, { trunk, numbers }: Route): readonly Source[] {
  const isInbound = trunk.trunk_direction === "inbound";
  const fromNumbers = { leadsOn: isInbound, draw: (top: number) => numbersStep(shown, trunk, numbers, top) };
  if (isInbound) return [fromNumbers];
  const fromCallers = { leadsOn: true, draw: (top: number) => referencesStep(shown, trunk, references.callers, top) };
  return numbers.length > 0 ? [fromNumbers, fromCallers] : [fromCallers];
}

/** The numbers of a trunk in a frame: a few of them, the selected one first. */
function numbersStep(shown: Shown, trunk: TrunkRow, numbers: readonly NumberRow[], top: number): Step {
  const isInbound = trunk.trunk_direction === "inbound";
  const width = WIDTH - 2 * EDGE;
  const caption = numbersCaption(numbers.length, isInbound);
  const drawn = drawnNumbers(shown, numbers);
  const cell = (index: number): Box => ({
    x: EDGE + GAP + (index % 2) * ((width - GAP) / 2),
    y: top + HEAD + Math.floor(index / 2) * (NUMBER_HEIGHT + GAP + 2),
    width: (width - 3 * GAP) / 2,
  });
  const more = numbers.length - drawn.length;
  const rows = Math.ceil((drawn.length + (more > 0 ? 1 : 0)) / 2);
  const height = HEAD + rows * (NUMBER_HEIGHT + GAP + 2);
  const isHit = numbers.some(({ number }) => shown.impact.has(`numbers/${number}`));
  const listed = linkTo({ ...shown.view, open: trunk.trunk_id }, `numbers-${trunk.trunk_id}`);
  return {
    height,
    content: html`<rect class="group ${!isInbound && "missing"}" x="${EDGE}" y="${top}" width="${width}" height="${height}" rx="10"/>
<text class="caption ${!isInbound && "warn"}" x="${EDGE + GAP}" y="${top + 19}">${caption}</text>
${drawn.map(({ number }, index) => objectNode(shown, { kind: "numbers", id: number }, cell(index), trunk.trunk_id))}
${more > 0 && moreNode(listed, more, cell(drawn.length), `more-${trunk.trunk_id}`, isHit)}`,
  };
}

function numbersCaption(amount: number, isInbound: boolean): string {
  if (amount === 0) return "no numbers: nothing calls it";
  const numbers = count(amount, "number");
  return isInbound ? numbers : `${numbers} without calls: an outbound trunk takes none`;
}

function drawnNumbers(shown: Shown, numbers: readonly NumberRow[]): readonly NumberRow[] {
  if (numbers.length <= FEW_NUMBERS) return numbers;
  const selected = numbers.filter(({ number }) => isSelected(shown, { kind: "numbers", id: number }));
  const others = numbers.slice(0, FEW_NUMBERS).filter((row) => !selected.includes(row));
  return [...selected, ...others].slice(0, FEW_NUMBERS - 1);
}

const roles = {
  primary_uri_uuid: "Primary URI",
  fallback_uri_uuid: "Fallback URI",
  credential_uuid: "Credential",
  ipacl_uuid: "Address list",
} as const;

/** What a trunk refers to although its direction does not use it: a deleted URI takes an outbound trunk along too. */
function unusedStep(shown: Shown, trunk: TrunkRow, top: number): Step {
  const { uris, callers } = references;
  const names = trunk.trunk_direction === "inbound" ? callers : uris;
  if (names.every((name) => trunk[name] === null)) return { content: html``, height: 0 };
  const { content, height } = referencesStep(shown, trunk, names, top, "Unused: ");
  return { content, height: height + GAP };
}

/** What a trunk refers to, side by side. */
function referencesStep(
  shown: Shown,
  trunk: TrunkRow,
  names: readonly (keyof typeof roles)[],
  top: number,
  before = "",
): Step {
  const set = names.flatMap((name) => {
    const id = trunk[name];
    return id === null ? [] : [{ name, key: { kind: referenceTarget[name], id } }];
  });
  const full = WIDTH - 2 * EDGE;
  if (set.length === 0) {
    const text = `no ${names.map((name) => roles[name].toLowerCase()).join(", no ")}`;
    return { content: plainNode(text, { x: EDGE, y: top, width: full }, "missing"), height: PLAIN_HEIGHT };
  }
  const width = (full - GAP * (set.length - 1)) / set.length;
  const content = set.map(({ name, key }, index) => {
    const box = { x: EDGE + index * (width + GAP), y: top, width };
    return objectNode(shown, key, box, `${trunk.trunk_id}-${name}`, `${before}${roles[name]}`);
  });
  return { content: html`${content}`, height: NODE_HEIGHT };
}

function arrow(from: number, to: number): Html {
  const x = WIDTH / 2;
  return html`<path class="arrow" d="M${x} ${from + 3}V${to - 5}"/><path class="arrow head" d="M${x - 5} ${to - 11}l5 6l5 -6"/>`;
}
