/** What the tests of the recipes share. */
import { expect } from "@jest/globals";
import type { Simulator } from "pulumi-plivo/simulator";
import type { Settings } from "./recipe";

export interface AtPlivo {
  readonly uri: string;
  /** What tells the trunk for calls out from another; without it there is none. */
  readonly outbound?: { readonly secure: boolean; readonly by: "credential" | "addresses" };
}

export const password: Settings = { sipPassword: "try_this;one" };
export const encrypted = { secure: true, by: "credential" } as const;

/** What a recipe has at Plivo. */
export function expectAtPlivo({ store }: Simulator, number: string, { uri, outbound }: AtPlivo): void {
  const [found] = [...store.originationUris.values()].filter((row) => row.uri === uri);
  const inbound = [...store.trunks.values()].filter((row) => row.primary_uri_uuid === found?.uri_uuid);
  expect(inbound).toEqual([expect.objectContaining({ trunk_direction: "inbound", trunk_status: "enabled" })]);
  expect(store.numbersOf(inbound[0]?.trunk_id ?? "")).toEqual([expect.objectContaining({ number })]);
  if (outbound === undefined) return;
  const prefix = inbound[0]?.name.replace(/-inbound.*/, "-outbound") ?? "";
  const out = [...store.trunks.values()].filter(({ name }) => name.startsWith(prefix));
  const credential = outbound.by === "credential" ? expect.any(String) : null;
  const addresses = outbound.by === "addresses" ? expect.any(String) : null;
  const admits = { secure: outbound.secure, credential_uuid: credential, ipacl_uuid: addresses };
  expect(out).toEqual([expect.objectContaining({ trunk_direction: "outbound", ...admits })]);
}
