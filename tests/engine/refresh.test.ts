/** `up --refresh` and `destroy --refresh`: the engine compares before it runs the program, or without running it. */
import { expect } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { type Sdk, sdks } from "./support/programs/sdks";
import { testInWorld } from "./support/stack/engine";

const [first, second] = ["14155550100", "14155550101"];
const simulator = { seed: { numbers: [first, second] } };

function attached(sdk: Sdk, numbers: Readonly<Record<string, string>>) {
  return async () => {
    const { uriUuid } = new sdk.OriginationUri("uri", { uri: "sip.example.com" });
    const { trunkId } = new sdk.Trunk("in", { trunkDirection: "inbound", primaryUriUuid: uriUuid });
    for (const [name, number] of Object.entries(numbers)) new sdk.PhoneNumberAttachment(name, { number, trunkId });
  };
}

for (const [adapter, sdk] of Object.entries(sdks)) {
  testInWorld(
    `${adapter}: with --refresh a number is detached when its attachment is removed, moved to another, or destroyed`,
    async ({ stack, simulator: { store }, run }) => {
      const routed = () => [first, second].filter((number) => store.numbers.get(number)?.application !== null);
      run(attached(sdk, { a: first }));
      await stack.up();
      run(attached(sdk, { a: second }));
      await stack.up({ refresh: true });
      expect(routed()).toEqual([second]);
      run(attached(sdk, {}));
      await stack.up({ refresh: true });
      expect(routed()).toEqual([]);
      run(attached(sdk, { a: first, b: second }));
      await stack.up();
      await stack.destroy({ refresh: true });
      expect([routed(), store.trunks.size]).toEqual([[], 0]);
    },
    { simulator },
  );

  testInWorld(
    `${adapter}: a number whose attachment got another name stays attached, also with --refresh`,
    async ({ stack, simulator: { store }, run }) => {
      run(attached(sdk, { a: first }));
      await stack.up();
      run(attached(sdk, { b: first }));
      await stack.up({ refresh: true });
      expect(store.numbers.get(first)?.application).not.toBeNull();
    },
    { simulator },
  );

  testInWorld(
    `${adapter}: a component may have many children without names`,
    async ({ stack, simulator: { store }, run }) => {
      class Site extends pulumi.ComponentResource {
        constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
          super("lines:index:Site", name, {}, opts);
          const { uriUuid } = new sdk.OriginationUri("pbx", { uri: "sip.example.com" }, { parent: this });
          new sdk.Trunk("in", { trunkDirection: "inbound", primaryUriUuid: uriUuid }, { parent: this });
          new sdk.OriginationUri("spare", { uri: "spare.example.com" }, { parent: this });
          this.registerOutputs({});
        }
      }
      run(async () => {
        const berlin = new Site("berlin");
        new Site("annex", { parent: berlin });
      });
      await stack.preview();
      await stack.up();
      expect([store.trunks.size, store.originationUris.size]).toEqual([2, 4]);
      await stack.up({ expectNoChanges: true });
      await stack.destroy();
    },
  );
}
