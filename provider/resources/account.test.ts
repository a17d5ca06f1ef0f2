import { expect, test } from "@jest/globals";
import { create, type Resource, read, remove, update } from "../lifecycle/index";
import { Account, resources } from "./index";
import type { Services } from "./services";

const inputs = {
  number: "14155550100",
  numbers: ["14155550100"],
  trunkId: "1",
  name: "eu",
  username: "pbxlondon",
  password: "Secret!1",
  trunkDirection: "inbound",
  ipAddresses: ["203.0.113.1"],
  uri: "sip.example.com",
};
const operations = {
  creating: (resource: Resource<Services>) => create(resource, inputs, context()),
  reading: (resource: Resource<Services>) => read(resource, "14155550100", inputs, context()),
  updating: (resource: Resource<Services>) => update(resource, { id: "1", olds: {}, news: inputs }, context()),
  deleting: (resource: Resource<Services>) => remove(resource, "14155550100", inputs, context()),
};

const context = () => new Account({}).context({ log: () => undefined });

const cases = Object.values(resources).flatMap((resource) =>
  Object.entries(operations).map(([doing, run]) => ({ doing, run, resource, token: resource.token })),
);

test.each(cases)("without credentials $doing a $token says what it was doing, and what to set", async (row) => {
  const refused = row.run(row.resource);
  await expect(refused).rejects.toThrow(
    new RegExp(`^${row.doing} ${row.resource.noun} .*: Plivo's Auth ID is not con`),
  );
  await expect(refused).rejects.toThrow("run `pulumi config set plivo:authId <value>` or set PLIVO_AUTH_ID");
});
