import { expect, jest, test } from "@jest/globals";
import { createError, type RequestInfo } from "./create-error";
import * as errors from "./errors";
import type { RequestFailure } from "./failure";

const about: RequestInfo = {
  method: "GET",
  path: "Zentrunk/Trunk/123/",
  target: "trunk 123",
  idempotent: true,
  toCollection: false,
  authId: "MA1",
};
const create: RequestInfo = {
  ...about,
  method: "POST",
  path: "Zentrunk/Trunk/",
  target: "trunk",
  idempotent: false,
  toCollection: true,
};
const status = (code: number): RequestFailure => ({
  kind: "status",
  status: code,
  apiId: "1a2b",
  detail: "no",
  retryAfterMs: null,
});

test.each([
  [400, errors.BadRequestError, "rejected"],
  [401, errors.AuthenticationError, "rejected"],
  [403, errors.ForbiddenError, "rejected"],
  [404, errors.NotFoundError, "rejected"],
  [405, errors.BadRequestError, "rejected"],
  [408, errors.ServerError, "indeterminate"],
  [409, errors.BadRequestError, "rejected"],
  [422, errors.BadRequestError, "rejected"],
  [429, errors.RateLimitError, "rejected"],
  [500, errors.ServerError, "indeterminate"],
  [501, errors.ServerError, "rejected"],
  [504, errors.ServerError, "indeterminate"],
])("status %d becomes its own class with its outcome", (code, ErrorClass, outcome) => {
  const error = createError(status(code), about);
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

test("a 404 of a collection is a wrong address, not a deleted object", () => {
  expect(errors.NotFoundError.isInstance(createError(status(404), create))).toBe(false);
  expect(errors.NotFoundError.isInstance(createError(status(404), { ...about, toCollection: true }))).toBe(false);
});

test("a message has the request, Plivo's response, its id, and what to do", () => {
  expect(createError(status(400), create).message).toBe(
    'POST Zentrunk/Trunk/ -> 400 "no" (api_id 1a2b): correct what Plivo names and try again',
  );
  expect(createError(status(404), about).message).toBe(
    'GET Zentrunk/Trunk/123/ -> 404 "no" (api_id 1a2b): account "MA1" has no trunk 123 (any more)',
  );
  expect(createError(status(401), about).message).toContain('Auth ID "MA1" or its Auth Token is wrong');
  expect(createError(status(403), about).message).toContain("SIP trunking is not enabled");
  const number = { ...about, path: "Number/14155550100/" };
  expect(createError(status(403), number).message).toContain('account "MA1" may not do that');
});

test("an indeterminate create says so, and asks for nothing: the caller checks", () => {
  for (const failure of [
    status(500),
    { kind: "timeout", afterMs: 1, last: true, unsent: false, proxy: null } satisfies RequestFailure,
  ]) {
    expect(createError(failure, create)).toMatchObject({
      outcome: "indeterminate",
      message: expect.stringMatching(/: Plivo may have created the trunk$/),
    });
  }
});

test("giving up during a wait reports the outcome and the text of the previous attempt", () => {
  const earlier = createError(status(503), about);
  const error = createError({ kind: "cancelled" }, about, { earlier });
  expect(error).toMatchObject({ name: "CancelledError", outcome: "indeterminate", cause: earlier });
  expect(error.message).toContain("-> 503");
  expect(createError({ kind: "cancelled" }, about).outcome).toBe("not-sent");
});

test("a request of which one attempt may have acted is indeterminate, although a later attempt was not sent", () => {
  const refused: RequestFailure = { kind: "network", code: "ECONNREFUSED", detail: "refused", unsent: true };
  expect(createError(refused, about, { mayHaveActed: true }).outcome).toBe("indeterminate");
  expect(createError(refused, about).outcome).toBe("not-sent");
});

test("isInstance tells the classes apart, and works across two loaded copies of the package", () => {
  const error = createError(status(404), about);
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
