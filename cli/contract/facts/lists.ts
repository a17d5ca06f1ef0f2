/** Lists: their order, their pages, what they do with arguments that they do not know. */
import { isRow, kinds } from "../account/kinds";
import { make, verdict } from "../account/make";
import { readList, rowsIn } from "../account/pages";
import { asks, type Experiment, expects, type Lab } from "../fact";

const order = asks("list-order", "In which order are lists?", ["oldest first", "newest first", "other"]);
const lag = asks("list-lag", "When is a new object in its list, once a read shows it?", ["at once", "later"]);
const rowFields = asks("list-fields", "Does a list row have the fields of a single read?", [
  "the same",
  "fewer",
  "others",
]);
const next = expects(
  "list-next",
  "What is `next` in `meta`?",
  ["relative, no leading slash", "relative, leading slash", "a whole URL", "absent"],
  ["documented", "relative, no leading slash"],
);
const limit = asks("list-limit", "What becomes of a `limit` of 21?", ["rejected", "reduced", "applied"]);
const argument = asks("list-argument", "What becomes of an argument that no list has?", ["rejected", "ignored"]);

const { collection, idField } = kinds.originationUris;

async function run(lab: Lab): Promise<void> {
  const made = [await make.uri(lab), await make.uri(lab), await make.uri(lab)];
  const ids = made.map(({ id }) => id);
  let waited = false;
  const read = async () => (await readList(lab.api, "originationUris")).rows;
  let rows = await read();
  const isThere = () => ids.every((id) => rows.some((row) => row[idField] === id));
  for (let wait = 500; !isThere() && wait < 20_000; wait *= 2) {
    waited = true;
    await lab.api.pause(wait);
    rows = await read();
  }
  lab.found(lag, waited ? "later" : "at once");
  const found = rows.map((row) => String(row[idField])).filter((id) => ids.includes(id));
  if (found.length < ids.length) return lab.unknown(order, "a list does not show every new object");
  const isOrder = (wanted: readonly string[]) => wanted.every((id, index) => found[index] === id);
  lab.found(order, isOrder(ids) ? "oldest first" : isOrder([...ids].reverse()) ? "newest first" : "other");
  const [first] = made;
  const row = rows.find((one) => one[idField] === first?.id) ?? {};
  lab.found(rowFields, compare(Object.keys(row), Object.keys(first?.row ?? {})));
  await pages(lab);
}

function compare(ofRow: readonly string[], ofRead: readonly string[]): "the same" | "fewer" | "others" {
  const isMore = ofRow.some((name) => !ofRead.includes(name) && name !== "api_id");
  const isLess = ofRead.some((name) => !ofRow.includes(name) && name !== "api_id");
  return isMore ? "others" : isLess ? "fewer" : "the same";
}

async function pages(lab: Lab): Promise<void> {
  const page = await lab.api.get(collection, { limit: "1" });
  const meta = isRow(page.json) && isRow(page.json.meta) ? page.json.meta : {};
  lab.found(next, linkOf(meta.next));
  const large = await lab.api.get(collection, { limit: "21" });
  const taken = isRow(large.json) && isRow(large.json.meta) ? large.json.meta.limit : undefined;
  const isApplied = taken === 21 || (rowsIn(large)?.length ?? 0) > 20;
  lab.found(limit, verdict(large) === "rejected" ? "rejected" : isApplied ? "applied" : "reduced");
  const unknown = await lab.api.get(collection, { limit: "1", pulumi_plivo: "1" });
  lab.found(argument, verdict(unknown) === "rejected" ? "rejected" : "ignored");
}

function linkOf(link: unknown): (typeof next.values)[number] {
  if (typeof link !== "string" || link === "") return "absent";
  if (/^https?:/.test(link)) return "a whole URL";
  return link.startsWith("/") ? "relative, leading slash" : "relative, no leading slash";
}

export const lists: Experiment = {
  title: "lists",
  facts: [order, lag, rowFields, next, limit, argument],
  makes: "3 origination URIs",
  run,
};
