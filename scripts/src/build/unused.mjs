/**
 * Parts of libraries that nothing of ours reaches, and that every process would have to read or run. Each is a few
 * milliseconds of every Pulumi command.
 */

import fs from "node:fs";
import { Problem } from "../lib/cli.mjs";

/**
 * gRPC's reader of .proto files (ours are compiled), axios' uploads of files with their table of MIME types, and its way
 * through proxies (we have our own).
 */
const PACKAGES = /^(@grpc\/proto-loader|form-data|https-proxy-agent)$/;
/** axios' ways to send besides the one for Node.js: that for `fetch` makes Node.js load a second HTTP client. */
const ADAPTERS = /[/\\]axios[/\\]lib[/\\]adapters[/\\](fetch|xhr)\.js$/;
/** So does loading the FormData of Node.js: 17 ms and 5 MB, to recognise what is never sent. */
const UTILS = /[/\\]axios[/\\]lib[/\\]utils\.js$/;
const FORM_DATA = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

/** @type {import("esbuild").Plugin} */
export const withoutUnused = {
  name: "without-unused",
  setup(build) {
    build.onResolve({ filter: PACKAGES }, ({ path: name }) => ({ path: name, namespace: "unused" }));
    // A class, because axios asks of every body whether it is an instance.
    build.onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "module.exports = class {};" }));
    build.onLoad({ filter: UTILS }, ({ path: file }) => ({ contents: withoutFormData(file) }));
    // What axios itself has for an adapter that the environment does not support.
    const contents = "export default false; export const getFetch = () => false;";
    build.onLoad({ filter: ADAPTERS }, () => ({ contents }));
  },
};

/** @param {string} file */
function withoutFormData(file) {
  const text = fs.readFileSync(file, "utf8");
  if (!text.includes(FORM_DATA)) throw new Problem(`axios does not look at FormData as it did: see ${file}.`);
  return text.replace(FORM_DATA, "undefined");
}
