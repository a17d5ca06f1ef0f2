/** What every format shows. */
import type { AuditResult } from "../audit";
import { countsOf, type Finding } from "../finding";

export interface Report extends AuditResult {
  /** Tells accounts apart, and says nothing of them. */
  readonly fingerprint: string;
  readonly stacks: readonly string[];
  readonly version: string;
}

export function isComplete({ unread }: Pick<Report, "unread">): boolean {
  return unread.length === 0;
}

/** `2 errors, 1 warning, 0 notes` */
export function summaryOf(findings: readonly Finding[]): string {
  return Object.entries(countsOf(findings))
    .map(([severity, count]) => `${count} ${severity}${count === 1 ? "" : "s"}`)
    .join(", ");
}

const NOUNS: Readonly<Record<string, string>> = {
  Trunk: "trunk",
  Credential: "credential",
  IpAccessControlList: "IP access control list",
  OriginationUri: "origination URI",
  PhoneNumber: "phone number",
};

/** `trunk 123 ("support")`, or the resource where there is no object. */
export function subjectOf({ object, resource }: Pick<Finding, "object" | "resource">): string {
  if (object !== null)
    return `${NOUNS[object.type] ?? object.type} ${object.id}${object.name === "" ? "" : ` ("${object.name}")`}`;
  return resource === null ? "the account" : `"${resource.name}" in ${resource.stack}`;
}

/** Where a resource is named beside its object: `, "support" in dev` */
export function resourceOf({ object, resource }: Pick<Finding, "object" | "resource">): string {
  return object === null || resource === null ? "" : `, "${resource.name}" in ${resource.stack}`;
}
