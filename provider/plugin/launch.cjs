#!/usr/bin/env node
// @ts-nocheck
/**
 * bin/pulumi-resource-plivo: starts the bundle beside it. Each Pulumi command starts this process anew, and most of its
 * start is V8 compiling the bundle. From Node 22.1 on V8 can keep what it compiled; before, this file is a detour of half
 * a millisecond. In the user's own folder: code that anybody else may write is not to be run.
 */
const { HOME, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
const { join } = require("node:path");

const caches = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, ".cache"));
// It answers whether it could, and never throws.
if (caches) require("node:module").enableCompileCache?.(join(caches, "pulumi-plivo", "compiled"));

require(join(__dirname, "pulumi-resource-plivo.cjs"));
