import { expect, test } from "@jest/globals";
import { EngineLog } from "./engine-log";
import { Session } from "./session";

function adoption(name: string, id: string): string {
  const session = new Session(new EngineLog());
  session.configure({});
  const urn = `urn:pulumi:dev::world::plivo:index:Trunk::${name}`;
  return session.context(urn).adoption("Trunk", id, { isInState: true });
}

test("commands that a user may copy hold one word each, whatever names and ids are", () => {
  expect(adoption("pbx", "123")).toBe(
    "if it is yours, run `pulumi state delete 'urn:pulumi:dev::world::plivo:index:Trunk::pbx'` and `pulumi import plivo:index:Trunk pbx 123`",
  );
  const hostile = adoption("it's $(reboot)", "1; reboot\u0007");
  expect(hostile).toContain("plivo:index:Trunk::it'\\''s $(reboot)'` and ");
  expect(hostile).toContain("`pulumi import plivo:index:Trunk 'it'\\''s $(reboot)' '1; reboot\\u0007'`");
});
