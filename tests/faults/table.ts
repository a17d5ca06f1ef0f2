/** The matrix as a reader of `docs/reliability.md` sees it. Run by `scripts/generate`. */
import { type Sections, table } from "../../provider/schema/docs";
import { type FaultName, faultNames, faults } from "./faults";
import { COUNTS, type ManyCell, manyCells } from "./many";
import { combinedCells, matrix, type Strike } from "./matrix";
import { type OperationName, operationNames, operations } from "./operations";
import { type Expected, outcomes } from "./outcomes";
import { pageCells } from "./pages";

export const reliabilityPage = "docs/reliability.md";

export function reliabilitySections(): Sections {
  const each = operationNames.map((name): [string, string] => [`matrix-${name}`, operationTable(name)]);
  return {
    ...Object.fromEntries(each),
    "matrix-combined": combinedTable(),
    "matrix-pages": pageTable(),
    "matrix-many": manyTable(),
  };
}

function operationTable(name: OperationName): string {
  const groups = new Map<string, FaultName[]>();
  for (const fault of faultNames) {
    const key = JSON.stringify(matrix[name][fault]);
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  const rows = [...groups.values()].map((group) => {
    const [fault = "400"] = group;
    const { once, lasting } = matrix[name][fault];
    const titles = group.map((member) => faults[member].title).join("; ");
    const isSame = JSON.stringify(once) === JSON.stringify(lasting);
    return [titles, ...cellsOf(once), ...(isSame ? ["the same", ""] : cellsOf(lasting))];
  });
  const head = ["Fault", "Once", "Requests", "For good", "Requests"];
  return `${legendOf(name)}\n\n${table(head, rows)}`;
}

function cellsOf([outcome, requests]: Expected): readonly string[] {
  return [outcomes[outcome].title, shown(requests)];
}

function shown(requests: string): string {
  return requests === "" ? "none" : `\`${requests.replaceAll("*", " x")}\``;
}

/** The short forms that the table of an operation uses. */
function legendOf(name: OperationName): string {
  const { of, requests, struck, reads } = operations[name];
  const used = new Set(
    Object.values(matrix[name]).flatMap(({ once, lasting }) => `${once[1]} ${lasting[1]}`.match(/[A-Z]+/g) ?? []),
  );
  const meanings = Object.entries(requests).filter(([short]) => used.has(short));
  const legend = meanings.map(([short, request]) => `\`${short}\` is \`${request}\``).join(", ");
  const read =
    reads === undefined ? "" : ` \`READ\` is \`${reads}\`; with dynamic resources two of them, in check and in create.`;
  return `Of ${of}. The fault strikes \`${struck}\`. ${legend}.${read}`;
}

function combinedTable(): string {
  const rows = combinedCells.map(({ operation, strikes, outcome, requests }) => [
    operations[operation].title,
    strikes.map(strikeText).join("; then "),
    outcomes[outcome].title,
    shown(requests),
  ]);
  return table(["Operation", "Faults", "Outcome", "Requests"], rows);
}

function strikeText({ on, fault, often }: Strike): string {
  return `\`${on}\`: ${faults[fault].title}${often === "lasting" ? ", for good" : ""}`;
}

function pageTable(): string {
  const rows = pageCells.map(({ title, finds, offsets }) => [
    title,
    typeof finds === "number" ? `${finds} trunks, each once` : "error",
    offsets.split(" ").join(", "),
  ]);
  return table(["While 45 trunks are listed", "Result", "Offsets of the pages read"], rows);
}

const DOING = { refresh: "read", create: "created", delete: "deleted" } as const;

function manyTable(): string {
  const rows = manyCells.map((cell) => [cell.act, cell.title, manyOutcome(cell), String(cell.requests)]);
  return table(["Operation", "Meanwhile", "Outcome", "Requests at most"], rows);
}

function manyOutcome({ act, done = COUNTS[act] }: ManyCell): string {
  const count = COUNTS[act];
  return done === count ? `all ${count} ${DOING[act]}` : `${done} ${DOING[act]}, ${count - done} refused`;
}
