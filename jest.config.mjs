/**
 * Four projects: what runs in milliseconds, what needs a real engine, what needs the packed tarball, and what is tried
 * before a release only: other package managers, the oldest Pulumi, pipelines, recipes in
 * all their languages, the site, a dry run.
 */
const shared = {
  testEnvironment: "node",
  setupFiles: ["<rootDir>/tests/support/short-stacks.cjs"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, sourceMaps: "inline" }],
  },
  moduleNameMapper: {
    // Each test file would load both with @pulumi/pulumi, and few use them.
    "^typescript$": "<rootDir>/tests/support/lazy/typescript.cjs",
    "^@npmcli/arborist$": "<rootDir>/tests/support/lazy/arborist.cjs",
    "^pulumi-plivo$": "<rootDir>/sdk/dynamic/index.ts",
    "^pulumi-plivo/provider$": "<rootDir>/provider/dynamic/index.ts",
    "^pulumi-plivo/simulator$": "<rootDir>/simulator/index.ts",
    "^pulumi-plivo/plugin$": "<rootDir>/sdk/plugin/index.ts",
  },
  // Of two packages with one name jest would take neither.
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/sdk/nodejs/package.json"],
};

export default {
  // Nothing here is timed: this only ends what hangs, on a slow machine too. Jest ignores it in a project.
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/{cli,provider,sdk,simulator,scripts}/**/*.test.ts", "<rootDir>/tests/*.test.ts"],
    },
    {
      ...shared,
      displayName: "engine",
      testMatch: ["<rootDir>/tests/engine/**/*.test.ts"],
      globalSetup: "<rootDir>/tests/engine/support/run/set-up.ts",
    },
    { ...shared, displayName: "package", testMatch: ["<rootDir>/tests/package/**/*.test.ts"] },
    {
      ...shared,
      displayName: "release",
      testMatch: ["<rootDir>/tests/release/**/*.test.ts"],
      globalSetup: "<rootDir>/tests/engine/support/run/set-up.ts",
    },
  ],
};
