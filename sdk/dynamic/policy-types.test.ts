/** Typed policies decide by the class alone which resources they are about; `@pulumi/policy` itself decides here. */
import { expect, test } from "@jest/globals";
import {
  type ResourceValidationPolicy,
  remediateResourceOfType,
  type StackValidationPolicy,
  validateRemediateResourceOfType,
  validateResourceOfType,
  validateStackResourcesOfType,
} from "@pulumi/policy";
import * as policyServer from "@pulumi/policy/server";
import * as pulumi from "@pulumi/pulumi";
import * as wire from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as plivo from "pulumi-plivo";

const classes = {
  Trunk: plivo.Trunk,
  Credential: plivo.Credential,
  IpAccessControlList: plivo.IpAccessControlList,
  OriginationUri: plivo.OriginationUri,
  PhoneNumberAttachment: plivo.PhoneNumberAttachment,
};
type ClassName = keyof typeof classes;
const names = Object.keys(classes) as ClassName[];

function typeOf(name: ClassName): string {
  return `pulumi-nodejs:dynamic/plivo:${name}`;
}

type Response = wire.AnalyzeResponse | wire.RemediateResponse;
type Rpc<Request> = (call: { request: Request }, callback: (error: unknown, response: Response) => void) => unknown;
type RpcOf<Request> = (pack: string, version: string, level: string, policies: readonly object[]) => Rpc<Request>;

/** What a policy pack serves the engine; not in the declarations. */
const { makeAnalyzeRpcFun, makeRemediateRpcFun, makeAnalyzeStackRpcFun } = policyServer as unknown as {
  readonly makeAnalyzeRpcFun: RpcOf<wire.AnalyzeRequest>;
  readonly makeRemediateRpcFun: RpcOf<wire.AnalyzeRequest>;
  readonly makeAnalyzeStackRpcFun: RpcOf<wire.AnalyzeStackRequest>;
};

function ask<Request>(rpc: Rpc<Request>, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    rpc({ request }, (error, response) => (error ? reject(error) : resolve(response)));
  });
}

function described<Request extends wire.AnalyzeRequest | wire.AnalyzerResource>(
  request: Request,
  type: string,
): Request {
  request.setType(type);
  request.setName("one");
  request.setProperties(Struct.fromJavaScript({ name: "one" }));
  request.setOptions(new wire.AnalyzerResourceOptions());
  return request;
}

type Policy = Partial<ResourceValidationPolicy> & Partial<StackValidationPolicy>;

/** The classes of this package for whose resources the policy does anything. */
async function classesOf(policy: Policy): Promise<string[]> {
  const pack = ["pack", "1.0.0", "remediate", [{ name: "one", description: "one", ...policy }]] as const;
  const found: string[] = [];
  for (const name of names) {
    seen.clear();
    await ask(makeAnalyzeRpcFun(...pack), described(new wire.AnalyzeRequest(), typeOf(name)));
    await ask(makeRemediateRpcFun(...pack), described(new wire.AnalyzeRequest(), typeOf(name)));
    const stack = new wire.AnalyzeStackRequest();
    stack.setResourcesList([described(new wire.AnalyzerResource(), typeOf(name))]);
    await ask(makeAnalyzeStackRpcFun(...pack), stack);
    if (seen.size > 0) found.push(name);
  }
  return found;
}

const seen = new Set<string>();
const note = () => void seen.add("it");

/** They differ in their arguments, which these policies do not use. */
const classOf = (name: ClassName) => classes[name] as typeof plivo.Trunk;

const policies: Readonly<Record<string, (name: ClassName) => Policy>> = {
  validateResourceOfType: (name) => ({ validateResource: validateResourceOfType(classOf(name), note) }),
  remediateResourceOfType: (name) => ({ remediateResource: remediateResourceOfType(classOf(name), note) }),
  validateRemediateResourceOfType: (name) => validateRemediateResourceOfType(classOf(name), note),
  validateStackResourcesOfType: (name) => ({ validateStack: validateStackResourcesOfType(classOf(name), note) }),
  "asType of a resource": (name) => ({ validateResource: (args) => void (args.asType(classOf(name)) && note()) }),
  "isType of a resource": (name) => ({ validateResource: (args) => void (args.isType(classOf(name)) && note()) }),
  "asType in a stack": (name) => ({
    validateStack: ({ resources }) => void (resources.some((one) => one.asType(classOf(name))) && note()),
  }),
};

test.each(Object.entries(policies))(
  "a policy by %s runs for the resources of the class and for no others",
  async (_, policyOf) => {
    for (const name of names) expect(await classesOf(policyOf(name))).toEqual([name]);
  },
);

test.each(names)("%s says its type, for transforms that compare it with that of a resource", (name) => {
  expect(classes[name].__pulumiType).toBe(typeOf(name));
});

test("isInstance decides by the type, also of what is no object of the class, as in the SDKs that Pulumi generates", () => {
  const verdicts = (value: unknown) => names.filter((name) => classes[name].isInstance(value));
  for (const name of names) expect(verdicts({ __pulumiType: typeOf(name) })).toEqual([name]);
  for (const none of [undefined, null, "", typeOf("Trunk"), 1, {}, { __pulumiType: "plivo:index:Trunk" }])
    expect(verdicts(none)).toEqual([]);
});

test("isInstance holds with mocks, and tells a component of the program from a trunk", async () => {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs }),
    call: ({ inputs }) => inputs,
  };
  await pulumi.runtime.setMocks(mocks, "lines", "dev");
  const list = new plivo.IpAccessControlList("office", { ipAddresses: ["203.0.113.1"] });
  expect(plivo.IpAccessControlList.isInstance(list)).toBe(true);
  expect(plivo.Trunk.isInstance(list)).toBe(false);
  expect(plivo.Trunk.isInstance(new pulumi.ComponentResource("lines:index:Site", "site"))).toBe(false);
});
