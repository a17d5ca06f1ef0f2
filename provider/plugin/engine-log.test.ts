import { afterEach, expect, test } from "@jest/globals";
import { EngineLog } from "./engine-log";
import { FakeEngine } from "./testing/fake-engine";

afterEach(() => {
  delete process.env.https_proxy;
});

test("lines for the engine, which is on this machine, go through no proxy", async () => {
  process.env.https_proxy = "http://127.0.0.1:1";
  const engine = await FakeEngine.start();
  try {
    const log = new EngineLog();
    log.connect(engine.address);
    log.write("urn", "info", "hello\u001b");
    expect(await engine.logged(1)).toMatchObject([{ text: "hello\\u001b" }]);
  } finally {
    engine.stop();
  }
});
