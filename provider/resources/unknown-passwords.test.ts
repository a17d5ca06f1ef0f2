/** The password of an origination URI that was imported is not known, and nothing is sent that may blank it. */
import { expect, test } from "@jest/globals";
import { check, Memory, previewUpdate, type Values } from "../lifecycle/index";
import { originationUri } from "./origination-uri";

const NOT_KNOWN = /^is not known: Plivo never returns it, and an update without it can blank it; set it in the program/;

const uri = { name: "pbx", uri: "sip.example.com", authenticationNeeded: true, username: "pbxlondon" };
const asked = { secrets: new Set<string>(), autoName: undefined };
const uriOutputs = { ...uri, password: null, forceDestroy: false, uriUuid: "uri-1" };

test.each<{ what: string; olds: Values; news: Values; isRefused: boolean }>([
  { what: "another address", olds: {}, news: { uri: "sip.example.net" }, isRefused: true },
  { what: "another name", olds: {}, news: { name: "london" }, isRefused: true },
  { what: "nothing", olds: {}, news: {}, isRefused: false },
  { what: "a password", olds: {}, news: { password: "hunter2!" }, isRefused: false },
  { what: "no authentication any more", olds: {}, news: { authenticationNeeded: false }, isRefused: false },
  {
    what: "another address, without authentication",
    olds: { authenticationNeeded: false, username: null },
    news: { authenticationNeeded: false, uri: "sip.example.net" },
    isRefused: false,
  },
  { what: "authentication", olds: { authenticationNeeded: false, username: null }, news: {}, isRefused: false },
  { what: "no password any more", olds: { password: "hunter2!" }, news: {}, isRefused: false },
])("an origination URI whose password is not known gets $what: refused $isRefused", ({ olds, news, isRefused }) => {
  const [before, after] = [
    { ...uri, ...olds },
    { ...uri, ...news },
  ];
  const { failures } = check(originationUri, { ...asked, news: after, olds: before }, new Memory());
  const refused = [{ property: "password.value", reason: expect.stringMatching(NOT_KNOWN) }];
  expect(failures).toEqual(isRefused ? refused : []);
  const request = { id: "uri-1", olds: { ...uriOutputs, ...olds }, news: after };
  if (isRefused) expect(() => previewUpdate(originationUri, request)).toThrow("refused, password is not known");
  else expect(previewUpdate(originationUri, request)).toMatchObject({ name: after.name });
});
