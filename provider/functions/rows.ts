/** What the functions return of each kind of object: what a read of the resource returns. */
import { idOutput, isReadable, output, type Properties } from "../lifecycle/index";
import type { ResourceToken } from "../resources/index";
import { trunk } from "../resources/trunk";
import type { RowType } from "./define-function";

/** Each readable property of the resource, and its id. */
export function rowOf(
  token: ResourceToken,
  resource: { describe: string; properties: Properties; id: string },
): RowType {
  const fields = Object.entries(resource.properties).filter(([, field]) => isReadable(field) || field.role === "id");
  const of = [{ resource: token, id: resource.id, name: "name" }];
  return { name: `${token}Info`, describe: resource.describe, fields: Object.fromEntries(fields), of };
}

export const trunkRow = rowOf("Trunk", trunk);
export const phoneNumberRow: RowType = {
  name: "PhoneNumberInfo",
  of: [
    { resource: "PhoneNumberAttachment", id: "number", name: "number", onlyWith: "trunkId" },
    { resource: "TrunkPhoneNumbers", id: "trunkId", name: "trunkId", onlyWith: "trunkId" },
  ],
  describe: "A phone number that the account rents, and what it is routed to.",
  fields: {
    number: idOutput("The number: digits, with the country code."),
    alias: output("Friendly name of the number."),
    trunkId: output("Id of the trunk that the number is attached to, if it is attached to one."),
    applicationId: output("Id of the voice application that the number is routed to, if it is routed to one."),
  },
};
