/** What `migrate --group-numbers` tells the user: what it did to the state, and what to do now. */
import { listElements } from "../shared/list-elements";
import type { Grouped, Grouping } from "./group-numbers";

export function groupingReport({ sets, left }: Omit<Grouping, "text">): string {
  const grouped = sets.flatMap(({ numbers }) => numbers).length;
  return [
    `${grouped} attachments became ${sets.length} ${sets.length === 1 ? "set" : "sets"} in the new state.`,
    ...(left.length > 0 ? [`These attachments stay as they are: ${left.join(", ")}`] : []),
    "",
    "Next, with no other command on the stack in between: with the old program, `pulumi up` loses the previous routes.",
    "",
    "1. pulumi stack import --file new.json",
    `2. In the program, replace the ${grouped} attachments with this; for trunkId use the output of the trunk:`,
    "",
    ...sets.flatMap((set) => [declaration(set), ""]),
    "3. pulumi preview --expect-no-changes",
    "",
  ].join("\n");
}

function declaration({ name, trunkId, numbers, options }: Grouped): string {
  const list = listElements(
    numbers.map((number) => JSON.stringify(number)),
    "  ",
    "  ",
  );
  return [
    `new plivo.TrunkPhoneNumbers(${JSON.stringify(name)}, {`,
    `  trunkId: ${JSON.stringify(trunkId)},`,
    `  numbers: [${list}],`,
    options.length > 0 ? `}, { ${options.join(", ")} });` : "});",
  ].join("\n");
}
