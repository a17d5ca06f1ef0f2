/**
 * SARIF 2.1.0, for code scanning. An object of an account has no place in a file: the place is the project's file, and the
 * object is the logical location.
 */
import { createHash } from "node:crypto";
import type { Finding } from "../finding";
import { allKinds, helpFor, kinds, severityOf } from "../kinds";
import { isComplete, type Report, resourceOf, subjectOf } from "./report";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** In the root of the repository: code scanning shows no result without a file. */
const PLACE = "Pulumi.yaml";

export function asSarif(report: Report): string {
  const { findings, version, fingerprint } = report;
  const run = {
    tool: {
      driver: {
        name: "pulumi-plivo audit",
        semanticVersion: version,
        informationUri: "https://github.com/pulumi-plivo/pulumi-plivo/blob/main/docs/audit.md",
        rules: allKinds.map((kind) => ({
          id: kind,
          shortDescription: { text: kinds[kind].title },
          helpUri: helpFor(kind),
          defaultConfiguration: { level: severityOf(kind) },
        })),
      },
    },
    automationDetails: { id: `pulumi-plivo-audit/${fingerprint}/` },
    invocations: [invocation(report)],
    results: findings.map(result),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function invocation(report: Report) {
  return {
    executionSuccessful: isComplete(report),
    toolExecutionNotifications: report.unread.map(({ what, why }) => ({
      level: "error",
      message: { text: literal(`not read: ${what}: ${why}`) },
    })),
  };
}

function result(finding: Finding) {
  const { kind, text, action, object, resource } = finding;
  const fullyQualifiedName = object === null ? resource?.urn : `${object.type}/${object.id}`;
  return {
    ruleId: kind,
    ruleIndex: allKinds.indexOf(kind),
    level: severityOf(kind),
    message: { text: literal(`${subjectOf(finding)}${resourceOf(finding)}: ${text}. ${action}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: PLACE }, region: { startLine: 1 } },
        ...(fullyQualifiedName !== undefined && { logicalLocations: [{ fullyQualifiedName, kind: "resource" }] }),
      },
    ],
    partialFingerprints: { "pulumiPlivoAudit/v1": identityOf(finding) },
  };
}

/** Brackets of a message would begin a link (SARIF 3.11.6). */
function literal(text: string): string {
  return text.replace(/[\\[\]]/g, "\\$&");
}

/** The same as long as it is the same finding: its text has counts and values that change. */
function identityOf({ kind, object, resource, property }: Finding): string {
  const parts = [kind, object?.type, object?.id, object === null ? resource?.urn : undefined, property];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
