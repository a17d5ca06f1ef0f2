import { string } from "../lifecycle/index";
import { plivoId } from "../resources/formats";
import { defineFunction } from "./define-function";
import { trunkRow } from "./rows";

/** Looks up one trunk. An id that does not exist is an error. */
export const getTrunk = defineFunction({
  token: "getTrunk",
  docs: "https://www.plivo.com/docs/sip-trunking/api/trunks",
  describe: "Returns a trunk by its id. Fails when there is no such trunk.",
  example: `const trunk = await plivo.getTrunk({ trunkId: "23585512345678" });`,
  properties: { trunkId: string(plivoId, "Id of the trunk.") },
  result: { one: trunkRow },
  run: ({ plivo, inputs }) => plivo.trunks.get(inputs.trunkId),
});
