import { expect } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";
import { testInWorld } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";

testInWorld(
  "all mistakes of a resource are reported at once, on its own properties, before any request",
  async (world) => {
    const { stack, simulator, run } = world;
    run(async () => {
      const wrong = { trunkDirection: "sideways", trunkStatus: "on", secure: "yes", ipaclUuid: "a b" };
      new plivo.Trunk("trunk", wrong as unknown as plivo.TrunkArgs);
    });
    const message = await failureOf(stack.preview());
    expect(message).toContain(
      'property trunkDirection value {sideways} has a problem: must be one of "inbound", "outbound"',
    );
    expect(message).toContain('property trunkStatus value {on} has a problem: must be one of "enabled", "disabled"');
    expect(message).toContain("property secure value {yes} has a problem: must be true or false");
    expect(message).toContain("property ipaclUuid value {a b} has a problem: must be an id as Plivo gives it");

    run(async () => void new plivo.IpAccessControlList("acl", { ipAddresses: ["10", "192.0.2.1", "192.0.2.1/32"] }));
    const list = await failureOf(stack.up());
    expect(list).toContain("property ipAddresses[0] value {<nil>} has a problem: must be an IPv4 or IPv6 address");
    expect(list).toMatch(/property ipAddresses\[2\] value .* has a problem: is the same as ipAddresses\[1\]/);
    expect(simulator.requests).toEqual([]);
  },
);

testInWorld("what belongs to the other direction is rejected, also while its value is not known yet", async (world) => {
  const { stack, run } = world;
  run(async () => {
    const { uriUuid } = new plivo.OriginationUri("uri", { uri: "sip.example.com" });
    new plivo.Trunk("trunk", { trunkDirection: "outbound", ipaclUuid: "acl", fallbackUriUuid: uriUuid });
  });
  const known = "an outbound trunk takes no origination URI";
  const up = await failureOf(stack.up());
  expect(up).toContain(known);
  run(async () => void new plivo.Trunk("trunk", { trunkDirection: "inbound" }));
  expect(await failureOf(stack.preview())).toContain("an inbound trunk needs an origination URI to send its calls to");
});

testInWorld("an argument that does not exist is rejected, and its value is not shown", async (world) => {
  const { stack, run } = world;
  const typo = { uri: "sip.example.com", usrename: "pbxlondon", passwrod: "s3cret_s3cret!" };
  run(async () => void new plivo.OriginationUri("uri", typo));
  const message = await failureOf(stack.preview());
  expect(message).toContain('OriginationUri has no argument "usrename"; it takes name, uri, authenticationNeeded');
  expect(message).toContain('OriginationUri has no argument "passwrod"');
  expect(message).not.toContain("pbxlondon");
  expect(message).not.toContain("s3cret");
});

/** A password that is too long, and has no sign, given in every way. */
const unfit = "wr0ngwr0ngwr0ngwr0ngwr0ng";
const ways: Record<string, () => pulumi.Input<string>> = {
  "plain string": () => unfit,
  secret: () => pulumi.secret(unfit),
  "output of a secret": () => pulumi.secret("wr0ng").apply((part) => part.repeat(5)),
};

testInWorld("a password that is rejected shows the rule and never the password, in preview and up", async (world) => {
  const { stack, run, simulator } = world;
  for (const way of Object.values(ways)) {
    run(async () => void new plivo.Credential("pbx", { username: "pbx", password: way() }));
    for (const operation of [() => stack.preview(), () => stack.up({ diff: true })]) {
      const message = await failureOf(operation());
      expect(message).toContain("property password.value value {<nil>} has a problem: must be 5-20 characters");
      expect(message).toContain("property username value {pbx} has a problem: must be 5-20 characters");
      expect(message).not.toContain("wr0ng");
    }
  }
  expect(simulator.requests).toEqual([]);
});

testInWorld("a value that the program marks as secret is not shown either", async (world) => {
  const { stack, run } = world;
  const username = pulumi.secret("b@d");
  run(async () => void new plivo.Credential("pbx", { username, password: "s3cret_s3cret!" }));
  const message = await failureOf(stack.preview());
  expect(message).toContain("must be 5-20 characters");
  expect(message).not.toContain("b@d");
});

testInWorld("ranges wider than /8 are warned of on the resource, and allowed", async (world) => {
  const { stack, run } = world;
  run(async () => void new plivo.IpAccessControlList("acl", { ipAddresses: ["0.0.0.0/0", "192.0.2.0/24"] }));
  const { stdout } = await stack.up({ color: "never" });
  expect(stdout).toMatch(/IpAccessControlList \(acl\):\s+warning: ipAddresses\[0\] is wider than \/8/);
  expect(stdout).not.toContain("ipAddresses[1] is wider");
  expect(world.simulator.store.ipAccessControlLists.size).toBe(1);
});
