/** What an audit finds. Each kind has a section of docs/audit.md under its own name. */

export const severities = ["error", "warning", "note"] as const;
export type Severity = (typeof severities)[number];

interface KindFacts {
  readonly severity: Severity;
  /** What it is, as a title. */
  readonly title: string;
  /** Rests on what no list has shown: not reported where a part of the account could not be read. */
  readonly needsWhole?: true;
}

export const kinds = {
  "abandoned-create": {
    severity: "error",
    title: "An object that a killed run has created, and that no stack knows",
    needsWhole: true,
  },
  gone: { severity: "error", title: "An object of a stack that does not exist", needsWhole: true },
  "managed-twice": { severity: "error", title: "An object that two resources manage" },
  "missing-reference": {
    severity: "error",
    title: "A trunk that refers to something that does not exist",
    needsWhole: true,
  },
  "number-without-trunk": {
    severity: "error",
    title: "Phone numbers routed to a trunk that does not exist",
    needsWhole: true,
  },
  "number-on-outbound-trunk": { severity: "error", title: "Phone numbers on an outbound trunk" },
  "wide-range": { severity: "error", title: "A range wider than /8 that may call without a credential" },
  "pending-operation": {
    severity: "warning",
    title: "A pending operation of a killed run",
    needsWhole: true,
  },
  "unconfirmed-create": { severity: "warning", title: "A create without a usable response" },
  orphan: { severity: "warning", title: "An auto-named object that no stack knows", needsWhole: true },
  unmanaged: { severity: "warning", title: "An object that no stack manages", needsWhole: true },
  drift: { severity: "warning", title: "A property that differs from the state" },
  "shared-range": {
    severity: "warning",
    title: "A range of a cloud that may call without a credential",
  },
  "not-secure": { severity: "warning", title: "An outbound trunk without encryption" },
  "disabled-with-numbers": { severity: "warning", title: "A disabled trunk with phone numbers" },
  "password-in-value": { severity: "warning", title: "A password where every reader of the account sees it" },
  unused: { severity: "note", title: "An object that no trunk uses", needsWhole: true },
  "no-fallback": { severity: "note", title: "An inbound trunk without a fallback" },
  "unrouted-number": { severity: "note", title: "Phone numbers that are routed to nothing" },
  "same-name": { severity: "note", title: "Objects of one kind with the same name" },
  "unusual-value": { severity: "note", title: "A value that the provider warns of" },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type Kind = keyof typeof kinds;

export const allKinds = Object.keys(kinds) as readonly Kind[];

export function factsOf(kind: Kind): KindFacts {
  return kinds[kind];
}

export function severityOf(kind: Kind): Severity {
  return kinds[kind].severity;
}

/** The section that explains it. */
export function helpFor(kind: Kind): string {
  return `https://github.com/pulumi-plivo/pulumi-plivo/blob/main/docs/audit.md#${kind}`;
}
