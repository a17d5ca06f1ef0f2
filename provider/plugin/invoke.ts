/** Functions and listings on the wire. */
import { status } from "@grpc/grpc-js";
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { functions, invoke } from "../functions/index";
import { listingOf } from "../functions/listings";
import { containsUnknown } from "../lifecycle/index";
import { resources } from "../resources/index";
import { RequestError } from "./errors";
import type { Session } from "./session";
import { fromWire, toWire } from "./values";

/** `plivo:index:getTrunks` -> `getTrunks`, if the provider has it. */
export function tokenIn<Token extends string>(
  table: Readonly<Record<Token, unknown>>,
  kind: "function" | "resource",
  asked: string,
): Token {
  const name = asked.replace(/^plivo:index:/, "");
  if (Object.hasOwn(table, name)) return name as Token;
  const known = Object.keys(table).join(", ");
  throw new RequestError(`the plivo provider has no ${kind} "${asked}"; it has ${known}`, status.NOT_FOUND);
}

/** Failures are returned as errors: the engine swallows the failures of an invoke and prints an empty result. */
export async function invokeFunction(session: Session, request: wire.InvokeRequest): Promise<wire.InvokeResponse> {
  const { values } = fromWire(request.getArgs());
  const definition = functions[tokenIn(functions, "function", request.getTok())];
  const [open] = Object.entries(values).find(([, value]) => containsUnknown(value)) ?? [];
  // The engine waits until everything is known; who does not has made a mistake.
  if (open !== undefined) throw new RequestError(`${definition.token}: ${open} is not known yet`);
  const result = await invoke(definition, values, () => session.context().services);
  return new wire.InvokeResponse().setReturn(toWire({ ...result }));
}

/** Every object of a resource, in one response: our listing reads all pages anyway. */
export async function listResources(
  session: Session,
  request: wire.ListRequest,
): Promise<readonly wire.ListResponse[]> {
  const { by, id, name, onlyWith } = listingOf(tokenIn(resources, "resource", request.getToken()));
  const { values } = fromWire(request.getQuery());
  if (Object.values(values).some(containsUnknown))
    return [new wire.ListResponse().setComputed(new wire.ListResponse.Computed())];
  const found: Record<string, unknown> = { ...(await invoke(functions[by], values, () => session.context().services)) };
  const { result } = functions[by];
  const rows = "key" in result ? found[result.key] : undefined;
  if (!Array.isArray(rows)) throw new Error(`${by} returns no list`);
  const wanted = rows.filter((row: Record<string, unknown>) => onlyWith === undefined || row[onlyWith] !== null);
  // A trunk has a row for each of its numbers.
  const objects = new Map(wanted.map((row: Record<string, unknown>) => [String(row[id]), String(row[name])]));
  const limit = request.getLimit() > 0 ? request.getLimit() : objects.size;
  return [...objects].slice(0, limit).map(([objectId, objectName]) => {
    return new wire.ListResponse().setResult(new wire.ListResponse.Result().setId(objectId).setName(objectName));
  });
}
