import { expect, test } from "@jest/globals";
import { pageStyle } from "./style";

/** The colours of one scheme by their names. */
function coloursOf(scheme: 0 | 1): Map<string, string> {
  const pairs = [...pageStyle.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)];
  return new Map(pairs.map(([, name = "", light = "", dark = ""]) => [name, [light, dark][scheme] ?? ""]));
}

function luminance(colour: string): number {
  const digits = colour.length === 4 ? colour.replace(/[0-9a-f]/g, "$&$&") : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each([
  { scheme: "light", index: 0 },
  { scheme: "dark", index: 1 },
] as const)("in the $scheme scheme, texts and lines have the contrast of WCAG AA", ({ index }) => {
  const colours = coloursOf(index);
  const of = (name: string) => colours.get(name) ?? "";
  const tooWeak = (names: string[], behind: string[], least: number) =>
    names.flatMap((name) => behind.filter((back) => contrast(of(name), of(back)) < least).map((back) => [name, back]));
  expect(tooWeak(["text", "dim", "good", "bad", "warn", "link"], ["page", "card", "node"], 4.5)).toEqual([]);
  expect(tooWeak(["on-tag"], ["bad", "link"], 4.5)).toEqual([]);
  expect(tooWeak(["edge"], ["page", "card", "node"], 3)).toEqual([]);
});
