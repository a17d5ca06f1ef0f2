// The plugin that Pulumi's own documentation begins with: one resource that does nothing.
const pulumi = require("@pulumi/pulumi");

/** @type {pulumi.provider.Provider} */
const provider = {
  version: "0.1.0",
  schema: JSON.stringify({ name: "plivo", version: "0.1.0", resources: { "plivo:index:Trunk": {} } }),
  check: async (_urn, _olds, news) => ({ inputs: news, failures: [] }),
  create: async (_urn, inputs) => ({ id: "1", outs: inputs }),
};

pulumi.provider.main(provider, process.argv.slice(2)).catch((/** @type {unknown} */ error) => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
