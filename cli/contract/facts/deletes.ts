/** What a delete takes with it. */

import { make } from "../account/make";
import { isGone } from "../account/reply";
import { asks, type Experiment, expects, type Lab } from "../fact";

const cascade = expects(
  "uri-cascade",
  "What becomes of a trunk whose origination URI is deleted?",
  ["deleted too", "kept", "the delete is rejected"],
  ["observed", "deleted too"],
);
export const deletedReference = asks("deleted-reference", "What does a trunk show of a credential that was deleted?", [
  "its ID",
  "null",
  "the delete is rejected",
  "the trunk is deleted too",
  "other",
]);

async function run(lab: Lab): Promise<void> {
  await deleteUri(lab);
  await deleteCredential(lab);
}

async function deleteUri(lab: Lab): Promise<void> {
  const uri = await make.uri(lab);
  const trunk = await make.inbound(lab, uri);
  if (!isGone(await lab.own.remove(uri))) return lab.found(cascade, "the delete is rejected");
  const isKept = await lab.own.isKept(trunk);
  if (!isKept) lab.own.existing.delete(trunk.id);
  lab.found(cascade, isKept ? "kept" : "deleted too");
}

async function deleteCredential(lab: Lab): Promise<void> {
  const credential = await make.credential(lab);
  const list = await make.list(lab);
  const trunk = await make.outbound(lab, { credential_uuid: credential.id, ipacl_uuid: list.id });
  if (!isGone(await lab.own.remove(credential))) return lab.found(deletedReference, "the delete is rejected");
  const row = await lab.own.read(trunk);
  if (row === undefined) {
    lab.own.existing.delete(trunk.id);
    return lab.found(deletedReference, "the trunk is deleted too");
  }
  const shown = row.credential_uuid;
  lab.found(deletedReference, shown === credential.id ? "its ID" : shown === null ? "null" : "other");
}

export const deletes: Experiment = {
  title: "deletes",
  facts: [cascade, deletedReference],
  makes: "2 trunks, 1 origination URI, 1 credential, 1 IP access control list",
  run,
};
