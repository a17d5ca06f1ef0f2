/** Origination URIs: which forms are accepted, and their authentication. */

import { HOST, make, newPassword, newUsername, verdict } from "../account/make";
import type { OwnObject } from "../account/own-objects";
import { type Experiment, expects, type Lab } from "../fact";

const forms = expects(
  "uri-forms",
  "Which forms of a URI are accepted?",
  ["all that were tried", "some", "none"],
  ["documented", "all that were tried"],
);
const verbatim = expects("uri-verbatim", "Does a read show a URI as it was sent?", ["yes", "no"], ["observed", "yes"]);
const off = expects(
  "authentication-off",
  "What is `username` once authentication is switched off?",
  ["null", "blank", "kept", "other"],
  ["documented", "null"],
);
const partial = expects(
  "authentication-partial",
  "A new password without `authentication_needed` and `username`?",
  ["rejected", "accepted"],
  ["observed", "rejected"],
);

const FORMS = [
  "192.168.1.100:5060",
  "[2001:db8::1]:5061",
  "sip:support@sip.example.com",
  "sip.example.com.",
  "sip.example.com;lr",
  "sips:sip.example.com",
  "sip.example.com:5061;transport=tls",
] as const;

async function run(lab: Lab): Promise<void> {
  const uri = await make.uri(lab);
  await tryForms(lab, uri);
  const username = newUsername(lab);
  const authenticated = await make.uri(lab, { authentication_needed: true, username, password: newPassword(lab) });
  const path = lab.own.path(authenticated);
  lab.found(partial, verdict(await lab.api.update(path, { password: newPassword(lab) })));
  await lab.api.update(path, { uri: HOST, authentication_needed: false });
  const { username: shown } = await lab.own.readUntil(authenticated, (row) => row.authentication_needed === false);
  lab.found(off, shown === null ? "null" : shown === "" ? "blank" : shown === username ? "kept" : "other");
}

async function tryForms(lab: Lab, uri: OwnObject): Promise<void> {
  const rejected: string[] = [];
  const changed: string[] = [];
  for (const form of FORMS) {
    const reply = await lab.api.update(lab.own.path(uri), { uri: form });
    if (verdict(reply) === "rejected") rejected.push(form);
    else if ((await lab.own.readUntil(uri, (row) => row.uri === form)).uri !== form) changed.push(form);
  }
  const accepted = FORMS.length - rejected.length;
  const value = rejected.length === 0 ? "all that were tried" : accepted > 0 ? "some" : "none";
  lab.found(forms, value, rejected.length === 0 ? undefined : `rejected: ${rejected.join(" ")}`);
  if (accepted === 0) return lab.unknown(verbatim, "no form was accepted");
  lab.found(verbatim, changed.length === 0 ? "yes" : "no", changed.join(" ") || undefined);
}

export const uris: Experiment = {
  title: "origination URIs",
  facts: [forms, verbatim, off, partial],
  makes: "2 origination URIs",
  run,
};
