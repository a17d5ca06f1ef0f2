import { randomUUID } from "node:crypto";
import type { Store } from "../account/store";
import type { Behaviour } from "../behaviour";
import { recordInternalError, type SimulatorAccount, type SimulatorContext } from "../context";
import { ApiError, INTERNAL_ERROR_STATUS, SetUpError } from "../errors";
import type { FaultModifier } from "../faults";
import { resourceRoutes } from "../routes";
import type { Method, ResourceRoute, RouteResponse } from "../routes/resource-route";
import { type ApiRequest, basicCredentials } from "./api-request";
import type { RequestLogEntry } from "./request-log";
import { type HttpResponse, jsonResponse, planResponse, type ResponsePlan } from "./response-writer";

/** Plans the response to every request, without touching a socket. */
export class Api {
  constructor(private readonly context: SimulatorContext) {}

  /** Authorization, then faults, then the route. The request acts here; latency only delays the response. */
  decide(request: ApiRequest): { plan: ResponsePlan; delayMs: number } {
    const { faults, latencyMs } = this.context;
    const error = (status: number, message: string, headers?: Record<string, string>) =>
      this.#errorResponse(new ApiError(status, message, headers));
    let account: SimulatorAccount;
    try {
      account = this.#authorize(request);
    } catch (thrown) {
      return { plan: { how: "whole", response: this.#failureResponse(thrown, request.entry) }, delayMs: latencyMs };
    }
    const { terminal, modifiers } = faults.plan(request.entry);
    if (terminal !== undefined) request.entry.fault = terminal.kind;
    const act = () => this.#act(request, account, modifiers);
    const plan = planResponse(terminal, { request: request.entry, act, error });
    const delays = modifiers.map((fault) => (fault.kind === "delay" ? fault.ms : 0));
    return { plan, delayMs: delays.reduce((sum, ms) => sum + ms, latencyMs) };
  }

  /** Checks the origin, the credentials and the rate limit. */
  #authorize({ entry, authorization, originProblem }: ApiRequest): SimulatorAccount {
    if (originProblem !== undefined) throw new SetUpError(403, originProblem);
    if (entry.authId === "") throw notServed(entry, this.context.behaviour);
    const account = this.context.accounts.get(entry.authId);
    const [user, token] = basicCredentials(authorization);
    if (account === undefined || user !== account.authId || token !== account.authToken) {
      const challenge = { "www-authenticate": 'Basic realm="simulator"' };
      throw new ApiError(401, "Could not verify your access level for that URL.", challenge);
    }
    const waitMs = account.rateLimit?.take(this.context.clock.now()) ?? 0;
    if (waitMs > 0) throw new ApiError(429, "rate limit exceeded", this.#retryAfter(waitMs));
    return account;
  }

  #retryAfter(waitMs: number): Record<string, string> {
    const { behaviour, clock } = this.context;
    if (behaviour.retryAfter === "none") return {};
    if (behaviour.retryAfter === "seconds") return { "retry-after": String(Math.ceil(waitMs / 1000)) };
    // HTTP dates have no fractions: rounded up, so that a client that obeys it is not rejected again.
    const at = Math.ceil((clock.now() + waitMs) / 1000) * 1000;
    return { "retry-after": new Date(at).toUTCString() };
  }

  #act(request: ApiRequest, { store }: SimulatorAccount, modifiers: readonly FaultModifier[]): HttpResponse {
    for (const fault of modifiers) if (fault.kind === "meanwhile" && fault.when === "before") fault.change(store);
    let response: HttpResponse;
    try {
      const routeResponse = perform(request, store, this.context.behaviour);
      if (routeResponse.created !== undefined) this.#hideNew(routeResponse.created, store, modifiers);
      response =
        routeResponse.body === undefined
          ? { status: routeResponse.status, headers: { ...routeResponse.headers } }
          : jsonResponse(routeResponse.status, { api_id: randomUUID(), ...routeResponse.body }, routeResponse.headers);
    } catch (thrown) {
      response = this.#failureResponse(thrown, request.entry);
    }
    for (const fault of modifiers) if (fault.kind === "meanwhile" && fault.when !== "before") fault.change(store);
    return response;
  }

  #hideNew(created: NonNullable<RouteResponse["created"]>, store: Store, modifiers: readonly FaultModifier[]): void {
    const delays = modifiers.filter((fault) => fault.kind === "hide-new");
    const ms = this.context.behaviour.visibilityDelayMs;
    if (ms > 0) delays.unshift({ kind: "hide-new", ms });
    for (const delay of delays) store.hide(created.kind, created.id, delay);
  }

  #failureResponse(thrown: unknown, entry: RequestLogEntry): HttpResponse {
    if (thrown instanceof ApiError) return this.#errorResponse(thrown);
    const bug = recordInternalError(this.context, thrown, `${entry.method} ${entry.path}`);
    return jsonResponse(INTERNAL_ERROR_STATUS, { api_id: randomUUID(), error: bug.message });
  }

  #errorResponse(error: ApiError): HttpResponse {
    const { status, message, headers } = error;
    const api_id = randomUUID();
    const { errorShape } = this.context.behaviour;
    if (errorShape === "string" || error instanceof SetUpError)
      return jsonResponse(status, { api_id, error: message }, headers);
    return jsonResponse(status, errorShape === "object" ? { api_id, error: { message } } : { api_id }, { ...headers });
  }
}

/** Finds the route and takes it. */
function perform({ entry, query, body }: ApiRequest, store: Store, behaviour: Behaviour): RouteResponse {
  const resource = Object.values(resourceRoutes).find(({ collection }) => entry.path.startsWith(collection));
  const rest = resource === undefined ? "" : entry.path.slice(resource.collection.length);
  if (resource === undefined || !/^([^/]+\/)?$/.test(rest)) throw notServed(entry, behaviour);
  if ("problem" in body) throw body.problem;
  const collectionPath = `v1/Account/${entry.authId}/${resource.collection}`;
  const routeRequest = { store, behaviour, query, body: body.json, collectionPath };
  const method = entry.method as Method;
  if (rest === "") {
    const route = resource.onCollection[method];
    return route?.(routeRequest) ?? rejectMethod(resource.onCollection);
  }
  const route = resource.onObject[method];
  return route?.(routeRequest, decodeId(rest.slice(0, -1))) ?? rejectMethod(resource.onObject);
}

function rejectMethod(routes: ResourceRoute["onCollection"] | ResourceRoute["onObject"]): never {
  const allowed = Object.keys(routes).join(", ");
  throw new ApiError(405, `method not allowed; allowed: ${allowed}`, { allow: allowed });
}

function decodeId(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new ApiError(400, `"${encoded}" is not a valid id`);
  }
}

function notServed({ method, path }: RequestLogEntry, behaviour: Behaviour): ApiError {
  if (behaviour.unknownPath === "as-seen") {
    const isKnown = Object.values(resourceRoutes).some(({ collection }) => `${path}/`.startsWith(collection));
    return path.startsWith("Zentrunk/") && !isKnown
      ? new ApiError(503, "Service Unavailable")
      : new ApiError(404, "not found");
  }
  const served = Object.values(resourceRoutes).flatMap(({ collection, onCollection, onObject }) => [
    `${Object.keys(onCollection).join("/")} ${collection}`,
    `${Object.keys(onObject).join("/")} ${collection}{id}/`,
  ]);
  const where = "below /v1/Account/{auth_id}/ it serves";
  return new SetUpError(501, `the simulator does not serve ${method} ${path}; ${where}: ${served.join("; ")}`);
}
