/** The story itself. */

import fs from "node:fs";
import path from "node:path";
import { aside, edit, expect, heading, note, play } from "./terminal.mjs";

/**
 * @typedef {object} Scene
 * @property {Awaited<ReturnType<typeof import("./workspace.mjs").openAccount>>} account
 * @property {string} cwd the project
 * @property {string} log the simulator's
 * @property {NodeJS.ProcessEnv} env
 */

const RESOURCES = 7;
const NUMBER = "14155550100";

/** @param {Scene} scene */
export async function declare(scene) {
  heading("Preview, then create");
  await play(scene, {
    command: "pulumi preview",
    look: "An inbound trunk with two URIs and a number, an outbound one with a credential and an address list: a plan, no call.",
    shows: [new RegExp(`\\+ ${RESOURCES + 1} to create`)],
  });
  expect(!/^(GET|POST|DELETE) /m.test(fs.readFileSync(scene.log, "utf8")), "the preview called Plivo");
  await play(scene, {
    command: "pulumi up --yes --skip-preview",
    look: "Created in the order in which they need each other; the domain of the trunk is Plivo's answer.",
    shows: [new RegExp(`\\+ ${RESOURCES + 1} created`), /outboundDomain *: "\d+\.zt\.plivo\.com"/],
  });
  await expectBoth(scene);
  await play(scene, {
    command: "pulumi preview --expect-no-changes",
    look: "Nothing in the program changed, so there is nothing to do.",
    shows: [new RegExp(`${RESOURCES + 1} unchanged`)],
  });
}

/** @param {Scene} scene */
async function expectBoth({ account }) {
  const inbound = await trunk(account, "inbound");
  const outbound = await trunk(account, "outbound");
  expect(Boolean(inbound.primary_uri_uuid && inbound.fallback_uri_uuid), "the inbound trunk lacks a URI");
  expect(Boolean(outbound.credential_uuid && outbound.ipacl_uuid), "the outbound trunk lacks its references");
  const number = (await account.list("Number/")).find((row) => row.number === NUMBER);
  expect(String(number?.application).includes(`Trunk/${inbound.trunk_id}/`), `${NUMBER} is not attached to the trunk`);
}

/** @param {Scene} scene */
export async function survive(scene) {
  heading("A trunk is changed behind our back");
  const { trunk_id: id } = await trunk(scene.account, "inbound");
  const disable = { trunk_direction: "inbound", trunk_status: "disabled" };
  aside(`POST Zentrunk/Trunk/${id}/ ${JSON.stringify(disable)}`);
  note("As in Plivo's console: the trunk is disabled, and calls to our number stop.");
  await scene.account.send("POST", `Zentrunk/Trunk/${id}/`, disable);

  const drift = await play(scene, {
    command: "pulumi refresh --preview-only --expect-no-changes --diff",
    look: "The drift check for a nightly CI job: it shows exactly what was changed, changes nothing, and must fail.",
    fails: true,
    shows: [/~ trunkStatus *: "enabled" => "disabled"/, /~ 1 to update/, /no changes were expected/],
  });
  expect(drift.match(/^ +[~+-] \w+ *:/gm)?.length === 1, "more is shown than what was changed");
  await play(scene, {
    command: "pulumi up --refresh --yes --skip-preview",
    look: "Looks at the account first, then puts it back to what the program says.",
    shows: [/~ 1 updated/],
  });
  expect((await trunk(scene.account, "inbound")).trunk_status === "enabled", "the trunk is still disabled");
  note("The trunk is enabled again.");
}

/** @param {Scene} scene */
export async function change(scene) {
  heading("A change that takes a new trunk");
  const file = path.join(scene.cwd, "index.ts");
  const program = fs.readFileSync(file, "utf8");
  const before = [
    'trunkDirection: "outbound",',
    "credentialUuid: pbx.credentialUuid,",
    "ipaclUuid: offices.ipaclUuid,",
  ];
  const after = ['trunkDirection: "inbound",', "primaryUriUuid: primary.uriUuid,"];
  expect(
    before.every((line) => program.includes(line)),
    "the example has no such outbound trunk",
  );
  aside("In index.ts the outbound trunk becomes an inbound one:");
  edit(before, after);
  const changed = before.reduce((text, line, index) => text.replace(line, after[index] ?? ""), program);
  fs.writeFileSync(file, changed);
  await play(scene, {
    command: "pulumi preview --diff",
    look: "(replace): Plivo would take such an update and leave a trunk that makes no sense; so it is planned as a new trunk.",
    shows: [/Trunk: \(replace\)/, /~ trunkDirection *: "outbound" => "inbound"/, /1 to replace/],
  });
  fs.writeFileSync(file, program);
  note("A preview is only a plan. The program is put back to what it was.");
}

/** @param {Scene} scene */
export async function farewell(scene) {
  heading("Take all of it down");
  await play(scene, {
    command: "pulumi destroy --yes --skip-preview",
    look: "The number is detached first, then trunks go, then what they used. The number stays rented.",
    shows: [new RegExp(`- ${RESOURCES + 1} deleted`)],
  });
  for (const path of ["Trunk", "URI", "Credential", "IPAccessControlList"]) {
    expect((await scene.account.list(`Zentrunk/${path}/`)).length === 0, `the account still has a ${path}`);
  }
  const number = (await scene.account.list("Number/")).find((row) => row.number === NUMBER);
  expect(number?.application === null, `${NUMBER} is gone or still routed`);
  note("The account is empty again.");
}

/** @param {Scene["account"]} account @param {string} direction */
async function trunk(account, direction) {
  const found = (await account.list("Zentrunk/Trunk/")).filter((row) => row.trunk_direction === direction);
  expect(found.length === 1, `the account has ${found.length} ${direction} trunks, not 1`);
  return found[0] ?? {};
}
