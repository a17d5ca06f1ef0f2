/**
 * The dynamic adapter around a resource whose methods misbehave, as `pulumi-plivo/provider` would hold it. Bundled by the
 * test into the world's own node_modules, for the dynamic provider host to load.
 */

import { z } from "zod";
import { dynamicProvider } from "../../../../provider/dynamic/adapter";
import { Session } from "../../../../provider/dynamic/session";
import { computedOnCreate, idOutput, output, string } from "../../../../provider/lifecycle/index";
import { Account } from "../../../../provider/resources/index";
import { defineResource } from "../../../../provider/resources/services";

const nothing = undefined as never;

const faulty = defineResource({
  token: "Faulty",
  noun: "faulty thing",
  docs: "",
  describe: "",
  example: "",
  properties: {
    how: string(z.string(), "How its methods misbehave."),
    maybe: output("Never returned."),
    noted: computedOnCreate("Never returned."),
    faultyId: idOutput("Its id."),
  },
  id: "faultyId",
  identity: "assigned",
  list: async () => [],
  async create({ inputs: { how } }) {
    if (how === "throws a string") throw "a string, not an Error";
    if (how === "throws undefined") throw undefined;
    if (how === "returns undefined") return nothing;
    if (how === "records undefined") return { id: how, recorded: { noted: nothing } };
    return { id: how, recorded: { noted: null } };
  },
  async read({ id }) {
    if (id === "read throws null") throw null;
    if (id === "read throws an object") throw { code: 7, message: "an object, not an Error" };
    if (id === "reads undefined") return nothing;
    return { how: id, maybe: nothing };
  },
  update: async () => undefined,
  delete: async () => {},
});

const session = new Session(
  (settings) => new Account({ ...settings, authId: "MAFAULTY", authToken: "none" }),
  () => {},
);

export const provider = dynamicProvider(faulty, session);
