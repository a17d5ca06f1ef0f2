/** Names that a variable cannot have in one of the languages, or that the program uses itself. All in small letters. */
const RESERVED = new Set(
  `
  abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default
  delete do else enum eval export extends false finally for from function get if implements import in infer instanceof
  interface is keyof let module namespace never new null number object of package private protected public readonly require
  return set static string super switch symbol this throw true try type typeof undefined unique unknown var void while
  with yield exports globalthis process console promise array map error date json math infinity nan

  and assert def del elif except global lambda none nonlocal not or pass raise match id input list dict str int float bool
  bytes len range print open self cls

  chan defer fallthrough func go goto select struct append cap clear close complex copy imag iota make max min nil panic
  println real recover rune byte uint uintptr int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 comparable
  init main err ctx

  y n yes no on off options resources variables outputs

  plivo pulumi config opts adopted
  `
    .trim()
    .split(/\s+/),
);

/** @param slug a name in small letters, its words separated by hyphens */
export function isReserved(slug: string): boolean {
  return RESERVED.has(slug.replaceAll("-", ""));
}
