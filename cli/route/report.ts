/** What `route` prints for a person. */
import { visible } from "../../provider/text/visible";
import type { Output } from "../shared/output";
import type { ProbeResult } from "./probe";
import type { ProbedTarget, Route, RouteDestination } from "./run";

export function print({ number, trunk, destinations, findings }: Route, output: Output): void {
  output.line(output.styled("bold", number));
  if (trunk !== null) {
    const facts = [trunk.trunkDirection, trunk.trunkStatus, trunk.secure ? "secure" : "not secure"].join(", ");
    output.line(`  trunk ${named(trunk.name)} (${trunk.trunkId}): ${visible(facts)}`);
  }
  for (const destination of destinations) printDestination(destination, output);
  const problems = findings.filter(({ severity }) => severity === "problem");
  const notes = findings.filter(({ severity }) => severity === "note");
  output.line();
  for (const { text } of problems) output.line(`${output.styled("yellow", "problem:")} ${visible(text)}`);
  for (const { text } of notes) output.line(`note: ${visible(text)}`);
  if (problems.length === 0) output.line(output.styled("green", verdictOf(destinations)));
}

function verdictOf(destinations: readonly RouteDestination[]): string {
  if (destinations.length === 0) return "Nothing more is known of a call to this number.";
  const isProbed = destinations.some(({ targets }) => targets.some(({ probe }) => probe !== undefined));
  return isProbed
    ? "A call gets through, as far as can be seen from here."
    : "No problem found. --probe asks the servers.";
}

function printDestination({ role, uriUuid, name, uri, targets }: RouteDestination, output: Output): void {
  output.line(`  ${role} ${uri === null ? uriUuid : `${named(name ?? "")} (${uriUuid}): ${visible(uri)}`}`);
  for (const target of targets) output.line(`    ${targetText(target)}`);
}

function named(name: string): string {
  return `"${visible(name)}"`;
}

function targetText({ address, port, transport, from, host, probe }: ProbedTarget): string {
  const place = `${address.includes(":") ? `[${address}]` : address}:${port} ${transport}`;
  const origin = from === host ? "" : ` from ${visible(from)}`;
  return `${place}${origin}${probe === undefined ? "" : `: ${probeText(probe)}`}`;
}

function probeText({ response, failure, ms, certificate }: ProbeResult): string {
  const seen =
    response === null ? visible(failure ?? "") : `${response.status} ${visible(response.reason)} in ${ms} ms`;
  if (certificate === null) return seen;
  const fault = certificate.problem === null ? "" : `, but ${certificate.problem}`;
  return `${seen}; certificate until ${certificate.validTo}${visible(fault)}`;
}
