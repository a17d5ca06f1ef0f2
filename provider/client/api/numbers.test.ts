import { expect, test } from "@jest/globals";
import { lines, type Reply, rejection, setup } from "../testing/scripted-server";

const NUMBER = "14155550100";
const routed = (application: unknown): Reply => ({
  json: { number: NUMBER, alias: "", application, voice_enabled: true },
});
const onTrunk = routed("/v1/Account/MA1/Zentrunk/Trunk/123/");
const changed: Reply = { status: 202, json: { message: "changed" } };

test.each([
  ["/v1/Account/MA1/Zentrunk/Trunk/123/", { kind: "trunk", id: "123" }],
  ["v1/Account/MA1/Zentrunk/Trunk/123", { kind: "trunk", id: "123" }],
  ["/v1/Account/MA1/Application/77/", { kind: "application", id: "77" }],
  ["77", { kind: "application", id: "77" }],
  [77, { kind: "application", id: "77" }],
  ["", null],
  [null, null],
  [undefined, null],
])("the application %j reads as %j", async (application, expected) => {
  const { plivo, requests } = await setup([routed(application)]);
  expect(await plivo.numbers.get(`+${NUMBER}`)).toEqual({ number: NUMBER, alias: null, application: expected });
  expect(lines(requests)).toEqual([`GET Number/${NUMBER}/`]);
});

test("routing sends the id as app_id, and is retried when its response is lost", async () => {
  const { plivo, requests } = await setup([{ status: 500 }, changed]);
  await plivo.numbers.route(NUMBER, "123");
  expect(requests.map(({ body }) => body)).toEqual([{ app_id: "123" }, { app_id: "123" }]);
});

const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

test.each<[string, Reply[], unknown[]]>([
  ["null does it", [changed, routed(null)], [null]],
  ["a default application takes over", [changed, routed("/v1/Account/MA1/Application/1/")], [null]],
  ["null is ignored", [changed, onTrunk, changed, routed(null)], [null, ""]],
  ...[400, 403, 404, 409, 422].map((status): [string, Reply[], unknown[]] => [
    `null is rejected with ${status}`,
    [{ status }, onTrunk, changed, routed(null)],
    [null, ""],
  ]),
  [
    "null fails for good with 500",
    [...times(6, { status: 500 }), onTrunk, changed, routed(null)],
    [...times(6, null), ""],
  ],
  ["null is rejected and done all the same", [{ status: 404 }, routed(null)], [null]],
  ["null fails for good and was done", [...times(6, { status: 500 }), routed(null)], times(6, null)],
])("a number is detached where %s", async (_, replies, sent) => {
  const { plivo, requests } = await setup(replies);
  await plivo.numbers.detach(NUMBER);
  const posts = requests.filter(({ method }) => method === "POST");
  expect(posts.map(({ body }) => body)).toEqual(sent.map((empty) => ({ app_id: empty })));
  expect(requests.at(-1)?.method).toBe("GET");
});

test("a number that stays on its trunk is an error that names the trunk", async () => {
  const { plivo } = await setup([changed, onTrunk]);
  const error = await rejection(plivo.numbers.detach(NUMBER));
  expect(error.message).toContain(`POST Number/${NUMBER}/ -> still routed to trunk 123`);
});

test("a number that neither value detaches is an error that tells what became of both", async () => {
  const rejected = (error: string): Reply => ({ status: 404, json: { error } });
  const { plivo } = await setup([rejected("no null"), onTrunk, rejected("no text"), onTrunk]);
  const error = await rejection(plivo.numbers.detach(NUMBER));
  expect(error.message).toContain('still routed to trunk 123 after app_id null (404 "no null") and "" (404 "no text")');
  expect(error.name).not.toBe("NotFoundError");
});

test.each([401, 429])("a %s to a detach says nothing about its value: the other one is not tried", async (status) => {
  const { plivo, requests } = await setup([{ status, headers: { "retry-after": "9999" } }]);
  await rejection(plivo.numbers.detach(NUMBER));
  expect(requests).toHaveLength(1);
});

test("all pages of numbers are read", async () => {
  const { plivo } = await setup(({ query }) => {
    const offset = Number(query.offset);
    const objects = Array.from({ length: Math.min(20, 23 - offset) }, (_, n) => ({
      number: String(1_000 + offset + n),
    }));
    return { json: { objects, meta: { total_count: 23 } } };
  });
  expect(await plivo.numbers.list()).toHaveLength(23);
});
