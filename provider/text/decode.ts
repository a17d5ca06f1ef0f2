/** Undoes what servers do to a text that they echo, and remembers where each character stood. */

/** A text, and for each of its UTF-16 units the place in the source that it stems from. */
export interface Layer {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

export function source(text: string): Layer {
  const from = Array.from({ length: text.length }, (_, at) => at);
  return { text, from, to: from.map((at) => at + 1) };
}

/** What one escape stands for. */
interface Family {
  readonly escapes: RegExp;
  meaning(found: string): string;
}

const SHORT: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** JSON, and the literals of most programming languages. */
const backslashes: Family = {
  // Python's capital U has eight digits, of which the first are zeros; JSON's has four, also when all is written in capitals.
  escapes: /\\(?:u\{[0-9a-f]{1,8}\}|U00[01][0-9a-f]{5}|[uU][0-9a-fA-F]{4}|[xX][0-9a-fA-F]{2}|[\s\S])/g,
  meaning: (found) => {
    const rest = found.slice(1);
    return /^[ux].*[0-9a-f]/i.test(rest)
      ? signOf(rest.replace(/[^0-9a-f]/gi, "").slice(-8), 16)
      : (SHORT[rest] ?? rest);
  },
};

/** One character of UTF-8, a byte at a time. */
const BYTES =
  "%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}";

const url: Family = { escapes: new RegExp(BYTES, "gi"), meaning: unescaped };

/** As browsers and `urlencode` write forms. */
const form: Family = {
  escapes: new RegExp(`\\+|${BYTES}`, "gi"),
  meaning: (found) => (found === "+" ? " " : unescaped(found)),
};

/** The names that HTML has for ASCII's punctuation. */
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ excl: "!", quot: '"', num: "#", dollar: "$", percnt: "%", amp: "&", apos: "'", lpar: "(", rpar: ")", ast: "*" },
  ...{ plus: "+", comma: ",", period: ".", sol: "/", colon: ":", semi: ";", lt: "<", equals: "=", gt: ">", quest: "?" },
  ...{ commat: "@", lsqb: "[", lbrack: "[", bsol: "\\", rsqb: "]", rbrack: "]", hat: "^", lowbar: "_", grave: "`" },
  ...{ lcub: "{", lbrace: "{", vert: "|", verbar: "|", rcub: "}", rbrace: "}", tilde: "~", nbsp: "\u00a0" },
};

const html: Family = {
  escapes: new RegExp(`&(?:#[0-9]{1,10}|#x[0-9a-f]{1,10}|${Object.keys(ENTITIES).join("|")});?`, "gi"),
  meaning: (found) => {
    const name = found.slice(1).replace(/;$/, "").toLowerCase();
    if (name.startsWith("#x")) return signOf(name.slice(2), 16);
    return name.startsWith("#") ? signOf(name.slice(1), 10) : (ENTITIES[name] ?? found);
  },
};

export const families: readonly Family[] = [backslashes, url, form, html];

function signOf(digits: string, radix: number): string {
  const code = Number.parseInt(digits, radix);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}

function unescaped(bytes: string): string {
  try {
    return decodeURIComponent(bytes);
  } catch {
    return "\ufffd";
  }
}

/** One round of unescaping; `undefined` when there was nothing to do. Takes time in proportion to the text. */
export function decoded({ text, from, to }: Layer, { escapes, meaning }: Family): Layer | undefined {
  const next = { text: "", from: [] as number[], to: [] as number[] };
  let end = 0;
  const copyUntil = (until: number) => {
    next.text += text.slice(end, until);
    for (let at = end; at < until; at++) {
      next.from.push(from[at] ?? 0);
      next.to.push(to[at] ?? 0);
    }
  };
  for (const { 0: found, index } of text.matchAll(escapes)) {
    copyUntil(index);
    end = index + found.length;
    const sign = meaning(found);
    next.text += sign;
    for (let unit = 0; unit < sign.length; unit++) {
      next.from.push(from[index] ?? 0);
      next.to.push(to[end - 1] ?? 0);
    }
  }
  if (end === 0) return undefined;
  copyUntil(text.length);
  return next;
}
