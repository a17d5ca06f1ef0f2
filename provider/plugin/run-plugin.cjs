// @ts-nocheck
/**
 * bin/plugin.js, the `main` of the package: how Pulumi's run-plugin loads the plugin from a folder. Where the user's
 * tsconfig.json allows JavaScript, run-plugin compiles everything that is required: this file, but not the bundle.
 */
const { readFileSync } = require("node:fs");
const { Module } = require("node:module");
const { join } = require("node:path");

const file = join(__dirname, "pulumi-resource-plivo.cjs");
const bundle = new Module(file, module);
bundle.filename = file;
bundle._compile(readFileSync(file, "utf8"), file);
