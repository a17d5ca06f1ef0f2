/** Paths of properties as the engine writes them: `ipAddresses[1]`, `tags.name`, `tags["name"]`, `ipAddresses[*]`. */

/** Read in one pass: the path stands in the program, and may be of any length. */
function partsOf(path: string): readonly string[] {
  const parts: string[] = [];
  for (let at = 0; at < path.length; ) {
    const sign = path[at];
    if (sign === "." || sign === "]") at += 1;
    else if (sign === "[") at = readBracket(path, at + 1, parts);
    else {
      const end = endOf(path, at, /[.[\]]/g);
      parts.push(path.slice(at, end));
      at = end;
    }
  }
  return parts;
}

/** From behind `[`; returns where to go on. */
function readBracket(path: string, from: number, parts: string[]): number {
  const start = endOf(path, from, /\S/g);
  if (path[start] === '"') {
    let end = start + 1;
    while (end < path.length && path[end] !== '"') end += path[end] === "\\" ? 2 : 1;
    parts.push(path.slice(start + 1, end));
    return endOf(path, end + 1, /[^\s\]]/g);
  }
  const end = endOf(path, start, /\]/g);
  parts.push(path.slice(start, end).trimEnd());
  return end + 1;
}

/** Where the next of these signs stands; the end of the path where there is none. */
function endOf(path: string, from: number, sign: RegExp): number {
  sign.lastIndex = from;
  return sign.exec(path)?.index ?? path.length;
}

/** The property itself. */
export function rootOf(path: string): string {
  return partsOf(path)[0] ?? path;
}

interface Node {
  readonly next: Map<string, Node>;
  isEnd: boolean;
}

/** Whether a path is that of one of the patterns, or below it. The patterns are read once, whatever the number of paths. */
export function matcher(patterns: readonly string[]): (path: string) => boolean {
  const root: Node = { next: new Map(), isEnd: false };
  for (const pattern of patterns) {
    const parts = partsOf(pattern);
    let node = root;
    for (const part of parts) {
      const next: Node = node.next.get(part) ?? { next: new Map(), isEnd: false };
      node.next.set(part, next);
      node = next;
    }
    node.isEnd ||= parts.length > 0;
  }
  return (path) => {
    // A set, because of a part that is `*` itself.
    let reached: ReadonlySet<Node> = new Set([root]);
    for (const part of partsOf(path)) {
      const next = [...reached].flatMap((node) => [node.next.get(part), node.next.get("*")]);
      reached = new Set(next.filter((node) => node !== undefined));
      if ([...reached].some(({ isEnd }) => isEnd)) return true;
    }
    return false;
  };
}
