/** Paths of properties as the engine writes them: `ipAddresses[1]`, `tags.name`, `tags["name"]`, `ipAddresses[*]`. */

function partsOf(path: string): readonly string[] {
  return [...path.matchAll(/\[\s*"((?:[^"\\]|\\.)*)"\s*\]|\[\s*([^\]]*?)\s*\]|([^.[\]]+)/g)].map(
    ([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain ?? "",
  );
}

/** The property itself. */
export function rootOf(path: string): string {
  return partsOf(path)[0] ?? path;
}

/** Whether the path is that of the pattern, or below it. */
export function isWithin(path: string, pattern: string): boolean {
  const parts = partsOf(path);
  const wanted = partsOf(pattern);
  return (
    wanted.length > 0 && wanted.every((part, index) => index < parts.length && (part === "*" || part === parts[index]))
  );
}
