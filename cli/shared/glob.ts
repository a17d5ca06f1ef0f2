/** Globs, without a regular expression: one with many stars would try every way to divide a name among them. */

/** `*` stands for any text, `?` for one sign. Each star takes as little as possible, and only the last one is tried again. */
export function matchesGlob(glob: string, name: string): boolean {
  const [pattern, text] = [[...glob], [...name]];
  let star = -1;
  let restart = 0;
  let at = 0;
  for (let index = 0; index < text.length; ) {
    if (pattern[at] === "*") {
      star = at++;
      restart = index;
    } else if (pattern[at] === "?" || pattern[at] === text[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++restart;
    } else return false;
  }
  return pattern.slice(at).every((sign) => sign === "*");
}
