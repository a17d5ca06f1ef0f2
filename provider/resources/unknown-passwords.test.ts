/** The password of an origination URI that was imported is not known, and nothing is sent that may blank it. */
import { expect, test } from "@jest/globals";
import { check, previewUpdate, RunLedger, type Values } from "../lifecycle/index";
import { credential } from "./credential";
import { originationUri } from "./origination-uri";

const NOT_KNOWN = /^is not known: Plivo never returns it, and an update without it can blank it; set it in the program/;

const uri = { name: "pbx", uri: "sip.example.com", authenticationNeeded: true, username: "pbxlondon" };
const asked = { secrets: new Set<string>(), autoName: undefined };
const uriOutputs = { ...uri, password: null, forceDestroy: false, uriUuid: "uri-1" };

test.each<{ what: string; olds: Values; news: Values; isRejected: boolean }>([
  { what: "another address", olds: {}, news: { uri: "sip.example.net" }, isRejected: true },
  { what: "another name", olds: {}, news: { name: "london" }, isRejected: true },
  { what: "nothing", olds: {}, news: {}, isRejected: false },
  { what: "a password", olds: {}, news: { password: "hunter2!" }, isRejected: false },
  { what: "no authentication any more", olds: {}, news: { authenticationNeeded: false }, isRejected: false },
  {
    what: "another address, without authentication",
    olds: { authenticationNeeded: false, username: null },
    news: { authenticationNeeded: false, uri: "sip.example.net" },
    isRejected: false,
  },
  { what: "authentication", olds: { authenticationNeeded: false, username: null }, news: {}, isRejected: false },
])("an origination URI whose password is not known gets $what: rejected $isRejected", ({ olds, news, isRejected }) => {
  const [before, after] = [
    { ...uri, ...olds },
    { ...uri, ...news },
  ];
  const { failures } = check(originationUri, { ...asked, news: after, olds: before }, new RunLedger());
  const refused = [{ property: "password.value", reason: expect.stringMatching(NOT_KNOWN) }];
  expect(failures).toEqual(isRejected ? refused : []);
  const request = { id: "uri-1", olds: { ...uriOutputs, ...olds }, news: after };
  if (isRejected) expect(() => previewUpdate(originationUri, request)).toThrow("refused, password is not known");
  else expect(previewUpdate(originationUri, request)).toMatchObject({ name: after.name });
});

test("an empty password, as an import writes it into a program, is none while it is not known, and nothing else", () => {
  const imported = { name: "london", username: "pbxlondon" };
  const judged = (news: Values, olds?: Values) => check(credential, { ...asked, news, olds }, new RunLedger());
  const { inputs, failures } = judged({ ...imported, password: "" }, imported);
  expect({ inputs, failures }).toEqual({ inputs: { ...imported, forceDestroy: false }, failures: [] });
  const refused = [{ property: "password.value", reason: expect.stringMatching(NOT_KNOWN) }];
  expect(judged({ ...imported, name: "paris", password: "" }, imported).failures).toEqual(refused);
  const tooShort = [{ property: "password.value", reason: expect.stringMatching(/must be 5-20 characters/) }];
  expect(judged({ ...imported, password: "" }).failures).toEqual(tooShort);
  expect(judged({ ...imported, password: "" }, { ...imported, password: "Secret!1" }).failures).toEqual(tooShort);
});

test.each(["username", "password"] as const)(
  "the %s of an origination URI cannot be taken out while it is in use",
  (key) => {
    const before: Values = { ...uri, password: "hunter2!" };
    const after = Object.fromEntries(Object.entries(before).filter(([name]) => name !== key));
    const failuresOf = (news: Values, olds?: Values) =>
      check(originationUri, { ...asked, news, olds }, new RunLedger()).failures;
    const reason = expect.stringMatching(
      /^cannot be taken out while authenticationNeeded stays true: .*or authenticationNe/,
    );
    expect(failuresOf(after, before)).toEqual([{ property: key === "password" ? "password.value" : key, reason }]);
    expect(failuresOf({ ...after, authenticationNeeded: false }, before)).toEqual([]);
    expect(failuresOf(after, after)).toEqual([]);
    expect(failuresOf(after)).toEqual([]);
  },
);

test("an update that leaves out a known password is rejected before any request", () => {
  const request = { id: "uri-1", olds: { ...uriOutputs, password: "hunter2!" }, news: uri };
  expect(() => previewUpdate(originationUri, request)).toThrow(
    "refused, password is left out, and an update without it",
  );
});
