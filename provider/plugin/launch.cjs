#!/usr/bin/env node
// @ts-nocheck
/**
 * bin/pulumi-resource-plivo: starts the bundle beside it. Each Pulumi command starts this process anew, and most of its
 * start is V8 compiling the bundle. From Node 22.1 on V8 can keep what it compiled; before, this file is a detour of half
 * a millisecond. Where no folder is the user's own, nothing is kept: code that others may write is not to be run.
 */
const { enableCompileCache } = require("node:module");
const { join } = require("node:path");

if (enableCompileCache) {
  const { folder } = require("./own-cache.cjs").ownCache();
  // It answers whether it could, and never throws.
  if (folder) enableCompileCache(join(folder, "compiled"));
}

require(join(__dirname, "pulumi-resource-plivo.cjs"));
