/** IP access control lists: what becomes of the addresses. */

import { make } from "../account/make";
import type { OwnObject } from "../account/own-objects";
import { asks, type Experiment, expects, type Lab } from "../fact";

export const order = asks("address-order", "Is the order of the addresses kept?", ["kept", "changed"]);
export const spelling = asks("address-spelling", "Is the spelling of an IPv6 address kept?", [
  "kept",
  "shortened",
  "other",
]);
const prefix = asks("single-address-prefix", "Is `/32` or `/128` of a single address kept?", [
  "kept",
  "removed",
  "other",
]);
const update = expects(
  "address-update",
  "Does an update replace the whole list?",
  ["replaces", "adds", "other"],
  ["documented", "replaces"],
);

const UNSORTED = ["203.0.113.9", "192.0.2.1", "198.51.100.0/24"] as const;
const LONG = "2001:0DB8:0000:0000:0000:0000:0000:00AB";
const PREFIXED = ["192.0.2.7/32", "2001:db8::7/128"] as const;

async function run(lab: Lab): Promise<void> {
  const list = await make.list(lab, UNSORTED);
  lab.found(order, addressesIn(list.row).join() === UNSORTED.join() ? "kept" : "changed");
  const [spelt = ""] = await updated(lab, list, [LONG]);
  lab.found(spelling, spelt === LONG ? "kept" : spelt === "2001:db8::ab" ? "shortened" : "other", spelt);
  const prefixed = [...(await updated(lab, list, PREFIXED))].sort();
  const isRemoved = prefixed.join() === PREFIXED.map((text) => text.split("/")[0]).join();
  lab.found(prefix, prefixed.join() === PREFIXED.join() ? "kept" : isRemoved ? "removed" : "other");
  const last = await updated(lab, list, ["192.0.2.99"]);
  lab.found(update, last.join() === "192.0.2.99" ? "replaces" : last.includes("192.0.2.99") ? "adds" : "other");
}

async function updated(lab: Lab, list: OwnObject, addresses: readonly string[]): Promise<readonly string[]> {
  const before = addressesIn((await lab.own.read(list)) ?? {}).join();
  await lab.api.update(lab.own.path(list), { ip_addresses: addresses });
  return addressesIn(await lab.own.readUntil(list, (row) => addressesIn(row).join() !== before));
}

function addressesIn({ ip_addresses: addresses }: { readonly ip_addresses?: unknown }): readonly string[] {
  return Array.isArray(addresses) ? addresses.map(String) : [];
}

export const addresses: Experiment = {
  title: "addresses of a list",
  facts: [order, spelling, prefix, update],
  makes: "1 IP access control list",
  run,
};
