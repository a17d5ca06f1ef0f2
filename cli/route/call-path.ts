/** What Plivo does with a call to a number: number, trunk, origination URIs. Read by ids alone, so no list is needed. */
import { InvalidIdError, NotFoundError } from "../../provider/client/http/errors";
import type { PhoneNumber, Plivo } from "../../provider/client/index";
import { parseNumber } from "./number";
import { transportOf } from "./targets";

type Uri = Awaited<ReturnType<Plivo["originationUris"]["get"]>>;
type Trunk = Awaited<ReturnType<Plivo["trunks"]["get"]>>;

/** `problem`: calls do not get through. `note`: they do, and something is odd. */
export interface Finding {
  readonly severity: "problem" | "note";
  readonly text: string;
}

export interface Destination {
  readonly role: "primary" | "fallback";
  /** `null` where the trunk refers to an object that does not exist. */
  readonly uri: Uri | null;
  readonly uriUuid: string;
}

export interface CallPath {
  /** With its plus sign. */
  readonly number: string;
  readonly application: PhoneNumber["application"];
  readonly trunk: Trunk | null;
  readonly destinations: readonly Destination[];
  readonly findings: readonly Finding[];
}

/** Rejects where Plivo's response is not known: nothing is called missing that could not be read. */
export async function readCallPath(plivo: Plivo, number: string): Promise<CallPath> {
  const digits = parseNumber(number);
  const name = `+${digits}`;
  const found = await orNull(plivo.numbers.get(digits));
  if (found === null)
    return { ...nowhere(name, null), findings: [problem(`${name} is no phone number of this account`)] };
  const { application } = found;
  if (application === null)
    return { ...nowhere(name, null), findings: [problem(`${name} is not routed: calls to it go nowhere`)] };
  if (application.kind === "application") {
    const text = `${name} is routed to application ${application.id}, which is not followed`;
    return { ...nowhere(name, application), findings: [{ severity: "note", text }] };
  }
  const trunk = await orNull(plivo.trunks.get(application.id));
  if (trunk === null) {
    const text = `trunk ${application.id}, to which ${name} is routed, does not exist`;
    return { ...nowhere(name, application), findings: [problem(text)] };
  }
  const destinations = await destinationsOf(plivo, trunk);
  return { number: name, application, trunk, destinations, findings: findingsOf(trunk, destinations) };
}

function nowhere(number: string, application: PhoneNumber["application"]) {
  return { number, application, trunk: null, destinations: [] };
}

function problem(text: string): Finding {
  return { severity: "problem", text };
}

/** Only Plivo's own 404 means that there is none. */
async function orNull<T>(object: Promise<T>): Promise<T | null> {
  try {
    return await object;
  } catch (error) {
    if (NotFoundError.isInstance(error) || InvalidIdError.isInstance(error)) return null;
    throw error;
  }
}

async function destinationsOf(plivo: Plivo, trunk: Trunk): Promise<readonly Destination[]> {
  const destinations: Destination[] = [];
  for (const role of ["primary", "fallback"] as const) {
    const uriUuid = role === "primary" ? trunk.primaryUriUuid : trunk.fallbackUriUuid;
    if (uriUuid === null) continue;
    destinations.push({ role, uriUuid, uri: await orNull(plivo.originationUris.get(uriUuid)) });
  }
  return destinations;
}

function findingsOf(trunk: Trunk, destinations: readonly Destination[]): readonly Finding[] {
  const findings: Finding[] = [];
  if (trunk.trunkDirection !== "inbound")
    findings.push(problem(`the trunk is ${trunk.trunkDirection}: only an inbound trunk takes calls to a number`));
  if (trunk.trunkStatus !== "enabled") findings.push(problem(`the trunk is ${trunk.trunkStatus}`));
  const isInbound = trunk.trunkDirection === "inbound";
  if (isInbound && !destinations.some(({ role }) => role === "primary"))
    findings.push(problem("the trunk has no primary origination URI"));
  if (isInbound && !destinations.some(({ role }) => role === "fallback"))
    findings.push({ severity: "note", text: "the trunk has no fallback: while its primary URI is down, calls fail" });
  for (const { role, uri, uriUuid } of destinations)
    if (uri === null) findings.push(problem(`the ${role} origination URI ${uriUuid} does not exist`));
  const isTls = destinations.every(({ uri }) => uri === null || transportOf(uri.uri) === "tls");
  if (isInbound && !trunk.secure && !isTls)
    findings.push({
      severity: "note",
      text: "the trunk is not secure, and not every URI goes by TLS: calls travel without it",
    });
  return findings;
}
