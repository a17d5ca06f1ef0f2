/** Which status refuses what, and in which form. */
import { isRow } from "../account/kinds";
import { HOST, inboundBody, make, oneOf, verdict } from "../account/make";
import type { Created } from "../account/own-objects";
import type { Reply } from "../account/reply";
import { asks, type Experiment, expects, type Lab } from "../fact";

const unknownObject = expects(
  "unknown-object",
  "Which status has an object that does not exist?",
  ["404", "400", "other"],
  ["documented", "404"],
);
export const shape = asks("error-shape", "What is `error` in an error?", [
  "a string",
  "an object",
  "absent",
  "not JSON",
  "mixed",
]);
const missing = expects(
  "missing-field",
  "Which status rejects a trunk without a field that it needs?",
  ["422", "400", "other", "accepted"],
  ["documented", "422"],
);
const bad = expects(
  "bad-value",
  "Which status rejects a value that is not allowed?",
  ["400", "422", "other", "accepted"],
  ["documented", "400"],
);
export const unknownPath = expects(
  "unknown-path",
  "Which status has a collection below `Zentrunk/` that does not exist?",
  ["503", "404", "501", "other"],
  ["observed", "503"],
);
const unknownField = asks("unknown-field", "A field that no object has, in an update?", ["rejected", "accepted"]);

async function run(lab: Lab): Promise<void> {
  const digits = `${lab.random()}${lab.random()}${lab.random()}`.slice(0, 32);
  const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const absent = await lab.api.get(`Zentrunk/URI/${uuid}/`);
  lab.found(unknownObject, oneOf(unknownObject.values, String(absent.status), "other"), String(absent.status));
  const uri = await make.uri(lab);
  const incomplete = await lab.own.create("trunks", { trunk_direction: "inbound", trunk_status: "disabled" });
  lab.found(missing, oneOf(missing.values, statusOf(incomplete), "other"), statusOf(incomplete));
  const wrong = await lab.own.create("trunks", inboundBody(uri.id, { trunk_direction: "sideways" }));
  lab.found(bad, oneOf(bad.values, statusOf(wrong), "other"), statusOf(wrong));
  const refused = "refused" in incomplete ? [absent, incomplete.refused] : [absent];
  const shapes = new Set(refused.map(shapeOf));
  const [only] = shapes;
  lab.found(shape, shapes.size === 1 && only ? only : "mixed");
  const path = await lab.api.get("Zentrunk/PulumiPlivoContract/");
  lab.found(unknownPath, oneOf(unknownPath.values, String(path.status), "other"), String(path.status));
  lab.found(unknownField, verdict(await lab.api.update(lab.own.path(uri), { uri: HOST, pulumi_plivo: "1" })));
}

function statusOf(created: Created): string {
  return "refused" in created ? String(created.refused.status) : "accepted";
}

function shapeOf({ json }: Reply): "a string" | "an object" | "absent" | "not JSON" {
  if (!isRow(json)) return "not JSON";
  if (typeof json.error === "string") return "a string";
  return json.error === undefined || json.error === null ? "absent" : "an object";
}

export const errors: Experiment = {
  title: "errors",
  facts: [unknownObject, missing, bad, shape, unknownPath, unknownField],
  makes: "1 origination URI; tries 2 trunks that should be rejected",
  run,
};
