/** What the programs declare, with the classes of one adapter. */

/** @typedef {Record<string, new (name: string, args: object) => object>} Classes */
/** @typedef {{ size: number }} Extent how many trunks there are */

export const NUMBER = "14155550100";

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

export const programs = { trunks, single };
