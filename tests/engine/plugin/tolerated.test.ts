/** What an object has already is never refused, however it came by it. */
import { expect } from "@jest/globals";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import * as plivo from "pulumi-plivo/plugin";
import { pulumi } from "../support/processes/command";
import { testInWorld } from "../support/stack/engine";
import { failureOf } from "../support/stack/failure";
import { writes } from "../support/stack/requests";

const longName = "x".repeat(1_001);
const seed = {
  originationUris: [{ uri_uuid: "uri-1", name: "primary", uri: "sip.example.com" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["203.0.113.0/255.255.255.0"] }],
  trunks: [{ trunk_id: "100", name: longName, trunk_direction: "inbound" as const, primary_uri_uuid: "uri-1" }],
};
const flags = ["--generate-code=false", "--protect=false", "--skip-preview", "--yes"];
const netmask = "203.0.113.0/255.255.255.0";

function offices(...ipAddresses: string[]) {
  return async () => {
    new plivo.IpAccessControlList("offices", { name: "offices", ipAddresses });
    new plivo.Trunk("trunk", { name: longName, trunkDirection: "inbound", primaryUriUuid: "uri-1" });
  };
}

testInWorld(
  "an import of values that no new object could have is previewed and updated, with one warning each",
  async (world) => {
    const { stack, simulator, run } = world;
    const printed = await pulumi(world, "import", "plivo:index:IpAccessControlList", "offices", "acl-1", ...flags);
    expect(printed).not.toContain("failed to validate");
    await pulumi(world, "import", "plivo:index:Trunk", "trunk", "100", ...flags);

    run(offices(netmask));
    const warnings: string[] = [];
    const onEvent = ({ diagnosticEvent: event }: EngineEvent) => {
      if (event?.severity === "warning") warnings.push(event.message.trim());
    };
    await stack.preview({ expectNoChanges: true, onEvent });
    expect(warnings.sort()).toEqual([
      "ipAddresses[0] must be an IPv4 or IPv6 address, or a CIDR range of them; accepted, because the object has it already",
      "name must be at most 1000 characters; accepted, because the object has it already",
    ]);
    expect(writes(simulator)).toEqual([]);

    run(offices(netmask, "198.51.100.0/255.255.255.0"));
    expect(await failureOf(stack.preview())).toContain("property ipAddresses[1] value {<nil>} has a problem");
  },
  { simulator: { seed } },
);

testInWorld("a replacement warns once of a value that is allowed", async ({ stack, run }) => {
  const program = (name: string) => async () => {
    new plivo.IpAccessControlList("all", { name, ipAddresses: ["0.0.0.0/0"] }, { replaceOnChanges: ["name"] });
  };
  run(program("one"));
  await stack.up();
  run(program("two"));
  const warnings: string[] = [];
  const onEvent = ({ diagnosticEvent: event }: EngineEvent) => {
    if (event?.severity === "warning") warnings.push(event.message.trim());
  };
  await stack.preview({ onEvent });
  expect(warnings).toEqual([expect.stringMatching(/^ipAddresses\[0\] is wider/)]);
  warnings.length = 0;
  await stack.up({ onEvent });
  expect(warnings).toEqual([expect.stringMatching(/^ipAddresses\[0\] is wider/)]);
});
