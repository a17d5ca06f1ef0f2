/** What the migration knows of the plugin, against what the plugin says itself; and the command around it. */
import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { idOutputs } from "../cli/migrate/id-outputs";
import { STATE_KEYS as migrated } from "../cli/migrate/resource";
import { classOf, pluginType } from "../cli/migrate/urn";
import { DOWNLOAD_URL } from "../cli/shared/plugin-source";
import { builtCli } from "../cli/shared/testing/command-line";
import { STATE_KEYS } from "../provider/lifecycle/index";
import { resources } from "../provider/resources/index";
import schema from "../provider/schema/schema.json";

test("it keeps every key that the adapters store beside the properties", () => {
  expect([...migrated].sort()).toEqual([...STATE_KEYS].sort());
});

test("it moves every resource to the type that the schema has, and has its id output", () => {
  const known = Object.entries(resources).map(([token, { properties }]) => {
    const [output] = Object.entries(properties).find(([, { role }]) => role === "id") ?? [];
    return [token, output ?? null];
  });
  expect(new Map([...idOutputs])).toEqual(new Map(known as [string, string | null][]));
  const types = [...idOutputs.keys()].map((token) => classOf(`pulumi-nodejs:dynamic/plivo:${token}`) ?? "");
  expect(types.map(pluginType).sort()).toEqual(Object.keys(schema.resources).sort());
});

test("it names the download address of the schema, which is part of the provider's name in the state", () => {
  expect(DOWNLOAD_URL).toBe(schema.pluginDownloadURL);
});

function command(input: string, ...options: readonly string[]) {
  return spawnSync(process.execPath, [builtCli, "migrate", ...options], { input, encoding: "utf8" });
}

test("bad input ends with exit code 1, one line on stderr and nothing on stdout", () => {
  const { status, stdout, stderr } = command("nonsense");
  expect({ status, stdout, lines: stderr.trim().split("\n").length }).toEqual({ status: 1, stdout: "", lines: 1 });
  expect(stderr).toMatch(/^error: the input is not JSON/);
});

test("--group-numbers prints the new state on stdout, and on stderr what takes the place of the attachments", () => {
  const attachment = (number: string) => ({
    urn: `urn:pulumi:dev::world::plivo:index:PhoneNumberAttachment::${number}`,
    type: "plivo:index:PhoneNumberAttachment",
    id: number,
    inputs: { number, trunkId: "100" },
    outputs: { number, trunkId: "100", restoreApplication: null, previousApplication: null },
  });
  const resources = ["14155550100", "14155550101"].map(attachment);
  const input = JSON.stringify({ version: 3, deployment: { resources } });
  const { status, stdout, stderr } = command(input, "--group-numbers");
  expect(status).toBe(0);
  expect(JSON.parse(stdout).deployment.resources).toMatchObject([{ type: "plivo:index:TrunkPhoneNumbers", id: "100" }]);
  expect(stderr).toMatch(/^2 attachments became 1 set in the new state\.$/m);
  expect(stderr).toMatch(/^new plivo\.TrunkPhoneNumbers\("trunk-100-numbers", \{$/m);
});
