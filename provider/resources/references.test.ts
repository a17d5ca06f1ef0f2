import { expect, test } from "@jest/globals";
import { type ResourceToken, resources } from "./index";

const references = Object.values(resources).flatMap(({ token, properties }) =>
  Object.entries(properties).flatMap(([key, { facts }]) =>
    facts.refersTo ? [[`${token}.${key}`, facts.refersTo]] : [],
  ),
);

test("what is the id of another object says of which resource", () => {
  expect(Object.fromEntries(references)).toEqual({
    "Trunk.ipaclUuid": "IpAccessControlList",
    "Trunk.credentialUuid": "Credential",
    "Trunk.primaryUriUuid": "OriginationUri",
    "Trunk.fallbackUriUuid": "OriginationUri",
    "PhoneNumberAttachment.trunkId": "Trunk",
    "TrunkPhoneNumbers.trunkId": "Trunk",
  });
  for (const [, token] of references) expect(resources[token as ResourceToken].token).toBe(token);
});
