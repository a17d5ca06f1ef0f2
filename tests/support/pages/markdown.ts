/** What the tests of the documentation need to know of a page. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "../../..");

export interface Fence {
  readonly language: string;
  readonly text: string;
  /** `docs/drift.md:12`, for messages. */
  readonly at: string;
}

/** One Markdown file, by its path below the root. */
export class Page {
  readonly lines: readonly string[];

  constructor(readonly path: string) {
    this.lines = readFileSync(join(root, path), "utf8").split("\n");
  }

  get fences(): readonly Fence[] {
    const found: Fence[] = [];
    for (let line = 0; line < this.lines.length; line++) {
      const [, language] = /^```(\w*)$/.exec(this.lines[line] ?? "") ?? [];
      if (language === undefined) continue;
      const end = this.lines.indexOf("```", line + 1);
      if (end < 0) throw new Error(`${this.path}:${line + 1}: the fence has no end`);
      found.push({ language, text: this.lines.slice(line + 1, end).join("\n"), at: `${this.path}:${line + 1}` });
      line = end;
    }
    return found;
  }

  /** Those below a heading of the second level, up to the next heading of any level below the first. */
  fencesUnder(heading: string): readonly Fence[] {
    const from = this.lines.indexOf(`## ${heading}`);
    const next = this.lines.findIndex((line, index) => index > from && /^#{2,} /.test(line));
    const lineOf = ({ at }: Fence) => Number(at.slice(at.lastIndexOf(":") + 1));
    return this.fences.filter((fence) => lineOf(fence) > from && (next < 0 || lineOf(fence) <= next));
  }

  /** The lines that are no code. */
  get prose(): readonly string[] {
    let inFence = false;
    return this.lines.filter((line) => {
      if (line.startsWith("```")) inFence = !inFence;
      return !inFence;
    });
  }

  /** Targets of links, without those into the web. */
  get links(): readonly string[] {
    const targets = [...this.prose.join("\n").matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    return targets.filter((target) => !/^[a-z]+:/.test(target));
  }

  /** Headings of one level, as written. */
  headings(level: number): readonly string[] {
    const mark = `${"#".repeat(level)} `;
    return this.prose.filter((line) => line.startsWith(mark)).map((line) => line.slice(mark.length));
  }

  /** What can stand behind a # in a link to this page. */
  get anchors(): readonly string[] {
    const headings = [1, 2, 3, 4].flatMap((level) => this.headings(level));
    return headings.map((text) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );
  }
}

/** Files below a folder whose names end so, by their paths below the root. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const paths = names.filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
  return paths.filter((path) => !/\/(node_modules|dist)\//.test(path)).sort();
}
