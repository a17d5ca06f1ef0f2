import * as plivo from "pulumi-plivo";

/** Which number rings where. To move a number, write it on another line: that is an update, the number never goes dead. */
const departments = {
  support: { uri: "support.example.com", numbers: ["+1 415 555 0100", "+1 415 555 0101"] },
  sales: { uri: "sales.example.com", numbers: ["+1 415 555 0102"] },
};

for (const [department, { uri, numbers }] of Object.entries(departments)) {
  const pbx = new plivo.OriginationUri(department, { uri });
  const trunk = new plivo.Trunk(department, { trunkDirection: "inbound", primaryUriUuid: pbx.uriUuid });
  for (const number of numbers) {
    // Named after the number, not after the department: so a move keeps the resource and only changes its trunk.
    new plivo.PhoneNumberAttachment(number.replace(/\D/g, ""), { number, trunkId: trunk.trunkId });
  }
}
