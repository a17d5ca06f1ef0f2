/**
 * Text on its way into an error, a log line or a trace: no secrets, in whatever form a server echoes them. The text is
 * unescaped in every way that servers escape, up to three times one after the other, and where a secret shows up then,
 * the place that it stems from is hidden.
 */
import { decoded, families, type Layer, source } from "./decode";

/** Hiding one or two characters would only garble the text and tell what they are. */
const SHORTEST_SECRET = 3;
/** How often a text may have been escaped: as in JSON in HTML in a URL. */
const MOST_ROUNDS = 3;
/** Of a text this much is kept at most, which is far more than is ever shown. */
const KEPT = 20_000;
/** No character takes more when it has been escaped that often. */
const LONGEST_SPELLING = 40;
/** Shorter pieces of base64 turn up by chance. */
const FEWEST_IN_BASE64 = 4;

export type Redact = (text: string) => string;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Takes time in proportion to the text. Of a text that is cut off, nothing is left in which a secret may have begun.
 */
export function redactor(secrets: readonly unknown[], hidden = "[hidden]"): Redact {
  const texts = [...new Set(secrets)]
    .filter((secret) => typeof secret === "string")
    .filter((secret) => secret.length >= SHORTEST_SECRET);
  const wanted = [...new Set(texts.map(plain))];
  const encoded = [...new Set(texts.flatMap(inBase64))];
  const margin = Math.max(0, ...texts.map(({ length }) => length)) * LONGEST_SPELLING;
  return (text) => {
    if (texts.length === 0) return text;
    const isCut = text.length > KEPT + margin;
    const looked = isCut ? text.slice(0, KEPT + margin) : text;
    const ranges = layersOf(looked).flatMap((layer) => [
      ...found(layer, plain(layer.text), wanted, 0),
      // The signs beside it hold a few bits of it too.
      ...found(layer, layer.text.replaceAll("-", "+").replaceAll("_", "/"), encoded, 1),
    ]);
    const safe = hide(looked, ranges, hidden);
    return isCut ? safe.slice(0, Math.max(0, safe.length - margin)) : safe;
  };
}

/** The text, and all that it may be when it is unescaped. */
function layersOf(text: string): readonly Layer[] {
  const seen = new Set([text]);
  const all = [source(text)];
  let last: readonly Layer[] = all;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    last = last
      .flatMap((layer) => families.flatMap((family) => decoded(layer, family) ?? []))
      .filter((layer) => {
        const isNew = !seen.has(layer.text);
        seen.add(layer.text);
        return isNew;
      });
    all.push(...last);
  }
  return all;
}

/** Without what a server, or we, may have changed for good: capitals, the kind of quotes, halves of pairs. Keeps its length. */
function plain(text: string): string {
  const lower = text.toLowerCase();
  const small = lower.length === text.length ? lower : [...text].map(smallOf).join("");
  return small.replace(/\p{Cs}/gu, "\ufffd").replaceAll('"', "'");
}

function smallOf(sign: string): string {
  const small = sign.toLowerCase();
  return small.length === sign.length ? small : sign;
}

/** What of its base64 is the same whatever stands beside it: there are three ways to stand in a group of three bytes. */
function inBase64(secret: string): readonly string[] {
  return [0, 1, 2]
    .map((offset) => {
      const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
      return bytes.toString("base64").slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
    })
    .filter(({ length }) => length >= FEWEST_IN_BASE64);
}

function* found(
  { text, from, to }: Layer,
  searched: string,
  wanted: readonly string[],
  around: number,
): Generator<Range> {
  for (const secret of wanted) {
    for (let at = searched.indexOf(secret); at >= 0; at = searched.indexOf(secret, at + 1)) {
      const first = around > 0 && /[\w+/-]/.test(text.charAt(at - 1)) ? at - around : at;
      const end = at + secret.length - 1;
      const last = around > 0 && /[\w+/-]/.test(text.charAt(end + 1)) ? end + around : end;
      yield { from: from[first] ?? 0, to: to[last] ?? 0 };
    }
  }
}

/** Also where two overlap: hiding one would leave a part of the other. */
function hide(text: string, ranges: readonly Range[], hidden: string): string {
  let shown = "";
  let end = 0;
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (from >= end) shown += text.slice(end, from) + hidden;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}
