/** The command as a user runs it. What it writes is tested beside each of its files. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { commandWorld } from "../shared/testing/command-line";
import { smallAccount } from "./testing/adopted";

async function world() {
  const { simulator, folder, run } = await commandWorld("adopt", smallAccount);
  return { simulator, folder, adopt: (...args: string[]) => run(args) };
}

test("it writes the program, reports on stdout, and shows progress on stderr", async () => {
  const { folder, adopt, simulator } = await world();
  const { code, stdout, stderr } = await adopt();
  expect(code).toBe(0);
  expect(stdout).toBe(`Written: index.ts
7 resources: 1 Credential, 1 IpAccessControlList, 2 OriginationUri, 2 Trunk, 1 PhoneNumberAttachment
Not written: 1 phone number on no inbound trunk.

Next:
  Plivo returns no passwords. Set those in use now; \`pulumi up\` sends each of them once, and writes nothing else.
  A wrong password replaces the right one at Plivo. If you do not know one, see docs/import.md#passwords.
  pulumi config set --secret londonPassword
  pulumi config set --secret fallbackPassword
  pulumi up
  pulumi preview --expect-no-changes
`);
  expect(stderr.split("\n").sort().join("\n")).toBe(
    "\nread 1 IP access control lists\nread 1 credentials\nread 2 origination URIs\nread 2 phone numbers\nread 2 trunks",
  );
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toMatch(
    /^\/\/ Written by `pulumi-plivo adopt # account [0-9a-f]{8}` \(checksum [0-9a-f]{16}\); it is overwritten only while it is not edited\.\nimport/,
  );
  expect(simulator.requests.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("--json prints one document: files, resources, secrets, what is odd, commands", async () => {
  const { adopt, simulator } = await world();
  simulator.store.addOriginationUri({ name: "spare", uri: "sip.example.org" });
  const { code, stdout } = await adopt("--json", "--match", "spare", "--import-file", "import.json");
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      files: [
        { path: "index.ts", unchanged: false },
        { path: "import.json", unchanged: false },
      ],
      resources: [{ type: "plivo:index:OriginationUri", name: "spare", id: expect.any(String), friendlyName: "spare" }],
      secrets: [],
      odd: [
        {
          kind: "unused",
          object: expect.stringMatching(/^origination URI \S+ \("spare"\)$/),
          text: "no trunk uses it",
        },
      ],
      numbers: { rented: 2, onInboundTrunks: 1, adopted: 0, inSets: 0, leftOut: 1 },
      alreadyManaged: 0,
      commands: ["pulumi import --file import.json --generate-code=false", "pulumi preview --expect-no-changes"],
    },
  ]);
});

test("with --json an error is one document too, beside the text on stderr", async () => {
  const { adopt, folder, simulator } = await world();
  writeFileSync(join(folder, "index.ts"), "export {};\n");
  const inTheWay = await adopt("--json");
  const message =
    "index.ts was not written by this command; pass --force to overwrite it, or another file; nothing was written";
  expect([inTheWay.code, JSON.parse(inTheWay.stdout)]).toEqual([3, { error: { message, exitCode: 3 } }]);
  expect(inTheWay.stderr).toContain(`error: ${message}\n`);
  simulator.faults.add({ path: "Number/", do: { kind: "status", status: 403 } });
  const incomplete = await adopt("--json", "--force");
  expect([incomplete.code, JSON.parse(incomplete.stdout)]).toEqual([
    2,
    {
      error: { message: expect.stringContaining("could not be read: phone numbers: GET Number/ -> 403"), exitCode: 2 },
    },
  ]);
});

test("with --update the state of another account is refused before anything is written", async () => {
  const { adopt, folder } = await world();
  const type = "plivo:index:Trunk";
  const resources = [{ type, id: "999", urn: `urn:pulumi:dev::lines::${type}::in` }];
  writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
  const { code, stdout, stderr } = await adopt("--update", "--state", "state.json");
  expect([code, stdout, readdirSync(folder)]).toEqual([1, "", ["state.json"]]);
  expect(stderr).toContain("error: this account has none of the 1 objects of state.json, such as Trunk/999");
});

test("a file that it did not write is kept, with exit code 3, and overwritten with --force", async () => {
  const { adopt, folder } = await world();
  writeFileSync(join(folder, "index.ts"), "export {};\n");
  const { code, stderr, stdout } = await adopt();
  expect([code, stdout]).toEqual([3, ""]);
  expect(stderr).toContain(
    "error: index.ts was not written by this command; pass --force to overwrite it, or another file; nothing was written\n",
  );
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe("export {};\n");
  expect((await adopt("--force")).code).toBe(0);
  expect((await adopt("--json")).stdout).toContain('"unchanged": true');
});

test.each([
  ["--adapter", "plugin"],
  ["--language", "python", "--out", "index.ts"],
  ["--trunk", "out"],
])("its own file is not overwritten by %s %s, which would be another program", async (...args) => {
  const { adopt, folder } = await world();
  await adopt();
  const before = readFileSync(join(folder, "index.ts"), "utf8");
  const { code, stderr } = await adopt(...args);
  expect([code, stderr]).toEqual([3, expect.stringContaining("index.ts was written by another `adopt`")]);
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe(before);
});

test("its own file is not overwritten with another account", async () => {
  const one = await world();
  const other = await world();
  await one.adopt();
  const { code, stderr } = await other.adopt("--out", join(one.folder, "index.ts"));
  expect([code, stderr]).toEqual([3, expect.stringContaining("written by another `adopt`")]);
});

test("what the filters leave out is counted, and an update says how its file becomes part of the program", async () => {
  const { adopt, folder } = await world();
  expect((await adopt("--trunk", "out")).stdout).toContain("Left out by the filters: 1 phone number.\n");
  writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources: [] } }));
  const steps = {
    typescript: 'import "./adopted";',
    python: "import adopted",
    go: "adopted(ctx)",
    yaml: "Copy `config`",
  };
  for (const [language, step] of Object.entries(steps)) {
    const { stdout } = await adopt("--update", "--state", "state.json", "--language", language);
    expect([language, stdout]).toEqual([language, expect.stringContaining(step)]);
  }
});

test("a page that cannot be read ends it with exit code 2, and nothing is written", async () => {
  const { adopt, folder, simulator } = await world();
  simulator.faults.add({ path: "Number/", do: { kind: "status", status: 403 } });
  const { code, stderr, stdout } = await adopt();
  expect([code, stdout, readdirSync(folder)]).toEqual([2, "", []]);
  expect(stderr).toContain(
    "error: the account was not read completely, and nothing was written; this part could not be read: phone numbers: ",
  );
});

test("--update of a stack that manages everything writes nothing", async () => {
  const { adopt, folder } = await world();
  const { stdout } = await adopt("--json");
  const resources = JSON.parse(stdout).resources.map(({ type, name, id }: Record<string, string>) => {
    return { type, id, urn: `urn:pulumi:dev::lines::${type}::${name}` };
  });
  writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
  const after = await adopt("--update", "--state", "state.json");
  expect([after.code, after.stdout]).toEqual([
    0,
    "Nothing to adopt: the stack manages all 7 objects.\nNot written: 1 phone number on no inbound trunk.\n",
  ]);
  expect(readdirSync(folder).sort()).toEqual(["index.ts", "state.json"]);
});

test.each([
  {
    args: ["--language", "go", "--adapter", "dynamic"],
    message: "dynamic resources are for TypeScript: go needs --adapter plugin",
  },
  { args: ["--adapter", "dynamic", "--import-file", "x.json"], message: "`pulumi import` is for the plugin" },
  { args: ["--out", "no/such.ts"], message: '"no/such.ts" cannot be written: no: ENOENT; nothing was written' },
  { args: ["--update"], message: "--update needs --state or --stack" },
  { args: ["--state", "x.json"], message: "--state is for --update" },
  { args: ["--update", "--state", "no-such.json"], message: "no-such.json cannot be read (ENOENT)" },
  { args: ["--language", "perl"], message: "argument 'perl' is invalid" },
])("$args is refused before anything is read: $message", async ({ args, message }) => {
  const { adopt, simulator } = await world();
  const { code, stderr } = await adopt(...args);
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
  expect(simulator.requests).toEqual([]);
});
