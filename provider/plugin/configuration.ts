/** The provider's own configuration on the wire: CheckConfig, DiffConfig, Configure. */
import * as wire from "@pulumi/pulumi/proto/provider_pb";
import { type Difference, isNullish, mayHoldPassword, unknown } from "../lifecycle/index";
import { isSetting, parseSetting, readSettings, settings } from "../resources/index";
import { visible } from "../text/visible";
import { diffResponse } from "./resource-methods";
import type { Session } from "./session";
import { fromWire, toWire } from "./values";

const secretSettings = Object.keys(settings).filter((key) => isSetting(key) && settings[key].secret);

/** Objects belong to an account at an address: with another one of these, none of them can be managed any more. */
const identity = ["authId", "baseUrl"];

/** Refuses typing errors, and returns the token as a secret: else a plain argument would reach the state as it is. */
export function checkConfig(request: wire.CheckRequest): wire.CheckResponse {
  const { values, secrets } = fromWire(request.getNews());
  const hidden = new Set([...secretSettings, ...secrets]);
  const failures = Object.entries(values).flatMap(([key, value]) => failuresOf(key, value, hidden));
  return new wire.CheckResponse().setInputs(toWire(values, hidden)).setFailuresList(failures);
}

/** The engine prints the value of the property that a failure names, so that no failure names the key of a secret. */
function failuresOf(key: string, value: unknown, hidden: ReadonlySet<string>): wire.CheckFailure[] {
  if (key === "version" || key === "pluginDownloadURL") return [];
  if (!isSetting(key)) {
    const known = Object.keys(settings).join(", ");
    return [failure(`${key}.value`, `the plivo provider has no setting "${key}"; it takes ${known}`)];
  }
  if (value === unknown || value === null) return [];
  const parsed = parseSetting(key, value);
  if (parsed.success) return [];
  const property = hidden.has(key) || mayHoldPassword(value) ? `${key}.value` : key;
  return parsed.error.issues.map(({ message }) => failure(property, message));
}

function failure(property: string, reason: string): wire.CheckFailure {
  return new wire.CheckFailure().setProperty(visible(property)).setReason(visible(reason));
}

/**
 * Replacing the provider replaces every resource of it: only between two known and different accounts. A stack that had
 * none before (its credentials came from the environment), a new token, or a value still unknown replaces nothing.
 */
export function diffConfig(request: wire.DiffRequest): wire.DiffResponse {
  const olds = fromWire(request.getOlds()).values;
  const news = fromWire(request.getNews()).values;
  const changed = Object.keys(settings).filter((key) => normal(key, olds[key]) !== normal(key, news[key]));
  return diffResponse(
    changed.map((key) => [key, differenceOf(key, olds[key], news[key])]),
    { isInputDiff: true },
  );
}

/** As the client reads it: two spellings of one base URL are one address. */
function normal(key: string, value: unknown): unknown {
  const parsed = isSetting(key) && value !== unknown ? parseSetting(key, value) : undefined;
  return parsed?.success ? parsed.data : (value ?? null);
}

function differenceOf(key: string, before: unknown, after: unknown): Difference {
  const kind = isNullish(before) ? "add" : isNullish(after) ? "delete" : "update";
  return { kind, replaces: identity.includes(key) && isKnown(before) && isKnown(after) };
}

function isKnown(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/** The environment is read here and not in CheckConfig, so that nothing of it reaches the state. */
export function configure(request: wire.ConfigureRequest, session: Session): wire.ConfigureResponse {
  const { values } = fromWire(request.getArgs());
  const configured = (key: string) => (values[key] === unknown || values[key] === null ? undefined : values[key]);
  session.configure(readSettings(configured, process.env));
  return new wire.ConfigureResponse()
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setAcceptoutputs(true)
    .setSupportspreview(true)
    .setSupportsAutonamingConfiguration(true);
}
