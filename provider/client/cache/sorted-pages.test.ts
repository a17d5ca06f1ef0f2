import { expect, test } from "@jest/globals";
import { SortedPages } from "./sorted-pages";

const page = (from: number) => Array.from({ length: 20 }, (_, n) => String(from + n));

test("the first guess takes ids for evenly spread, and the one after a wrong guess halves what is left", () => {
  const pages = new SortedPages(20);
  pages.record(0, page(1000));
  expect(pages.guess("1450", 50)).toBe(22);
  pages.record(22, page(1440));
  expect(pages.guess("9000", 50)).toBe(49);
  pages.record(49, page(9500));
  expect(pages.guess("9000", 50)).toBe(35);
});

test("guesses end when eight more were wrong than right", () => {
  const pages = new SortedPages(20);
  pages.record(0, page(1000));
  const guesses: number[] = [];
  for (let guess = pages.guess("8000", 300); guess !== undefined; guess = pages.guess("8000", 300)) {
    guesses.push(guess);
    pages.record(guess, page(9000));
  }
  expect(guesses).toEqual([299, 149, 74, 37, 18, 9, 4, 2]);
});
