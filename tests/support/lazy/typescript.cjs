/** What jest.config.mjs gives for `typescript`. */
const { lazily } = require("./lazily.cjs");

module.exports = lazily(() => require("typescript/lib/typescript.js"));
