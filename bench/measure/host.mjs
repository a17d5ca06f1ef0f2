/** A provider's process without an engine: started, asked over gRPC, and ended. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import wire from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { memoryOf, watch } from "./processes.mjs";

/** No engine is there: a provider asks its engine only when there is something to say. */
const NO_ENGINE = "127.0.0.1:1";
const START_MS = 30_000;
const URN = "urn:pulumi:dev::bench::";

/** @typedef {Record<string, any>} Values */
/** @typedef {Awaited<ReturnType<typeof startHost>>} Host */

/** @param {string} command @param {string[]} args @param {{ cwd: string, env: NodeJS.ProcessEnv }} place */
export async function startHost(command, args, place) {
  const start = performance.now();
  const child = spawn(command, [...args, NO_ENGINE], {
    ...place,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  const pid = child.pid ?? 0;
  const watching = watch(pid);
  const stop = async () => {
    watching.stop();
    const ended = child.exitCode === null ? once(child, "close") : undefined;
    watching.killAll();
    await ended;
  };
  try {
    const [chunk] = await once(child.stdout, "data", { signal: AbortSignal.timeout(START_MS) });
    const portMs = performance.now() - start;
    const port = Number(String(chunk).trim());
    const peakMb = () => Math.max(memoryOf(pid, "VmHWM") ?? 0, watching.takeUsage().providerMb);
    return { pid, start, portMs, port, stop, peakMb };
  } catch (error) {
    await stop();
    throw new Error(`${command} does not start`, { cause: error });
  }
}

/** @param {number} port */
export function connect(port) {
  const options = { "grpc.max_receive_message_length": 1 << 28 };
  const client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
  /** @param {string} method @param {unknown} request @returns {Promise<any>} */
  const ask = (method, request) => promisify(Reflect.get(client, method)).call(client, request);
  return {
    close: () => client.close(),
    info: () => ask("getPluginInfo", new empty.Empty()),
    /** @param {Values} args */
    configure: (args) => {
      const request = new wire.ConfigureRequest().setArgs(toStruct(args));
      for (const [key, value] of Object.entries(args)) request.getVariablesMap().set(`plivo:config:${key}`, value);
      return ask("configure", request);
    },
    /** @param {string} type @param {Values} news @returns {Promise<Values>} */
    check: async (type, news) => {
      const request = new wire.CheckRequest().setUrn(`${URN}${type}::${news.name}`).setType(type).setName(news.name);
      return (await ask("check", request.setNews(toStruct(news)).setOlds(toStruct({})))).getInputs().toJavaScript();
    },
    /** @param {string} type @param {Values} inputs @returns {Promise<{ id: string, outputs: Values }>} */
    create: async (type, inputs) => {
      const request = new wire.CreateRequest()
        .setUrn(`${URN}${type}::${inputs.name}`)
        .setType(type)
        .setName(inputs.name);
      const answer = await ask("create", request.setProperties(toStruct(inputs)));
      return { id: answer.getId(), outputs: answer.getProperties().toJavaScript() };
    },
    /** @param {string} type @param {string} id @param {Values} inputs @param {Values} outputs */
    read: async (type, id, inputs, outputs) => {
      const request = new wire.ReadRequest().setUrn(`${URN}${type}::${inputs.name}`).setType(type).setName(inputs.name);
      const answer = await ask("read", request.setId(id).setInputs(toStruct(inputs)).setProperties(toStruct(outputs)));
      if (answer.getId() !== id) throw new Error(`read of ${id} answers "${answer.getId()}"`);
    },
  };
}

/** @param {Values} values */
function toStruct(values) {
  return struct.Struct.fromJavaScript(values);
}

/** @template T @param {number} atOnce @param {readonly T[]} list @param {(item: T) => Promise<unknown>} work */
export async function inParallel(atOnce, list, work) {
  const rest = list[Symbol.iterator]();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
