import { beforeEach, expect, jest, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import * as plivo from "pulumi-plivo";

let refuse = false;

/** What the program warned of: `name: ipAddresses[0] is wider than /8`. */
async function warningsOf(program: () => pulumi.Resource | undefined): Promise<readonly string[]> {
  const lines: string[] = [];
  const warn = jest.spyOn(pulumi.log, "warn").mockImplementation(async (text, resource) => {
    lines.push(`${Reflect.get(resource ?? {}, "__name") ?? "no resource"}: ${text.replace(/[:,].*/, "")}`);
  });
  const resource = program();
  if (!refuse && resource) await new Promise((resolve) => resource.urn.apply(resolve));
  // Outputs of outputs take some turns.
  await new Promise((resolve) => setTimeout(resolve, 50));
  warn.mockRestore();
  return lines;
}

beforeEach(async () => {
  refuse = false;
  await pulumi.runtime.setMocks(
    {
      newResource: ({ name, inputs }) => (refuse ? new Promise(() => undefined) : { id: name, state: inputs }),
      call: ({ inputs }) => inputs,
    },
    "lines",
    "dev",
    false,
  );
});

const wide = "is wider than /8";

test("plain values are warned of on their resource, each once", async () => {
  const ipAddresses = ["0.0.0.0/0", "203.0.113.1", "::/0"];
  const found = await warningsOf(() => new plivo.IpAccessControlList("all", { ipAddresses }));
  expect(found).toEqual([`all: ipAddresses[0] ${wide}`, `all: ipAddresses[2] ${wide}`]);
});

test("outputs and promises, in whole or in part, are warned of when they are known", async () => {
  const list = pulumi.output(["0.0.0.0/0"]);
  expect(await warningsOf(() => new plivo.IpAccessControlList("all", { ipAddresses: list }))).toEqual([
    `all: ipAddresses[0] ${wide}`,
  ]);
  const never = new Promise<string>(() => undefined);
  const ipAddresses = [never, pulumi.secret("::/0"), "10.0.0.0/7", Promise.resolve("0.0.0.0/0")];
  const found = await warningsOf(() => new plivo.IpAccessControlList("all", { ipAddresses }) && undefined);
  // The registration waits for all of them, and with it the warnings.
  expect(found).toEqual([]);
});

test("a rule that uses two values waits for both", async () => {
  const args = { uri: "sip.example.com", username: pulumi.output("pbx"), authenticationNeeded: pulumi.output(false) };
  expect(await warningsOf(() => new plivo.OriginationUri("pbx", args))).toEqual(["pbx: username is not sent"]);
  const needed = { ...args, authenticationNeeded: true, password: pulumi.secret("hush") };
  expect(await warningsOf(() => new plivo.OriginationUri("pbx", needed))).toEqual([]);
});

test("a password is warned of and not shown", async () => {
  const args = { username: "sip_user_1", password: pulumi.secret("hush hush") };
  const found = await warningsOf(() => new plivo.Credential("pbx", args));
  expect(found).toHaveLength(3);
  expect(found.join()).not.toContain("hush");
});

test("nothing is logged on a resource that is refused: Pulumi's log would wait for it, and hold back every later line", async () => {
  refuse = true;
  expect(await warningsOf(() => new plivo.IpAccessControlList("all", { ipAddresses: ["::/0"] }))).toEqual([]);
});

test("get reads, and warns of nothing", async () => {
  expect(await warningsOf(() => plivo.OriginationUri.get("pbx", "uri-1"))).toEqual([]);
});
