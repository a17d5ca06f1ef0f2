/** What `set-up.ts` made, as its workers see it. */

export const variables = {
  folder: "PULUMI_PLIVO_TEST_FOLDER",
  keyServer: "PULUMI_PLIVO_TEST_KEY_SERVER",
} as const;

export function ofThisRun(name: keyof typeof variables): string {
  const value = process.env[variables[name]];
  if (!value)
    throw new Error(`${variables[name]} is not set: jest.config.mjs names support/run/set-up.ts, which sets it`);
  return value;
}
