import { execFileSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";
import { version } from "../../../package.json";
import { oddAccount } from "../../../tests/engine/support/programs/odd-account";
import { yamlProblems } from "../../../tests/engine/support/programs/yaml-program";
import { typeErrors } from "../../../tests/support/pages/type-check";
import { DOWNLOAD_URL } from "../../shared/plugin-source";
import { adopted, everyLanguage, smallAccount } from "../testing/adopted";

const support = { trunk: ["Support EU"] };

test("TypeScript", async () => {
  expect(
    (await adopted(smallAccount, { ...support, adapter: "dynamic" })).program,
  ).toBe(`import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

const config = new pulumi.Config();

// Origination URIs

const fallback = new plivo.OriginationUri(
  "fallback",
  {
    name: "fallback",
    uri: "standby.example.net",
    authenticationNeeded: true,
    username: "plivo",
    password: config.requireSecret("fallbackPassword"),
  },
  { import: "uri-2", protect: true },
);

const primary = new plivo.OriginationUri(
  "primary",
  {
    name: "primary",
    uri: "sip.example.com:5061;transport=tls",
  },
  { import: "uri-1", protect: true },
);

// Trunks and their phone numbers

const supportEu = new plivo.Trunk(
  "support-eu",
  {
    name: "Support EU",
    trunkDirection: "inbound",
    primaryUriUuid: primary.uriUuid,
    fallbackUriUuid: fallback.uriUuid,
  },
  { import: "100", protect: true },
);

new plivo.PhoneNumberAttachment(
  "hotline",
  {
    number: "14155550100",
    trunkId: supportEu.trunkId,
  },
  { import: "14155550100", protect: true },
);
`);
});

const outbound = { trunk: ["out"] };

test("Python", async () => {
  expect((await adopted(smallAccount, { ...outbound, language: "python" })).program).toBe(`import pulumi
import pulumi_plivo as plivo

config = pulumi.Config()

# Credentials

london = plivo.Credential(
    "london",
    name="London",
    username="pbxlondon",
    password=config.require_secret("londonPassword"),
    opts=pulumi.ResourceOptions(import_="cred-1", protect=True),
)

# IP access control lists

offices = plivo.IpAccessControlList(
    "offices",
    name="offices",
    ip_addresses=["198.51.100.0/24", "203.0.113.7"],
    opts=pulumi.ResourceOptions(import_="acl-1", protect=True),
)

# Trunks

plivo.Trunk(
    "out",
    name="out",
    trunk_direction=plivo.TrunkDirection.OUTBOUND,
    secure=True,
    ipacl_uuid=offices.ipacl_uuid,
    credential_uuid=london.credential_uuid,
    opts=pulumi.ResourceOptions(import_="200", protect=True),
)
`);
});

test("Go", async () => {
  expect((await adopted(smallAccount, { ...support, language: "go", number: ["14155550100"] })).program).toContain(`
		supportEu, err := plivo.NewTrunk(ctx, "support-eu", &plivo.TrunkArgs{
			Name:            pulumi.String("Support EU"),
			TrunkDirection:  plivo.TrunkDirectionInbound,
			PrimaryUriUuid:  primary.UriUuid,
			FallbackUriUuid: fallback.UriUuid,
		}, pulumi.Import(pulumi.ID("100")), pulumi.Protect(true))
		if err != nil {
			return err
		}

		if _, err := plivo.NewPhoneNumberAttachment(ctx, "hotline", &plivo.PhoneNumberAttachmentArgs{
			Number:  pulumi.String("14155550100"),
			TrunkId: supportEu.TrunkId,
		}, pulumi.Import(pulumi.ID("14155550100")), pulumi.Protect(true)); err != nil {
			return err
		}
		return nil
	})
}
`);
});

test("YAML", async () => {
  const { program } = await adopted(smallAccount, { ...outbound, language: "yaml" });
  const from = (path: string) => `\${${path}}`;
  const options = (id: string) => ({ import: id, protect: true, pluginDownloadURL: DOWNLOAD_URL, version });
  expect(parse(program)).toEqual({
    config: { londonPassword: { type: "string", secret: true } },
    resources: {
      london: {
        type: "plivo:Credential",
        properties: { name: "London", username: "pbxlondon", password: from("londonPassword") },
        options: options("cred-1"),
      },
      offices: {
        type: "plivo:IpAccessControlList",
        properties: { name: "offices", ipAddresses: ["198.51.100.0/24", "203.0.113.7"] },
        options: options("acl-1"),
      },
      out: {
        type: "plivo:Trunk",
        properties: {
          name: "out",
          trunkDirection: "outbound",
          secure: true,
          ipaclUuid: from("offices.ipaclUuid"),
          credentialUuid: from("london.credentialUuid"),
        },
        options: options("200"),
      },
    },
  });
});

const addresses = Array.from({ length: 6 }, (_, n) => `203.0.113.${n}`);
const longList = { ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: addresses }] };

test.each(everyLanguage)("%s: of a list with more than five elements each has a line of its own", async (language) => {
  const { program } = await adopted(longList, { language });
  const lines = program.split("\n").map((line) => line.trim());
  expect(lines.filter((line) => line.includes("203.0.113."))).toEqual(
    addresses.map((address) => (language === "yaml" ? `- "${address}"` : `"${address}",`)),
  );
});

test.each(everyLanguage)("%s: nothing secret is written, and a second run writes the same", async (language) => {
  const [first, second] = [await adopted(oddAccount, { language }), await adopted(oddAccount, { language })];
  expect([...first.files]).toEqual([...second.files]);
  expect(JSON.stringify([first.program, first.odd, first.resources])).not.toMatch(/Secret!\d|hunter2/);
  expect(first.secrets.map(({ key }) => key)).toEqual([
    "oldPassword",
    "pbxCredentialPassword",
    "pbx033332Password",
    "withPasswordUri",
  ]);
});

test.each(everyLanguage)(
  "%s: without --protect nothing is protected, with --import-file nothing says import",
  async (language) => {
    const { program, files } = await adopted(smallAccount, { language, protect: false, importFile: "import.json" });
    expect(program).not.toMatch(/protect|import\(|import_=|import: /i);
    expect(JSON.parse(files.get("import.json") ?? "").resources).toContainEqual({
      type: "plivo:index:Trunk",
      name: "support-eu",
      id: "100",
    });
  },
);

test("TypeScript: the program of an odd account compiles", async () => {
  const { program } = await adopted(oddAccount, { adapter: "dynamic" });
  expect(typeErrors([{ text: program, at: "the program" }])).toEqual([]);
}, 120_000);

test("YAML: the program of an odd account is one that the schema of the plugin allows, and says what the account says", async () => {
  const { program } = await adopted(oddAccount, { language: "yaml" });
  const names = Object.values(parse(program).resources).map((resource) => Object(resource).properties.name);
  expect(names).toContain("☎️");
  // A dollar sign is doubled.
  expect(names).toContain('a "b" $$5 $${x}\n*/ \\');
  expect(yamlProblems(program.replace(/-(?=[\w-]*[:.])/g, "_"))).toEqual([]);
});

function has(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const gofmt = has("gofmt");
(gofmt ? test : test.skip)(
  `Go: the program is formatted as gofmt does it${gofmt ? "" : " (skipped: there is no go)"}`,
  async () => {
    const cases = [
      { seed: oddAccount, given: {} },
      { seed: oddAccount, given: { update: true, state: "x" } },
      { seed: longList, given: {} },
    ];
    for (const { seed, given } of cases) {
      const { program } = await adopted(seed, { language: "go", ...given });
      expect(execFileSync("gofmt", { input: program, encoding: "utf8" })).toBe(program);
    }
  },
);

const python = has("python3", "--version");
(python ? test : test.skip)(
  `Python: the program is one${python ? "" : " (skipped: there is no python3)"}`,
  async () => {
    const { program } = await adopted(oddAccount, { language: "python" });
    execFileSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], { input: program });
  },
);
