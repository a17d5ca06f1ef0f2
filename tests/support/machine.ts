/** Tests of what not every machine can do: skipped elsewhere, and the name of the test then says why. */
import { test } from "@jest/globals";

const hasModes = process.platform !== "win32";
export const posix = hasModes ? test : test.skip;
/** The end of the name of a `posix` test. */
export const onPosix = hasModes ? "" : " (skipped: Windows has no modes, owners and FIFOs)";

const isRoot = process.geteuid?.() === 0;
export const asRoot = isRoot ? test : test.skip;
/** The end of the name of an `asRoot` test. */
export const byRoot = isRoot ? "" : " (skipped: only root can give a file to another user)";
