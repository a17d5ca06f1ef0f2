/** What the functions return of each kind of object: what a read of the resource returns. */
import { idOutput, isReadable, output, type Properties } from "../lifecycle/index";
import { credential } from "../resources/credential";
import { ipAccessControlList } from "../resources/ip-access-control-list";
import { originationUri } from "../resources/origination-uri";
import { trunk } from "../resources/trunk";
import type { RowType } from "./define-function";

function rowOf(name: string, resource: { describe: string; properties: Properties }): RowType {
  const fields = Object.entries(resource.properties).filter(([, field]) => isReadable(field) || field.role === "id");
  return { name, describe: resource.describe, fields: Object.fromEntries(fields) };
}

export const trunkRow = rowOf("TrunkInfo", trunk);
export const credentialRow = rowOf("CredentialInfo", credential);
export const ipAccessControlListRow = rowOf("IpAccessControlListInfo", ipAccessControlList);
export const originationUriRow = rowOf("OriginationUriInfo", originationUri);
export const phoneNumberRow: RowType = {
  name: "PhoneNumberInfo",
  describe: "A phone number that the account rents, and what it is routed to.",
  fields: {
    number: idOutput("The number: digits, with the country code."),
    alias: output("Friendly name of the number."),
    trunkId: output("Id of the trunk that the number is attached to, if it is attached to one."),
    applicationId: output("Id of the voice application that the number is routed to, if it is routed to one."),
  },
};
