import { stripVTControlCharacters } from "node:util";
import { expect } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo/plugin";
import { testInWorld, type World } from "../support/stack/engine";
import { created, elementAdded, fieldChanged, replaced, secretChanged } from "./preview-goldens";

interface Fleet {
  readonly addresses: string[];
  readonly secure: boolean;
  readonly direction: plivo.TrunkDirection;
  readonly password: string;
}

const base: Fleet = { addresses: ["192.0.2.1"], secure: false, direction: "outbound", password: "s3cret_s3cret!" };

function fleet(change: Partial<Fleet> = {}): pulumi.automation.PulumiFn {
  const { addresses, secure, direction, password } = { ...base, ...change };
  return async () => {
    const credential = new plivo.Credential("pbx", { username: "pbxlondon", password: pulumi.secret(password) });
    // One after the other, so that they are printed in this order.
    const after = (dependsOn: pulumi.Resource) => ({ dependsOn });
    const list = new plivo.IpAccessControlList(
      "offices",
      { name: "offices", ipAddresses: addresses },
      after(credential),
    );
    const uri = new plivo.OriginationUri("uri", { name: "pbx", uri: "sip.example.com" }, after(list));
    const outbound = { credentialUuid: credential.credentialUuid, ipaclUuid: list.ipaclUuid };
    const references = direction === "outbound" ? outbound : { primaryUriUuid: uri.uriUuid };
    const args = { name: "eu", trunkDirection: direction, secure, ...references };
    const trunk = new plivo.Trunk("eu", args, after(uri));
    return { domain: trunk.trunkDomain };
  };
}

/** What a user sees, without what differs from run to run. */
async function previewOf({ stack }: World): Promise<string[]> {
  const { stdout } = await stack.preview({ diff: true, color: "never" });
  return linesOf(
    stripVTControlCharacters(stdout)
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>")
      .replace(/-[0-9a-f]{7}\b/g, "-<hex>")
      .replace(/\b\d{14,}\b/g, "<id>")
      .replace(/\[provider=.*\]/g, "[provider]"),
  );
}

function linesOf(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "");
}

const changes: readonly { change: Partial<Fleet>; golden: string }[] = [
  { change: { secure: true }, golden: fieldChanged },
  { change: { addresses: ["192.0.2.1", "192.0.2.2"] }, golden: elementAdded },
  { change: { direction: "inbound" }, golden: replaced },
  { change: { password: "0ther_0ther!" }, golden: secretChanged },
];

testInWorld(
  "`preview --diff` shows what will be known and exactly what changes: create, field, list element, replacement, secret",
  async (world) => {
    const { stack, run, simulator } = world;
    run(fleet());
    expect(await previewOf(world)).toEqual(linesOf(created));
    await stack.up();
    simulator.clearRequests();
    for (const { change, golden } of changes) {
      run(fleet(change));
      expect(await previewOf(world)).toEqual(linesOf(golden));
    }
    expect(simulator.requests).toEqual([]);
    run(fleet());
    await stack.preview({ expectNoChanges: true });
  },
);
