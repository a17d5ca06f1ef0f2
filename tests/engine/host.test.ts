/** What the dynamic provider host does not survive must never reach it: it would hang the engine, or lose an object. */
import { join } from "node:path";
import { expect } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { buildSync } from "esbuild";
import { testInWorld, type World } from "./support/stack/engine";
import { failureOf } from "./support/stack/failure";
import { resourceOf } from "./support/stack/fleet";

class Faulty extends pulumi.CustomResource {
  constructor(name: string, how: string | undefined, opts?: pulumi.CustomResourceOptions) {
    const __provider = 'exports.handler=()=>require("faulty-provider").provider;';
    super("pulumi-nodejs:dynamic/plivo:Faulty", name, { how, maybe: undefined, noted: undefined, __provider }, opts);
  }
}

function installFaultyProvider({ folder }: World): void {
  buildSync({
    entryPoints: [require.resolve("./support/processes/faulty-provider")],
    outfile: join(folder, "node_modules/faulty-provider/index.js"),
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["@pulumi/pulumi"],
  });
}

/** How a method misbehaves, and what the user is told. */
const creates: Record<string, string> = {
  "throws a string": "creating faulty thing: a string, not an Error",
  "throws undefined": "creating faulty thing: ",
  "returns undefined": "error: ",
};

const readBacks: Record<string, string> = {
  "read throws null": "reading it back: ",
  "read throws an object": "reading it back: ",
  "reads undefined": "error",
};

testInWorld("whatever a method throws or does not return, the operation ends, and no object is lost", async (world) => {
  installFaultyProvider(world);
  const { stack, run } = world;
  for (const [how, says] of Object.entries(creates)) {
    run(async () => void new Faulty("it", how));
    expect(await failureOf(stack.up())).toContain(says);
  }
  for (const [how, says] of Object.entries(readBacks)) {
    run(async () => void new Faulty(how, how));
    expect(await failureOf(stack.up())).toContain(says);
    expect(resourceOf(world, how)).toMatchObject({
      id: how,
      outputs: { how, maybe: null, __provider: expect.anything() },
    });
  }
});

testInWorld("an output that is not returned is null, and stays unchanged", async (world) => {
  installFaultyProvider(world);
  const { stack, run } = world;
  run(async () => {
    new Faulty("it", "works");
    new Faulty("other", "records undefined");
  });
  await stack.up();
  const nulls = { maybe: null, noted: null };
  expect(resourceOf(world, "it")).toMatchObject({ id: "works", outputs: nulls });
  expect(resourceOf(world, "other")).toMatchObject({ id: "records undefined", outputs: nulls });
  await stack.preview({ expectNoChanges: true });
  await stack.refresh({ expectNoChanges: true });
});

testInWorld("a refresh in which a read throws a non-Error ends, and keeps the object", async (world) => {
  installFaultyProvider(world);
  const { stack, run } = world;
  run(async () => void new Faulty("it", undefined, { id: "read throws null" }));
  expect(await failureOf(stack.up())).toContain("reading faulty thing read throws null: ");
});
