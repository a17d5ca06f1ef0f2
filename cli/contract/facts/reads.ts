/** What a read of one object shows. */
import { isRow, type Kind, kindNames, kinds } from "../account/kinds";
import { HOST, make, newPassword, newUsername } from "../account/make";
import type { OwnObject } from "../account/own-objects";
import { asks, type Experiment, expects, type Fact, type Lab } from "../fact";

const shapes = ["bare", "wrapped"] as const;

export const single: Readonly<Record<Kind, Fact<"bare" | "wrapped">>> = {
  trunks: expects("single-trunk", "Single read of a trunk: bare, or in `object`?", shapes, ["observed", "wrapped"]),
  originationUris: expects("single-uri", "Single read of an origination URI?", shapes, ["documented", "bare"]),
  credentials: expects("single-credential", "Single read of a credential?", shapes, ["documented", "bare"]),
  ipAccessControlLists: expects("single-list", "Single read of an IP access control list?", shapes, [
    "documented",
    "bare",
  ]),
};

const unset = expects(
  "unset-reference",
  "What does a reference of a trunk show that is not set?",
  ["null", "blank", "absent", "other"],
  ["documented", "null"],
);
const domain = asks("trunk-domain", "Is a region part of `trunk_domain`?", ["no region", "a region", "other"]);
const passwords = expects(
  "password-in-reads",
  "Does a read show a password?",
  ["never", "yes"],
  ["documented", "never"],
);
const times = asks("timestamps", "Which kinds have `created_at` and `updated_at`?", ["all", "trunks", "none", "other"]);
const sipUser = asks("sip-user", "What is `sip_user` of an origination URI?", ["the username", "absent", "other"]);

async function run(lab: Lab): Promise<void> {
  const username = newUsername(lab);
  const password = newPassword(lab);
  const uri = await make.uri(lab, { authentication_needed: true, username, password });
  const plain = await lab.own.make("credentials", { username, password });
  const objects: readonly OwnObject[] = [await make.inbound(lab, uri), uri, plain, await make.list(lab)];
  for (const object of objects) {
    const { json } = object.read;
    lab.found(single[object.kind], isRow(json) && isRow(json.object) ? "wrapped" : "bare");
  }
  const shown = objects.some(({ read }) => JSON.stringify(read.json).includes(password));
  lab.found(passwords, shown ? "yes" : "never");
  lab.found(times, timesOf(objects));
  const { sip_user: user } = uri.row;
  lab.found(sipUser, user === username ? "the username" : user === undefined ? "absent" : "other");
  trunkFacts(lab, objects[0]);
}

function trunkFacts(lab: Lab, trunk: OwnObject | undefined): void {
  const { fallback_uri_uuid: fallback, trunk_domain: name } = trunk?.row ?? {};
  const shown = fallback === undefined ? "absent" : fallback === "" ? "blank" : fallback === null ? "null" : "other";
  lab.found(unset, shown);
  const [, region] = new RegExp(`^${trunk?.id}\\.(?:([\\w-]+)\\.)?zt\\.plivo\\.com$`).exec(String(name)) ?? [];
  const isPlain = name === `${trunk?.id}.zt.plivo.com`;
  lab.found(domain, isPlain ? "no region" : region === undefined ? "other" : "a region", region);
}

function timesOf(objects: readonly OwnObject[]): "all" | "trunks" | "none" | "other" {
  const dated = objects.filter(({ row }) => row.created_at && row.updated_at).map(({ kind }) => kind);
  if (dated.length === kindNames.length) return "all";
  if (dated.length === 0) return "none";
  return dated.join() === "trunks" ? "trunks" : "other";
}

export const reads: Experiment = {
  title: "reading one object",
  facts: [...kindNames.map((kind) => single[kind]), unset, domain, passwords, times, sipUser],
  makes: `1 ${kinds.trunks.noun}, 1 origination URI (${HOST}), 1 credential, 1 IP access control list`,
  run,
};
