/** The steps of `route`: read the path of a call, look up where it leads, ask there, report. */
import { AuthenticationError } from "../../provider/client/http/errors";
import { messageOf } from "../../provider/lifecycle/index";
import { openAccount } from "../shared/account";
import { CommandError } from "../shared/errors";
import { Output } from "../shared/output";
import { type CallPath, type Finding, readCallPath } from "./call-path";
import { EXIT } from "./exit-codes";
import { parseNumber } from "./number";
import type { RouteOptions } from "./options";
import { type ProbeResult, probe } from "./probe";
import { print } from "./report";
import { shownOf } from "./shown";
import { type Dns, dnsOf, type Resolution, resolveUri, type Target } from "./targets";

export interface ProbedTarget extends Target {
  /** Without `--probe` there is none. */
  readonly probe?: ProbeResult;
}

export interface RouteDestination {
  readonly role: "primary" | "fallback";
  readonly uriUuid: string;
  readonly name: string | null;
  readonly uri: string | null;
  readonly transport: Resolution["transport"] | null;
  readonly targets: readonly ProbedTarget[];
}

export interface Route extends Pick<CallPath, "number" | "application" | "trunk"> {
  readonly destinations: readonly RouteDestination[];
  readonly findings: readonly Finding[];
}

export async function route(number: string, options: RouteOptions): Promise<void> {
  parseNumber(number);
  // Timers take whole milliseconds.
  const timeoutMs = Math.ceil(options.timeout * 1_000);
  const dns = dnsOf(options.dns, timeoutMs);
  const { account } = await openAccount(options);
  const log = (_: string, text: string) => process.stderr.write(`${text}\n`);
  const path = await readCallPath(account.context({ log }).services.plivo, number).catch((error: unknown) => {
    // A wrong token is a wrong configuration, as in the other commands.
    const code = AuthenticationError.isInstance(error) ? EXIT.usage : EXIT.incomplete;
    throw new CommandError(messageOf(error), code, { cause: error });
  });
  const found = await follow(path, dns, options.probe ? timeoutMs : undefined);
  const output = new Output(process.stdout);
  if (options.json) output.json(found);
  else print(found, output);
  if (found.findings.some(({ severity }) => severity === "problem")) process.exitCode = EXIT.broken;
}

/** @param probeMs how long to wait for each target; without it none is asked */
export async function follow(path: CallPath, dns: Dns, probeMs?: number): Promise<Route> {
  const { number, application, trunk } = path;
  const shown = shownOf(path);
  const followed = await Promise.all(
    path.destinations.map(async ({ role, uri, uriUuid }) => {
      const resolution = uri === null ? undefined : await resolveUri(uri.uri, dns);
      const targets = await Promise.all(
        (resolution?.targets ?? []).map(async (target) =>
          probeMs === undefined ? target : { ...target, probe: await probe(target, probeMs) },
        ),
      );
      const destination: RouteDestination = {
        role,
        uriUuid,
        name: uri === null ? null : shown.name(uri.name),
        uri: uri === null ? null : shown.uri(uri.uri),
        transport: resolution?.transport ?? null,
        targets,
      };
      const findings = uri === null ? [] : findingsOf(destination, resolution, trunk?.secure === true);
      return { destination, findings };
    }),
  );
  return {
    number,
    application,
    trunk: trunk === null ? null : { ...trunk, name: shown.name(trunk.name) },
    destinations: followed.map(({ destination }) => destination),
    findings: [...path.findings, ...followed.flatMap(({ findings }) => findings)],
  };
}

function findingsOf(
  { role, uri, targets, transport }: RouteDestination,
  resolution: Resolution | undefined,
  isSecure: boolean,
): readonly Finding[] {
  const about = (severity: Finding["severity"], text: string) => ({ severity, text: `${role} URI ${uri}: ${text}` });
  if (resolution === undefined) return [about("note", "its form is not known here, so that it was not looked up")];
  const { problems, isStated } = resolution;
  const findings = problems.map((text) => about(targets.length === 0 ? "problem" : "note", text));
  if (!isStated)
    findings.push(about("note", "names no transport; Plivo does not publish what that means, SIP takes UDP"));
  if (isSecure && transport !== "tls")
    findings.push(about("note", `goes over ${transport}, although the trunk is secure (TLS and SRTP)`));
  const probed = targets.flatMap(({ probe: result }) => (result === undefined ? [] : [result]));
  if (probed.length > 0 && probed.every(({ response }) => response === null))
    findings.push(about("problem", "gives no response here; a firewall that lets only Plivo in looks the same"));
  for (const { certificate } of probed) {
    if (certificate === null) continue;
    const { problem, isTrusted } = certificate;
    if (problem !== null) findings.push(about("problem", `its certificate ${problem}`));
    else if (!isTrusted) findings.push(about("note", "its certificate is by no authority that Node.js knows"));
  }
  return findings;
}
