/** The files that the recipes of examples/pbx/ write for Asterisk and FreeSWITCH, read by real parsers where there are any. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { escapeValue, extensionsConf, pjsipConf } from "../examples/pbx/asterisk/typescript/asterisk-conf";
import { plivoAddresses } from "../examples/pbx/asterisk/typescript/plivo-addresses";
import {
  aclList,
  escapeAttribute,
  gateway,
  inboundDialplan,
  outboundDialplan,
} from "../examples/pbx/freeswitch/typescript/freeswitch-xml";
import { plivoAddresses as ofFreeSwitch } from "../examples/pbx/freeswitch/typescript/plivo-addresses";
import { must } from "./support/command";
import { Page } from "./support/pages/markdown";

/** Every sign that Plivo's pages allow in a password, and some that they do not. */
const password = "a~!@#$%^&*()_+;\\;#>$${x}<\"'";
const login = { domain: "1.zt.plivo.com", username: "office", password };
const number = "+14155550100";

test("Asterisk: a value with `;` is escaped, and one that the file cannot hold is refused", () => {
  expect(escapeValue("password", "a;b;--c")).toBe("a\\;b\\;--c");
  for (const value of ["a\nb", "a\r", " a", "a ", "\u0000"])
    expect(() => escapeValue("password", value)).toThrow("password: Asterisk's files cannot hold");
});

test("Asterisk: a comment begins in no line of the file but those that are comments", () => {
  const files = [pjsipConf({ ...login, secure: true, port: "5061" }), extensionsConf({ number, ring: "PJSIP/100" })];
  const lines = files.join("\n").split("\n");
  expect(lines.filter((line) => /^.+(?<!\\);/.test(line))).toEqual([]);
  expect(lines).toContain("contact = sip:1.zt.plivo.com:5061\\;transport=tls");
});

test("Asterisk: calls from Plivo are known by its addresses, never by a name, and cannot go out again", () => {
  const pjsip = pjsipConf({ ...login, secure: true, port: "5061" });
  expect(pjsip).toContain(`match = ${plivoAddresses.join(",")}\n`);
  expect(pjsip.match(/^type = endpoint$/gm)).toHaveLength(2);
  expect(pjsip.match(/^identify_by = ip$/gm)).toHaveLength(2);
  const [, fromPlivo = ""] = /\[from-plivo\]\n(.*?)\n\[/s.exec(extensionsConf({ number, ring: "PJSIP/100" })) ?? [];
  expect(fromPlivo).toContain("exten => 14155550100,1,");
  expect(fromPlivo).toContain("exten => +14155550100,1,");
  expect(fromPlivo).not.toContain("@plivo");
});

test("Asterisk: without `secure` there is neither TLS nor SRTP, and a transport of the user's own replaces the file's", () => {
  const plain = pjsipConf({ ...login, secure: false, port: "5060" });
  expect(plain).toContain("protocol = udp");
  expect(plain).not.toMatch(/tls|sdes|optimistic/);
  const own = pjsipConf({ ...login, secure: true, port: "5061", transport: "transport-tls" });
  expect(own).not.toMatch(/^type = transport$/m);
  expect(own.match(/^transport = transport-tls$/gm)).toHaveLength(2);
});

const hasAsterisk = spawnSync("asterisk", ["-V"]).status === 0;

(hasAsterisk ? test : test.skip)(
  `Asterisk itself reads the files: both endpoints, their password, the dialplan${hasAsterisk ? "" : " (skipped: there is no asterisk)"}`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "plivo-asterisk-"));
    const place = { cwd: folder, env: process.env };
    const asterisk = (...args: string[]) => must("asterisk", ["-C", join(folder, "asterisk.conf"), ...args], place);
    const directories = ["astetcdir", "astvarlibdir", "astdbdir", "astspooldir", "astrundir", "astlogdir"];
    for (const name of directories.slice(1)) mkdirSync(join(folder, name));
    const lines = directories.map((name) => `${name} => ${name === "astetcdir" ? folder : join(folder, name)}`);
    writeFileSync(join(folder, "asterisk.conf"), `[directories]\n${lines.join("\n")}\n`);
    writeFileSync(join(folder, "modules.conf"), "[modules]\nautoload=yes\n");
    // A port that is free, and no certificate: the parser is what is tested.
    writeFileSync(join(folder, "pjsip.conf"), pjsipConf({ ...login, secure: false, port: "0" }));
    writeFileSync(join(folder, "extensions.conf"), extensionsConf({ number, ring: "PJSIP/100" }));
    try {
      await asterisk();
      await asterisk("-rx", "core waitfullybooted");
      expect(await asterisk("-rx", "pjsip show endpoints")).toMatch(/ plivo.* plivo-in/s);
      expect(await asterisk("-rx", "pjsip show auth plivo-auth")).toContain(`: ${password}\n`);
      expect(await asterisk("-rx", "dialplan show from-plivo")).toContain("Dial(PJSIP/100,45)");
    } finally {
      await asterisk("-rx", "core stop now").catch(() => "");
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

/** Prints the elements in order, as JSON: [name, attributes]. */
const READ_XML = `
import json, sys, xml.etree.ElementTree as tree
print(json.dumps([[e.tag, e.attrib] for e in tree.fromstring(sys.stdin.read()).iter()]))`;

type Element = readonly [name: string, attributes: Readonly<Record<string, string>>];

function elementsOf(xml: string): readonly Element[] {
  const { status, stdout, stderr } = spawnSync("python3", ["-c", READ_XML], { input: xml, encoding: "utf8" });
  if (status !== 0) throw new Error(`${stderr}\n${xml}`);
  return JSON.parse(stdout);
}

const hasPython = spawnSync("python3", ["-c", "import xml.etree.ElementTree"]).status === 0;

(hasPython ? test : test.skip)(
  `FreeSWITCH: an XML parser reads each value as it was, within the files that include it${hasPython ? "" : " (skipped: there is no python3)"}`,
  () => {
    // As FreeSWITCH does: a list stands in acl.conf.xml, a gateway and an extension where an include is.
    const profile = `<profile name="external"><gateways>${gateway({ ...login, secure: true })}</gateways></profile>`;
    const lists = `<configuration name="acl.conf"><network-lists>${aclList()}</network-lists></configuration>`;
    const extensions = `${inboundDialplan(number, "user/1000")}${outboundDialplan(number, true)}`;
    const dialplan = `<section name="dialplan"><context name="public">${extensions}</context></section>`;
    const elements = elementsOf(`<document type="freeswitch/xml">${profile}${lists}${dialplan}</document>`);
    const params = elements.filter(([name]) => name === "param").map(([, { name, value }]) => [name, value]);
    expect(Object.fromEntries(params)).toMatchObject({ password, register: "false", "register-transport": "tls" });
    const nodes = elements.filter(([name]) => name === "node").map(([, { cidr }]) => cidr);
    expect(nodes).toEqual(plivoAddresses);
    const actions = elements.filter(([name]) => name === "action").map(([, { data }]) => data);
    expect(actions).toEqual([
      `\${network_addr} plivo call_rejected`,
      `user/1000@\${domain_name}`,
      `effective_caller_id_number=${number}`,
      "{rtp_secure_media=mandatory}sofia/gateway/plivo/$1",
    ]);
  },
);

test("FreeSWITCH: what it would replace before it reads the XML is escaped, and control characters are refused", () => {
  expect(gateway({ ...login, secure: true })).not.toContain("$${");
  expect(() => escapeAttribute("a\nb")).toThrow("cannot hold control characters");
});

test("FreeSWITCH: the check of the address comes before the call is answered, and both spellings of the number match", () => {
  const inbound = inboundDialplan(number, "user/1000@pbx.example.com");
  expect(inbound.indexOf("check_acl")).toBeLessThan(inbound.indexOf("bridge"));
  expect(inbound).toContain('inline="true"');
  const [, expression = ""] = /expression="([^"]+)"/.exec(inbound) ?? [];
  for (const called of ["14155550100", "+14155550100"]) expect(called).toMatch(new RegExp(expression));
  for (const called of ["4155550100", "+141555501000"]) expect(called).not.toMatch(new RegExp(expression));
});

test("the PBX recipes and their pages name the same addresses of Plivo", () => {
  expect(plivoAddresses).toHaveLength(14);
  expect(ofFreeSwitch).toEqual(plivoAddresses);
  const page = new Page("examples/pbx/README.md").lines.join("\n");
  expect(plivoAddresses.filter((range) => !page.includes(range))).toEqual([]);
  const files = ["asterisk", "freeswitch"].map((name) =>
    readFileSync(join(__dirname, `../examples/pbx/${name}/typescript/plivo-addresses.ts`), "utf8"),
  );
  expect(files[0]).toBe(files[1]);
});
