/** Names: which must be unique, with which status a duplicate is rejected, and how long they may be. */
import { type Kind, kindNames, kinds } from "../account/kinds";
import { HOST, inboundBody, make, newPassword, newUsername, oneOf, verdict } from "../account/make";
import type { OwnObject } from "../account/own-objects";
import { asks, type Experiment, expects, type Fact, type Lab } from "../fact";

const verdicts = ["rejected", "accepted"] as const;

export const unique: Readonly<Record<Kind, Fact<"rejected" | "accepted">>> = {
  trunks: expects("unique-trunks", "A second trunk under a name in use?", verdicts, ["observed", "rejected"]),
  originationUris: asks("unique-uris", "A second origination URI under a name in use?", verdicts),
  credentials: asks("unique-credentials", "A second credential under a name in use?", verdicts),
  ipAccessControlLists: asks("unique-lists", "A second IP access control list under a name in use?", verdicts),
};
export const duplicateStatus = asks("duplicate-status", "Which status rejects a name in use?", [
  "400",
  "409",
  "422",
  "other",
  "none does",
]);
const rename = asks("rename-to-taken", "A rename of a trunk to a name in use?", verdicts);
const length = asks("name-length", "How long may the name of an origination URI be?", [
  "256 or more",
  "128 or more",
  "64 or more",
  "less than 64",
]);

async function run(lab: Lab): Promise<void> {
  const uri = await make.uri(lab);
  const bodies: Readonly<Record<Kind, object>> = {
    trunks: inboundBody(uri.id),
    originationUris: { uri: HOST },
    credentials: { username: newUsername(lab), password: newPassword(lab) },
    ipAccessControlLists: { ip_addresses: ["192.0.2.1"] },
  };
  const statuses = new Set<number>();
  for (const kind of kindNames) {
    const first = await lab.own.make(kind, { ...bodies[kind] });
    const second = await lab.own.create(kind, { ...bodies[kind], name: first.name });
    const isRefused = "refused" in second;
    if (isRefused) statuses.add(second.refused.status);
    lab.found(unique[kind], isRefused ? "rejected" : "accepted");
    if (kind === "trunks") await renamed(lab, uri, first);
  }
  const status = statuses.size === 0 ? "none does" : [...statuses].join(" and ");
  lab.found(duplicateStatus, oneOf(duplicateStatus.values, status, "other"), status);
  await longNames(lab);
}

async function renamed(lab: Lab, uri: OwnObject, taken: OwnObject): Promise<void> {
  const other = await make.inbound(lab, uri);
  const reply = await lab.api.update(lab.own.path(other), { trunk_direction: "inbound", name: taken.name });
  lab.found(rename, verdict(reply));
}

/** From long to short; a name that is cut is as good as rejected. */
async function longNames(lab: Lab): Promise<void> {
  for (const size of [256, 128, 64] as const) {
    const name = `${lab.own.newName()}-`.padEnd(size, "x");
    const made = await lab.own.create("originationUris", { uri: HOST, name });
    if (!("refused" in made) && made.name === name) return lab.found(length, `${size} or more`);
  }
  lab.found(length, "less than 64");
}

export const names: Experiment = {
  title: "names",
  facts: [...kindNames.map((kind) => unique[kind]), duplicateStatus, rename, length],
  makes: `2-3 of each kind (${kindNames.map((kind) => kinds[kind].noun).join(", ")})`,
  run,
};
