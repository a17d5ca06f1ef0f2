/** What the programs declare, with the classes of one adapter. */

/** @typedef {Record<string, new (name: string, args: object) => object>} Classes */
/** @typedef {{ size: number, account?: number }} Extent how many trunks or numbers there are, of how many numbers of the account */

export const NUMBER = "14155550100";
/** An inbound trunk that the account has already: with numbers, only what they cost is to be counted. */
const TRUNK_ID = "100";
const URI_UUID = "22222222-2222-2222-2222-222222222222";

/** N trunks on one credential. @param {Classes} plivo @param {Extent} extent */
function trunks({ Credential, Trunk }, { size }) {
  const who = { name: "bench", username: "benchuser", password: "s3cret_s3cret!" };
  const credential = Credential && new Credential("credential", who);
  const credentialUuid = credential && Reflect.get(credential, "credentialUuid");
  for (let index = 0; Trunk && index < size; index++) {
    const name = `trunk-${index}`;
    new Trunk(name, { name, trunkDirection: "outbound", credentialUuid });
  }
}

/** One object of each kind that is counted, one step more in each stage. @param {Classes} plivo @param {Extent} _ @param {number} stage */
function single({ OriginationUri, Trunk, PhoneNumberAttachment }, _, stage) {
  const uri = OriginationUri && new OriginationUri("uri", { name: "uri", uri: "sip.example.com" });
  if (!Trunk || stage < 2) return;
  const trunkStatus = stage < 3 ? "enabled" : "disabled";
  const primaryUriUuid = uri && Reflect.get(uri, "uriUuid");
  const trunk = new Trunk("trunk", { name: "trunk", trunkDirection: "inbound", trunkStatus, primaryUriUuid });
  if (!PhoneNumberAttachment || stage < 4) return;
  new PhoneNumberAttachment("number", { number: NUMBER, trunkId: Reflect.get(trunk, "trunkId") });
}

/** One set; in stage 2, one of its numbers has left and two have come. @param {Classes} plivo @param {Extent} extent @param {number} stage */
function set({ TrunkPhoneNumbers }, extent, stage) {
  const chosen = new Set(numbersOf(extent));
  if (stage === 2) {
    const others = accountNumbers(extent).filter((number) => !chosen.has(number));
    chosen.delete(NUMBER);
    for (const number of others.slice(0, 2)) chosen.add(number);
  }
  if (TrunkPhoneNumbers) new TrunkPhoneNumbers("numbers", { trunkId: TRUNK_ID, numbers: [...chosen] });
}

/** @param {Classes} plivo @param {Extent} extent */
function attachments({ PhoneNumberAttachment }, extent) {
  for (const number of numbersOf(extent)) {
    if (PhoneNumberAttachment) new PhoneNumberAttachment(number, { number, trunkId: TRUNK_ID });
  }
}

/** Inbound trunks: a number may be routed to each of them. @param {Classes} plivo @param {Extent} extent */
function deletes({ Trunk }, { size }) {
  for (let index = 0; Trunk && index < size; index++) {
    const name = `trunk-${index}`;
    new Trunk(name, { name, trunkDirection: "inbound", primaryUriUuid: URI_UUID });
  }
}

export const programs = { trunks, single, set, few: set, attachments, deletes };

/** @param {Extent} extent */
function accountNumbers({ account = 0 }) {
  return Array.from({ length: account }, (_, index) => String(Number(NUMBER) + index));
}

/** Evenly from the whole account, so that they are on as many pages as there can be. @param {Extent} extent */
function numbersOf(extent) {
  const all = accountNumbers(extent);
  return Array.from({ length: extent.size }, (_, index) => all[Math.floor((index * all.length) / extent.size)] ?? "");
}

/** Each number is routed to an application: what it goes back to is in the state too. @param {Extent} extent @returns {import("pulumi-plivo/simulator").Seed} */
export function seedOf(extent) {
  return {
    applications: [{ app_id: "900", app_name: "ivr" }],
    originationUris: [{ uri_uuid: URI_UUID, uri: "sip.example.com" }],
    trunks: [{ trunk_id: TRUNK_ID, name: "lines", trunk_direction: "inbound", primary_uri_uuid: URI_UUID }],
    numbers: accountNumbers(extent).map((number) => ({ number, app_id: "900" })),
  };
}
