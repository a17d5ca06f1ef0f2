import { expect, test } from "@jest/globals";
import { type Dns, resolveUri } from "./targets";

type Records = Readonly<Record<string, readonly string[]>>;

/** Name servers that know addresses by host and `priority weight port host` by service. */
function dns({ a = {}, aaaa = {}, srv = {} }: { a?: Records; aaaa?: Records; srv?: Records }, failing?: string): Dns {
  const find = async (records: Records, name: string): Promise<string[]> => {
    if (name === failing) throw Object.assign(new Error("no"), { code: "ETIMEOUT" });
    if (records[name] === undefined) throw Object.assign(new Error("none"), { code: "ENOTFOUND" });
    return [...records[name]];
  };
  return {
    resolve4: (name: string) => find(a, name),
    resolve6: (name: string) => find(aaaa, name),
    resolveSrv: async (name: string) =>
      (await find(srv, name)).map((record) => {
        const [priority = "", weight = "", port = "", host = ""] = record.split(" ");
        return { priority: Number(priority), weight: Number(weight), port: Number(port), name: host };
      }),
  } as Dns;
}

const a = { "sip.example.com": ["203.0.113.7"], "a.example.com": ["203.0.113.8"], "b.example.com": ["203.0.113.9"] };

async function placesOf(uri: string, records: Parameters<typeof dns>[0] = { a }) {
  const resolution = await resolveUri(uri, dns(records));
  return resolution?.targets.map(({ transport, address, port }) => `${transport} ${address} ${port}`);
}

test.each<[uri: string, places: readonly string[]]>([
  ["sip.example.com", ["udp 203.0.113.7 5060"]],
  ["sip.example.com.", ["udp 203.0.113.7 5060"]],
  ["sip.example.com:5080;transport=tcp", ["tcp 203.0.113.7 5080"]],
  ["sip:user@sip.example.com;transport=TLS", ["tls 203.0.113.7 5061"]],
  ["sips:sip.example.com", ["tls 203.0.113.7 5061"]],
  ["198.51.100.4", ["udp 198.51.100.4 5060"]],
  ["[2001:db8::1]:5070", ["udp 2001:db8::1 5070"]],
])("%s leads to %j", async (uri, places) => {
  expect(await placesOf(uri)).toEqual(places);
});

test("SRV records come in the order of their priority and weight, each with its port", async () => {
  const srv = {
    "_sips._tcp.example.com": ["20 1 5061 b.example.com", "10 1 7 a.example.com", "10 9 5062 b.example.com"],
  };
  expect(await placesOf("example.com;transport=tls", { a, srv })).toEqual([
    "tls 203.0.113.9 5062",
    "tls 203.0.113.8 7",
    "tls 203.0.113.9 5061",
  ]);
});

test("a port leaves no SRV record to look up", async () => {
  const srv = { "_sip._udp.sip.example.com": ["1 1 7 a.example.com"] };
  expect(await placesOf("sip.example.com:5060", { a, srv })).toEqual(["udp 203.0.113.7 5060"]);
});

test("a host without an address, and a name server without a response, are told apart", async () => {
  const missing = await resolveUri("gone.example.com", dns({ a }));
  expect(missing).toMatchObject({ targets: [], problems: ["gone.example.com has no address"] });
  const silent = await resolveUri("sip.example.com", dns({ a }, "sip.example.com"));
  expect(silent?.problems).toEqual(["sip.example.com could not be looked up (ETIMEOUT)"]);
});

test("a URI says its transport, or it is not stated", async () => {
  const stated = async (uri: string) => (await resolveUri(uri, dns({ a })))?.isStated;
  expect(
    await Promise.all(["sip.example.com", "sip.example.com;transport=udp", "sips:a.example.com"].map(stated)),
  ).toEqual([false, true, true]);
});

test("a URI of another form is left alone", async () => {
  expect(await resolveUri("https://sip.example.com/path", dns({ a }))).toBeUndefined();
});

test("an SRV record whose target is a dot says that there is no such service: the host itself is not tried", async () => {
  for (const target of ["", "."]) {
    const srv = { "_sip._udp.sip.example.com": [`0 0 0 ${target}`] };
    expect(await resolveUri("sip.example.com", dns({ a, srv }))).toMatchObject({
      targets: [],
      problems: ["_sip._udp.sip.example.com says that the host has no such service"],
    });
  }
});

test("however many records and addresses a name server has, 16 addresses at most are followed", async () => {
  const addresses = Array.from({ length: 4_000 }, (_, n) => `203.0.113.${n % 256}`);
  const asked: string[] = [];
  const records = Array.from({ length: 2_000 }, (_, n) => `${n} 1 5060 a.example.com`);
  const many = dns({ a: { "a.example.com": addresses }, srv: { "_sip._udp.example.com": records } });
  const resolve4 = (name: string) => {
    asked.push(name);
    return many.resolve4(name);
  };
  const counted = { ...many, resolve4 } as Dns;
  const resolution = await resolveUri("example.com", counted);
  expect(resolution?.targets).toHaveLength(16);
  expect(asked).toHaveLength(8);
  expect(resolution?.problems).toEqual([
    "only the first 8 of 2000 records of _sip._udp.example.com are followed",
    "only the first 16 of 32000 addresses are followed",
  ]);
});
