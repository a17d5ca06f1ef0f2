/** `pulumi do`: listings and functions from the command line, without a program. */
import { join } from "node:path";
import { expect } from "@jest/globals";
import { root } from "../../support/pages/markdown";
import { pulumi } from "../support/processes/command";
import { testInWorld, type World } from "../support/stack/engine";

const seed = {
  originationUris: [{ uri_uuid: "uri-1", name: "primary", uri: "sip.example.com" }],
  ipAccessControlLists: [{ ipacl_uuid: "acl-1", name: "offices", ip_addresses: ["192.0.2.1"] }],
  trunks: [
    { trunk_id: "100", name: "in", trunk_direction: "inbound" as const, primary_uri_uuid: "uri-1" },
    { trunk_id: "200", name: "out", trunk_direction: "outbound" as const, ipacl_uuid: "acl-1" },
    {
      trunk_id: "201",
      name: "old",
      trunk_direction: "outbound" as const,
      ipacl_uuid: "acl-1",
      trunk_status: "disabled" as const,
    },
  ],
};

/** What it prints, with the account from the environment: outside of a project there is no configuration. */
function ask(world: World, ...args: string[]): Promise<string> {
  const { stack, simulator } = world;
  const { url, authId, authToken } = simulator;
  const account = { PLIVO_BASE_URL: url, PLIVO_AUTH_ID: authId, PLIVO_AUTH_TOKEN: authToken };
  stack.workspace.envVars = { ...stack.workspace.envVars, ...account };
  return pulumi(world, "do", "--package", join(root, "bin/pulumi-resource-plivo"), ...args);
}

testInWorld(
  "B17 `pulumi do` lists and finds the trunks of a direction and a status that flags give",
  async (world) => {
    const listed = await ask(world, "plivo:index:Trunk", "list", "--all", "--trunk-direction", "outbound");
    expect(JSON.parse(listed)).toEqual([
      { id: "200", name: "out" },
      { id: "201", name: "old" },
    ]);
    const filter = ["--trunk-direction", "outbound", "--trunk-status", "disabled"];
    const { trunks } = JSON.parse(await ask(world, "plivo:index:getTrunks", ...filter));
    expect(trunks).toEqual([expect.objectContaining({ trunkId: "201", trunkStatus: "disabled" })]);
  },
  { simulator: { seed } },
);
