import { expect } from "@jest/globals";
import { type Sdk, sdks } from "./support/programs/sdks";
import { testInWorld } from "./support/stack/engine";
import { bodiesOf } from "./support/stack/requests";
import { changesOf } from "./support/stack/steps";

/** An inbound trunk under a name of its own; what happens to its status is left to operators. */
const program =
  ({ OriginationUri, Trunk }: Sdk, name: string) =>
  async () => {
    const { uriUuid } = new OriginationUri("uri", { uri: "sip.example.com" });
    const args = { name, trunkDirection: "inbound" as const, primaryUriUuid: uriUuid };
    new Trunk("main", args, { ignoreChanges: ["trunkStatus"] });
  };

for (const [adapter, sdk] of Object.entries(sdks)) {
  testInWorld(
    `${adapter}: an update that renames a trunk sends name and direction only, and a trunk that was stopped stays stopped`,
    async ({ stack, simulator, run }) => {
      run(program(sdk, "support"));
      await stack.up();
      const trunk = [...simulator.store.trunks.values()][0];
      simulator.store.edit("trunks", trunk?.trunk_id ?? "", { trunk_status: "disabled" });
      simulator.clearRequests();

      run(program(sdk, "sales"));
      expect(await changesOf((listening) => stack.up(listening))).toEqual({ main: "update name" });
      expect(bodiesOf(simulator, "POST")).toEqual([{ name: "sales", trunk_direction: "inbound" }]);
      await stack.up({ expectNoChanges: true });
      await stack.refresh();
      await stack.up({ expectNoChanges: true });
      expect(simulator.store.trunks.get(trunk?.trunk_id ?? "")).toMatchObject({
        name: "sales",
        trunk_status: "disabled",
      });
    },
  );
}
