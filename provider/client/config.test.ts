import { expect, test } from "@jest/globals";
import { readConfig } from "./config";
import { ConfigurationError } from "./http/errors";

const account = { authId: "MA1", authToken: "token" };

test("what is not given has its documented default", () => {
  expect(readConfig(account, {})).toEqual({
    ...account,
    baseUrl: "https://api.plivo.com/v1",
    maxRetries: 5,
    requestTimeoutMs: 30_000,
  });
});

test.each([
  "http://127.0.0.1:80/v1/",
  "http://localhost/v1",
  "http://[::1]:8080",
  "http://127.1/x",
  "https://proxy.example/v1",
])("%s may be the base URL", (baseUrl) => {
  expect(readConfig({ ...account, baseUrl }, {}).baseUrl).not.toMatch(/\/$/);
});

test.each([
  "http://api.plivo.com/v1",
  "http://localhost.evil.example/v1",
  "http://127.0.0.1.evil.example/v1",
  "http://10.0.0.1/v1",
  "ftp://127.0.0.1/v1",
  "https://user:hunter2@api.plivo.com/v1",
  "https://api.plivo.com/v1?x=hunter2",
  "https://api.plivo.com/v1#x",
  "https://api.plivo.com/v1?",
  "https://api.plivo.com/v1#",
  "api.plivo.com/hunter2",
])("%s may not be the base URL, and nothing secret in it is quoted", (baseUrl) => {
  const attempt = () => readConfig({ ...account, baseUrl }, {});
  expect(attempt).toThrow(ConfigurationError);
  expect(attempt).not.toThrow(/hunter2/);
});

test("PLIVO_ALLOW_INSECURE=1, and nothing else, allows http to another host", () => {
  const options = { ...account, baseUrl: "http://gateway.example/v1" };
  expect(readConfig(options, { PLIVO_ALLOW_INSECURE: "1" }).baseUrl).toBe("http://gateway.example/v1");
  expect(() => readConfig(options, { PLIVO_ALLOW_INSECURE: "0" })).toThrow(/unencrypted/);
});

test.each([
  { authId: "" },
  { authId: "../MA2" },
  { authId: "MA1:x" },
  { authToken: "" },
  { authToken: "hunter2\n" },
  { authToken: "hunter2\0" },
  { maxRetries: -1 },
  { maxRetries: 21 },
  { maxRetries: Number.NaN },
  { requestTimeout: 0 },
  { requestTimeout: 0.5 },
  { requestTimeout: 601 },
  { requestTimeout: Number.NaN },
])("%j is rejected", (wrong) => {
  const attempt = () => readConfig({ ...account, ...wrong }, {});
  expect(attempt).toThrow(ConfigurationError);
  expect(attempt).not.toThrow(/hunter2/);
});
