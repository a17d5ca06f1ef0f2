import { expect, jest, test } from "@jest/globals";
import { type About, errorFor } from "./error-factory";
import * as errors from "./errors";
import type { Trouble } from "./trouble";

const about: About = {
  method: "GET",
  path: "Zentrunk/Trunk/123/",
  what: "trunk 123",
  idempotent: true,
  toCollection: false,
  authId: "MA1",
};
const create: About = {
  ...about,
  method: "POST",
  path: "Zentrunk/Trunk/",
  what: "trunk",
  idempotent: false,
  toCollection: true,
};
const status = (code: number): Trouble => ({
  kind: "status",
  status: code,
  apiId: "1a2b",
  said: "no",
  retryAfterMs: null,
});

test.each([
  [400, errors.BadRequestError, "refused"],
  [401, errors.AuthenticationError, "refused"],
  [403, errors.ForbiddenError, "refused"],
  [404, errors.NotFoundError, "refused"],
  [405, errors.BadRequestError, "refused"],
  [408, errors.ServerError, "unknown"],
  [409, errors.BadRequestError, "refused"],
  [422, errors.BadRequestError, "refused"],
  [429, errors.RateLimitError, "refused"],
  [500, errors.ServerError, "unknown"],
  [501, errors.ServerError, "refused"],
  [504, errors.ServerError, "unknown"],
])("status %d becomes its own class with its outcome", (code, ErrorClass, outcome) => {
  const error = errorFor(status(code), about);
  expect(error).toBeInstanceOf(ErrorClass);
  expect(error).toMatchObject({
    status: code,
    apiId: "1a2b",
    method: "GET",
    path: "Zentrunk/Trunk/123/",
    outcome,
    name: ErrorClass.kind,
  });
});

test("a 404 of a collection is a wrong address, not an object that is gone", () => {
  expect(errors.NotFoundError.isInstance(errorFor(status(404), create))).toBe(false);
  expect(errors.NotFoundError.isInstance(errorFor(status(404), { ...about, toCollection: true }))).toBe(false);
});

test("a message says what was asked, what Plivo said, its id, and what to do", () => {
  expect(errorFor(status(400), create).message).toBe(
    'POST Zentrunk/Trunk/ -> 400 "no" (api_id 1a2b): correct what Plivo names and try again',
  );
  expect(errorFor(status(404), about).message).toBe(
    'GET Zentrunk/Trunk/123/ -> 404 "no" (api_id 1a2b): account "MA1" has no trunk 123 (any more)',
  );
  expect(errorFor(status(401), about).message).toContain('Auth ID "MA1" or its Auth Token is wrong');
  expect(errorFor(status(403), about).message).toContain("SIP trunking is not enabled");
  const number = { ...about, path: "Number/14155550100/" };
  expect(errorFor(status(403), number).message).toContain('account "MA1" may not do that');
});

test("a create in doubt says so, and asks for nothing: the caller checks", () => {
  for (const trouble of [
    status(500),
    { kind: "timeout", afterMs: 1, last: true, unsent: false, proxy: null } satisfies Trouble,
  ]) {
    expect(errorFor(trouble, create)).toMatchObject({
      outcome: "unknown",
      message: expect.stringMatching(/: Plivo may have created the trunk$/),
    });
  }
});

test("giving up while waiting carries the outcome and the text of the attempt before", () => {
  const earlier = errorFor(status(503), about);
  const error = errorFor({ kind: "cancelled" }, about, { earlier });
  expect(error).toMatchObject({ name: "CancelledError", outcome: "unknown", cause: earlier });
  expect(error.message).toContain("-> 503");
  expect(errorFor({ kind: "cancelled" }, about).outcome).toBe("unreached");
});

test("a call of which one attempt may have acted is not called unreached after a later attempt that was", () => {
  const refused: Trouble = { kind: "network", code: "ECONNREFUSED", said: "refused", unsent: true };
  expect(errorFor(refused, about, { mayHaveActed: true }).outcome).toBe("unknown");
  expect(errorFor(refused, about).outcome).toBe("unreached");
});

test("isInstance tells the classes apart, and works across two loaded copies of the package", () => {
  const error = errorFor(status(404), about);
  const copies = [errors];
  jest.isolateModules(() => copies.push(jest.requireActual<typeof errors>("./errors")));
  expect(error instanceof (copies[1]?.NotFoundError ?? Object)).toBe(false);
  for (const { PlivoError, NotFoundError, ServerError } of copies) {
    expect([PlivoError, NotFoundError, ServerError].map((each) => each.isInstance(error))).toEqual([true, true, false]);
  }
});

test.each([null, undefined, "text", 7, new Error("x"), {}])("%p is no PlivoError", (value) => {
  expect(errors.PlivoError.isInstance(value)).toBe(false);
});
