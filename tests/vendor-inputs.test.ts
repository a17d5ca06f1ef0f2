/** A program made of all inputs that Plivo's pages and the guides of voice platforms show, in every adapter. */
import { expect, test } from "@jest/globals";
import { Account } from "../provider/resources/index";
import { vendorInputs } from "./support/adapters/vendor-inputs";
import { openRuns } from "./support/virtual/virtual-world";

const settings = { authId: "MAVENDOR", authToken: "token", baseUrl: "http://127.0.0.1:9/v1" };

test.each(Object.entries(openRuns))("%s rejects none of the inputs that vendors show", async (_, open) => {
  const run = open(new Account(settings));
  for (const { token, name, args } of vendorInputs) {
    const { inputs, failures } = await run.adapter(name).check(token, { name, ...args, ...nameless(token) });
    expect([token, args, failures]).toEqual([token, args, []]);
    // Checked twice is checked once; and what was accepted for a new object is for the same one.
    const again = await run.adapter(name).check(token, inputs, inputs);
    expect([again.inputs, again.failures]).toEqual([inputs, []]);
  }
  expect(vendorInputs.length).toBeGreaterThan(90);
});

/** An attachment has no name. */
function nameless(token: string) {
  return token === "PhoneNumberAttachment" ? { name: undefined } : {};
}
