/** Against servers of this test's own, and sipp where it is installed. */
import { execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, expect, test } from "@jest/globals";
import { generate } from "selfsigned";
import { probe } from "./probe";
import { responseIn } from "./sip-options";
import type { Target, Transport } from "./targets";

const LONG = 60_000;
const ends: (() => unknown)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function target(transport: Transport, port: number, host = "sip.test"): Target {
  return { transport, host, port, address: "127.0.0.1", from: host };
}

/** What a SIP server writes to this request. */
function reply(request: string, status = "200 OK"): string {
  const headers = /^(Via|From|To|Call-ID|CSeq): .*$/gm;
  return `SIP/2.0 ${status}\r\n${[...request.matchAll(headers)].map(([line]) => `${line.trim()}\r\n`).join("")}\r\n`;
}

type Answer = (request: string, socket: Socket) => void;

const honest: Answer = (request, socket) => socket.write(reply(request));

async function tcpServer(answer: Answer = honest): Promise<number> {
  const server = createServer((socket) => {
    ends.push(() => socket.destroy());
    socket.on("error", () => {}).on("data", (bytes) => answer(bytes.toString(), socket));
  });
  ends.push(() => server.close());
  return listening(server);
}

async function tlsServer(names: readonly string[], days = 30, since = -90): Promise<number> {
  const notBeforeDate = new Date(Date.now() + since * 86_400_000);
  const notAfterDate = new Date(Date.now() + days * 86_400_000);
  const altNames = names.map((value) => ({ type: 2 as const, value }));
  const { private: key, cert } = await generate([{ name: "commonName", value: "sip" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate,
    notAfterDate,
    extensions: [{ name: "subjectAltName", altNames }],
  });
  const server = createTlsServer({ key, cert }, (socket) => {
    ends.push(() => socket.destroy());
    socket.on("error", () => {}).on("data", (bytes) => honest(bytes.toString(), socket));
  });
  ends.push(() => server.close());
  return listening(server);
}

function listening(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

/** Leaves the first requests without a response. */
async function udpServer(ignored = 0, status = "200 OK"): Promise<number> {
  const socket = createSocket("udp4");
  let heard = 0;
  socket.on("message", (bytes, { port, address }) => {
    heard += 1;
    if (heard > ignored) socket.send(reply(bytes.toString(), status), port, address);
  });
  ends.push(() => socket.close());
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return socket.address().port;
}

test("a server that responds over UDP, TCP or TLS is there, whatever it responds", async () => {
  expect(await probe(target("udp", await udpServer()), LONG)).toMatchObject({
    response: { status: 200, reason: "OK" },
  });
  const busy = await probe(target("udp", await udpServer(0, "503 Busy")), LONG);
  expect(busy).toMatchObject({ response: { status: 503, reason: "Busy" }, failure: null, certificate: null });
  expect(await probe(target("tcp", await tcpServer()), LONG)).toMatchObject({ response: { status: 200 } });
  const port = await tlsServer(["sip.test"]);
  expect(await probe(target("tls", port), LONG)).toMatchObject({
    response: { status: 200 },
    certificate: { problem: null, isTrusted: false, validTo: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
  });
});

test("over UDP the request is sent again", async () => {
  expect(await probe(target("udp", await udpServer(1)), LONG)).toMatchObject({ response: { status: 200 } });
});

test("a certificate for another host, or one that has expired or is not valid yet, is reported, and the server is asked all the same", async () => {
  const foreign = await probe(target("tls", await tlsServer(["other.test"])), LONG);
  expect(foreign).toMatchObject({ response: { status: 200 }, certificate: { problem: "is not for sip.test" } });
  const expired = await probe(target("tls", await tlsServer(["sip.test"], -1)), LONG);
  expect(expired).toMatchObject({ response: { status: 200 }, certificate: { problem: "has expired" } });
  const early = await probe(target("tls", await tlsServer(["sip.test"], 30, 2)), LONG);
  const problem = expect.stringMatching(/^is not valid before \d{4}-\d\d-\d\d$/);
  expect(early).toMatchObject({ response: { status: 200 }, certificate: { problem } });
});

test("a closed port is refused at once, over each transport", async () => {
  const udp = createSocket("udp4");
  await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
  const { port } = udp.address();
  await new Promise<void>((resolve) => udp.close(() => resolve()));
  for (const transport of ["udp", "tcp", "tls"] as const)
    expect(await probe(target(transport, port), LONG)).toMatchObject({ response: null, failure: "connection refused" });
});

test("what stays silent ends with the deadline", async () => {
  const silent = await tcpServer(() => {});
  expect(await probe(target("tcp", silent), 200)).toMatchObject({
    response: null,
    failure: "no response within 0.2 s",
  });
  expect(await probe(target("tls", silent), 200)).toMatchObject({ failure: "no response within 0.2 s" });
  const deaf = await udpServer(Number.POSITIVE_INFINITY);
  expect(await probe(target("udp", deaf), 200)).toMatchObject({ failure: "no response within 0.2 s" });
});

test("what is no SIP response, or one to another request, is none", async () => {
  const web = await tcpServer((_, socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  expect(await probe(target("tcp", web), LONG)).toMatchObject({
    response: null,
    failure: "the connection was closed without a response",
  });
  const flood = await tcpServer((_, socket) => socket.write("x".repeat(70_000)));
  expect(await probe(target("tcp", flood), LONG)).toMatchObject({ failure: "what came is no SIP response" });
  const request = { text: "", callId: "mine" };
  expect(responseIn("SIP/2.0 200 OK\r\nCall-ID: other\r\n\r\n", request)).toBeUndefined();
  expect(responseIn("SIP/2.0 100 Trying\r\nCall-ID: mine\r\n\r\n", request)).toBeUndefined();
  expect(responseIn("SIP/2.0 200 OK\r\nCall-ID: mine\r\n", request)).toBeUndefined();
  expect(responseIn("SIP/2.0 100 Trying\r\ni:mine\r\n\r\nSIP/2.0 404 No\r\ni:mine\r\n\r\n", request)).toEqual({
    status: 404,
    reason: "No",
  });
});

const noSipp = problemWithSipp();

function problemWithSipp(): string | undefined {
  try {
    execFileSync("sipp", ["-v"], { stdio: "ignore" });
    return undefined;
  } catch (error) {
    // It ends its version with an exit code of its own.
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "sipp is not installed" : undefined;
  }
}

const scenario = `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="options">
  <recv request="OPTIONS" />
  <send><![CDATA[
    SIP/2.0 200 OK
    [last_Via:]
    [last_From:]
    [last_To:];tag=[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0
  ]]></send>
</scenario>`;

(noSipp ? test.skip : test).each(["udp", "tcp"] as const)(
  `sipp understands the request over %s${noSipp ? ` (skipped: ${noSipp})` : ""}`,
  async (transport) => {
    const folder = mkdtempSync(join(tmpdir(), "plivo-sipp-"));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "options.xml"), scenario);
    const port = await tcpServer();
    for (const end of ends.splice(1)) end();
    const flags = [
      "-sf",
      "options.xml",
      "-i",
      "127.0.0.1",
      "-p",
      String(port),
      "-nostdin",
      "-t",
      transport === "udp" ? "u1" : "t1",
    ];
    const sipp = spawn("sipp", flags, { cwd: folder, stdio: "ignore" });
    ends.push(() => sipp.kill("SIGKILL"));
    // It takes a moment until it listens.
    for (;;) {
      expect(sipp.exitCode).toBeNull();
      const { response } = await probe(target(transport, port), 1_000);
      if (response === null) continue;
      expect(response).toEqual({ status: 200, reason: "OK" });
      return;
    }
  },
);
