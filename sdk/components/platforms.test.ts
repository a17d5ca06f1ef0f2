import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, jest, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { platforms } from "pulumi-plivo";
import { addressProblem, sipUriProblem } from "../../provider/warnings/formats";
import * as data from "./platform-data";
import { platformsAt } from "./platforms";

const all: readonly [string, data.Platform][] = Object.entries(data);
const day = 86_400_000;

test.each(all)("every fact of %s has a source and a date, and is what Plivo accepts", (_, platform) => {
  const { hosts, transports, addresses } = platform;
  for (const fact of [hosts, transports, ...(addresses ? [addresses] : [])]) {
    expect(fact.source).toMatch(/^https:\/\/[a-z.]+\/\S+/);
    expect(new Date(fact.asOf).toISOString().slice(0, 10)).toBe(fact.asOf);
  }
  for (const host of Object.values(hosts.value))
    for (const suffix of Object.values(transports.value))
      expect(sipUriProblem(`${host.replace("{subdomain}", "acme")}${suffix}`)).toBeUndefined();
  for (const range of Object.values(addresses?.value ?? {}).flat()) expect(addressProblem(range)).toBeUndefined();
  expect(Object.keys(hosts.value)).toEqual(expect.arrayContaining(Object.keys(addresses?.value ?? {})));
});

test("a platform is a SIP address with its region, port and transport, and where its calls come from", () => {
  expect(platforms.livekit({ subdomain: "acme" })).toEqual({ to: "acme.sip.livekit.cloud;transport=tcp" });
  expect(platforms.livekit({ subdomain: "acme", region: "eu", transport: "tls" })).toEqual({
    to: "acme.eu.sip.livekit.cloud;transport=tls",
    addresses: ["143.223.88.0/21", "161.115.160.0/19", "153.57.128.0/18"],
  });
  expect(platforms.livekit({ subdomain: "acme", region: "uk" }).addresses).toBeUndefined();
  expect(platforms.elevenlabs({ region: "india", transport: "tls" })).toEqual({
    to: "sip.rtc.in.residency.elevenlabs.io:5061;transport=tls",
  });
  expect(platforms.vapi({ region: "eu" })).toEqual({
    to: "sip.eu.vapi.ai;transport=udp",
    addresses: ["63.182.83.170/32"],
  });
  // No `?`: the type knows the platforms that publish addresses for each region.
  const vapi: string[] = platforms.vapi().addresses;
  expect(vapi).toEqual(["44.229.228.186/32", "44.238.177.138/32"]);
  expect(platforms.retell().to).toBe("sip.retellai.com;transport=tcp");
  expect(platforms.xai()).toEqual({ to: "sip.voice.x.ai;transport=tls" });
  expect(platforms.vapi({ region: null as unknown as undefined })).toEqual(platforms.vapi());
});

test.each([
  [
    () => platforms.livekit({ subdomain: "acme", region: "mars" as "eu" }),
    "LiveKit Cloud has no region mars: use aus, canada, eu, india, japan, sa, uk, us, or leave it out",
  ],
  [() => platforms.retell({ region: "eu" as never }), "Retell has no region eu: leave it out"],
  [() => platforms.vapi({ region: "toString" as "eu" }), "Vapi has no region toString: use eu, or leave it out"],
  [() => platforms.xai({ transport: "udp" as "tls" }), "xAI has no transport udp: use tls"],
  [
    () => platforms.livekit({ subdomain: "acme.sip.livekit.cloud" }),
    "LiveKit Cloud needs the subdomain of your project: the part before .sip.livekit.cloud",
  ],
  [
    () => (platforms.livekit as () => unknown)(),
    "LiveKit Cloud needs the subdomain of your project: the part before .sip.livekit.cloud",
  ],
  // A setting that is missing: the label "undefined" may be another customer's.
  ...[undefined, null, "", "-acme", "acme-"].map((subdomain): [() => unknown, string] => [
    () => platforms.livekit({ subdomain: subdomain as string }),
    "LiveKit Cloud needs the subdomain of your project: the part before .sip.livekit.cloud",
  ]),
  // A program in JavaScript, or one that spreads its configuration: the default region would be another country.
  [
    () => platforms.elevenlabs({ transport: "tls", ...{ Region: "india" } }),
    "ElevenLabs has no choice of Region: use region, transport",
  ],
  [
    () => platforms.vapi({ region: "eu", ...{ subdomain: "acme" } }),
    "Vapi has no choice of subdomain: use region, transport",
  ],
  [
    () => platforms.livekit({ subdomain: pulumi.output("acme") as unknown as string }),
    "LiveKit Cloud needs subdomain as a plain string: an output becomes known too late",
  ],
  [
    () => platforms.vapi({ region: Promise.resolve("eu") as unknown as "eu" }),
    "Vapi needs region as a plain string: an output becomes known too late",
  ],
])("what there is no data for is an error (%#)", (ask, text) => {
  expect(ask).toThrow(`plivo.platforms: ${text}`);
});

test("data older than 180 days is warned of once per program", async () => {
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const mocks = { newResource: ({ name }: { name: string }) => ({ id: name, state: {} }), call: () => ({}) };
  let now = Date.parse(data.vapi.hosts.asOf) + 180 * day;
  const { vapi, retell } = platformsAt(() => now);
  await pulumi.runtime.setMocks(mocks);
  vapi();
  expect(warn).not.toHaveBeenCalled();
  now += 1;
  vapi();
  vapi({ region: "eu" });
  retell();
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/last checked on 2026-10-01, more than 180 days ago/)]]);
  await pulumi.runtime.setMocks(mocks);
  retell();
  expect(warn).toHaveBeenCalledTimes(2);
  warn.mockRestore();
});

test("docs/components.md names every platform and every source", () => {
  const page = readFileSync(join(__dirname, "../../docs/components.md"), "utf8");
  for (const [name, { hosts, transports, addresses }] of all) {
    expect(page).toContain(`| \`${name}(`);
    for (const { source } of [hosts, transports, ...(addresses ? [addresses] : [])])
      expect(page).toContain(source.split(" ")[0]);
    for (const region of Object.keys(hosts.value)) if (region !== "") expect(page).toContain(`\`${region}\``);
  }
});
