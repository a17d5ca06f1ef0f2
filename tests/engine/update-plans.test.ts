/** `pulumi preview --save-plan` and `pulumi up --plan`: what a preview promised, an `up` of another process does. */
import { join } from "node:path";
import { expect } from "@jest/globals";
import type { UpResult } from "@pulumi/pulumi/automation";
import { type Sdk, sdks } from "./support/programs/sdks";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { idOf, resourceOf } from "./support/stack/fleet";

const adapters = [
  { adapter: "dynamic", sdk: sdks.dynamic },
  { adapter: "plugin", sdk: sdks.plugin },
];

/** Nothing has a name of the program's. */
function program(
  { OriginationUri, Credential, IpAccessControlList, Trunk }: Sdk,
  secure: boolean,
  more: string[] = [],
) {
  return async () => {
    const { uriUuid } = new OriginationUri("primary", { uri: "sip.example.com" });
    const { credentialUuid } = new Credential("pbx", { username: "pbxlondon", password: "s3cret_s3cret!" });
    const lists = ["offices", ...more].map((name) => new IpAccessControlList(name, { ipAddresses: ["192.0.2.1"] }));
    const inbound = new Trunk("inbound", { trunkDirection: "inbound", primaryUriUuid: uriUuid, secure });
    const outbound = new Trunk("outbound", { trunkDirection: "outbound", credentialUuid });
    return { names: [...lists, inbound, outbound].map(({ name }) => name) };
  };
}

async function apply({ stack, folder }: World): Promise<UpResult> {
  const plan = join(folder, "plan.json");
  await stack.preview({ plan });
  return stack.up({ plan });
}

for (const { adapter, sdk } of adapters) {
  testInWorld(`${adapter}: an update plan of new objects without a name can be applied`, async (world) => {
    const { stack, run, simulator } = world;
    run(program(sdk, false));
    const { outputs, summary } = await apply(world);
    expect(summary.resourceChanges?.create).toBe(6);
    expect(outputs.names?.value).toEqual(
      ["offices", "inbound", "outbound"].map((name) => expect.stringMatching(new RegExp(`^${name}-[0-9a-f]{7}$`))),
    );
    await stack.preview({ expectNoChanges: true });

    // The names that the objects have stay, and a new one beside them gets its own.
    const before = idOf(world, "inbound");
    run(program(sdk, true, ["homes"]));
    expect((await apply(world)).summary.resourceChanges).toMatchObject({ create: 1, update: 1 });
    expect(idOf(world, "inbound")).toBe(before);
    expect(simulator.store.trunks.get(before)).toMatchObject({ secure: true });
    await stack.preview({ expectNoChanges: true });
  });

  testInWorld(`${adapter}: an update plan of a replacement without a name can be applied`, async (world) => {
    const { stack, run } = world;
    const { IpAccessControlList } = sdk;
    const list = (address: string) => async () => {
      new IpAccessControlList("offices", { ipAddresses: [address] }, { replaceOnChanges: ["ipAddresses"] });
    };
    run(list("192.0.2.1"));
    await stack.up();
    const { id, outputs } = resourceOf(world, "offices");
    run(list("192.0.2.2"));
    await apply(world);
    const after = resourceOf(world, "offices");
    expect(after.id).not.toBe(id);
    expect(after.outputs?.name).not.toBe(outputs?.name);
    await stack.preview({ expectNoChanges: true });
  });

  testInWorld(`${adapter}: an update plan refuses what its preview did not show`, async (world) => {
    const { stack, run, folder, simulator } = world;
    const plan = join(folder, "plan.json");
    run(program(sdk, false));
    await stack.preview({ plan });
    run(program(sdk, false, ["homes"]));
    expect(await failureOf(stack.up({ plan }))).toMatch(/create is not allowed by the plan/);
    expect([...simulator.store.ipAccessControlLists.values()].filter(({ name }) => name.startsWith("homes"))).toEqual(
      [],
    );
  });
}
