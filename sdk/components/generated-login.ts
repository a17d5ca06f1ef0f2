/**
 * A username and a password that a program need not think of. Each run makes new ones, and all but the first are ignored
 * (`ignoreChanges`): the state keeps what the credential was created with. A preview has unknown values instead, because
 * it cannot know which will be used.
 */
import { randomBytes, randomInt } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ALPHABET = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;
/** At least one is required. Those that shells and configuration files leave alone. */
const SIGNS = "_+";
const LONGEST = 20;

/** The letters and digits of the logical name, by which it is recognised in a PBX, and eight hex digits. */
export function newUsername(name: string): pulumi.Output<string> {
  return onceKnown(() => `${name.replace(/[^A-Za-z0-9]/g, "").slice(0, 12)}${randomBytes(4).toString("hex")}`);
}

/** 118 bits. */
export function newPassword(): pulumi.Output<string> {
  return onceKnown(() => {
    const characters = Array.from({ length: LONGEST - 1 }, () => pick(ALPHABET));
    characters.splice(randomInt(LONGEST), 0, pick(SIGNS));
    return characters.join("");
  });
}

function pick(from: string): string {
  return from.charAt(randomInt(from.length));
}

function onceKnown(make: () => string): pulumi.Output<string> {
  return pulumi.output(pulumi.runtime.isDryRun() ? (pulumi.unknown as unknown as string) : make());
}
