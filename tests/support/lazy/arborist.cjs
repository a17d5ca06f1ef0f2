/** What jest.config.mjs gives for `@npmcli/arborist`. */
const { join } = require("node:path");
const { lazily } = require("./lazily.cjs");

/** Its name would lead back to here, and it exports nothing else. */
const library = join(__dirname, "../../../node_modules/@npmcli/arborist");

module.exports = lazily(() => require(library));
