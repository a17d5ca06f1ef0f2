import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "@jest/globals";
import { asRoot, byRoot, onPosix, posix } from "../../tests/support/machine";
import { ownCache } from "./own-cache.cjs";

let home: string;
const inside = (...segments: string[]) => join(home, ...segments);

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "plivo-home-")));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

posix.each([
  { what: "XDG_CACHE_HOME", environment: () => ({ XDG_CACHE_HOME: inside("xdg"), HOME: inside() }), at: "xdg" },
  { what: ".cache in HOME", environment: () => ({ HOME: inside() }), at: ".cache" },
  {
    what: "HOME for an empty XDG_CACHE_HOME",
    environment: () => ({ XDG_CACHE_HOME: "", HOME: inside() }),
    at: ".cache",
  },
  {
    what: "HOME for a relative XDG_CACHE_HOME",
    environment: () => ({ XDG_CACHE_HOME: "build/cache", HOME: inside() }),
    at: ".cache",
  },
])(`the cache is in $what${onPosix}`, ({ environment, at }) => {
  expect(ownCache(environment())).toEqual({ folder: inside(at, "pulumi-plivo") });
  expect(statSync(inside(at, "pulumi-plivo")).mode & 0o777).toBe(0o700);
});

posix.each(["", ".", "relative/home"])(`never in the working folder, as with HOME=%j${onPosix}`, (HOME) => {
  const here = process.cwd();
  process.chdir(home);
  try {
    const { folder = "/" } = ownCache({ XDG_CACHE_HOME: "./x", HOME });
    expect(folder.startsWith(home)).toBe(false);
    expect([existsSync("x"), existsSync(".cache"), existsSync("relative")]).toEqual([false, false, false]);
  } finally {
    process.chdir(here);
  }
});

const ours = () => ownCache({ XDG_CACHE_HOME: inside("caches") });

posix.each([
  { what: "the folder itself", folder: ["caches", "pulumi-plivo"], mode: 0o777 },
  { what: "the folder itself, by its group", folder: ["caches", "pulumi-plivo"], mode: 0o770 },
  { what: "the folder above, where ours could be replaced", folder: ["caches"], mode: 0o777 },
  { what: "a folder further up", folder: [], mode: 0o775 },
])(`no cache where others can write to $what${onPosix}`, ({ folder, mode }) => {
  expect(ours().problem).toBeUndefined();
  chmodSync(inside(...folder), mode);
  expect(ours()).toEqual({ problem: `other users can write to ${inside(...folder)}` });
});

posix(`a folder above in which no other user can replace what is ours, as /tmp is, will do${onPosix}`, () => {
  ours();
  chmodSync(inside("caches"), 0o1777);
  expect(ours()).toEqual({ folder: inside("caches", "pulumi-plivo") });
});

posix(`a folder that others could read is closed to them, with all that is ever made in it${onPosix}`, () => {
  ours();
  chmodSync(inside("caches", "pulumi-plivo"), 0o755);
  expect(ours().problem).toBeUndefined();
  expect(statSync(inside("caches", "pulumi-plivo")).mode & 0o777).toBe(0o700);
});

asRoot.each([{ folder: ["caches", "pulumi-plivo"] }, { folder: ["caches"] }, { folder: [] }])(
  `no cache in what belongs to another user: $folder${byRoot}`,
  ({ folder }) => {
    ours();
    chownSync(inside(...folder), 12_345, 12_345);
    expect(ours()).toEqual({ problem: `${inside(...folder)} belongs to another user` });
  },
);

asRoot(`a link is judged by where it leads${byRoot}`, () => {
  mkdirSync(inside("theirs"));
  chownSync(inside("theirs"), 12_345, 12_345);
  mkdirSync(inside("caches"));
  symlinkSync(inside("theirs"), inside("caches", "pulumi-plivo"));
  expect(ours()).toEqual({ problem: `${inside("theirs")} belongs to another user` });
});

posix(`where no folder can be created the reason is reported, and nothing is thrown${onPosix}`, () => {
  writeFileSync(inside("file"), "");
  expect(ownCache({ XDG_CACHE_HOME: inside("file") }).problem).toContain("ENOTDIR");
});

/** What the launcher would have V8's code kept in, on a Node.js that can. */
function keptIn(environment: Record<string, string>): string {
  for (const file of ["launch.cjs", "own-cache.cjs"]) copyFileSync(join(__dirname, file), inside(file));
  writeFileSync(inside("pulumi-resource-plivo.cjs"), "");
  writeFileSync(
    inside("newer-node.cjs"),
    `require("node:module").enableCompileCache = (folder) => process.stdout.write(folder);`,
  );
  const { PATH } = process.env;
  const args = ["--require", inside("newer-node.cjs"), inside("launch.cjs")];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: home,
    env: { PATH, ...environment },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout;
}

posix(`the launcher keeps compiled code in that cache${onPosix}`, () => {
  expect(keptIn({ XDG_CACHE_HOME: inside("caches") })).toBe(inside("caches", "pulumi-plivo", "compiled"));
});

posix(`the launcher keeps none in the working folder, nor where others can write${onPosix}`, () => {
  expect(keptIn({ XDG_CACHE_HOME: "caches", HOME: inside("at-home") })).toBe(
    inside("at-home", ".cache", "pulumi-plivo", "compiled"),
  );
  expect(existsSync(inside("caches"))).toBe(false);
  mkdirSync(inside("open"));
  chmodSync(inside("open"), 0o777);
  expect(keptIn({ XDG_CACHE_HOME: inside("open") })).toBe("");
});
