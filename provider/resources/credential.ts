import { autoName, idOutput, string } from "../lifecycle/index";
import { CLIENT, PAGES, passwordCharacters, passwordWithoutSign, usernameCharacters } from "../warnings/index";
import { forceDestroy } from "./force-destroy";
import { sipCredential } from "./formats";
import { defineResource } from "./services";
import { trunksUsing } from "./trunks-using";

const LENGTHS = "LiveKit's guide and Plivo's client";

/** A username and password for outbound trunks. https://www.plivo.com/docs/sip-trunking/api/credentials */
export const credential = defineResource({
  token: "Credential",
  noun: "credential",
  docs: "https://www.plivo.com/docs/sip-trunking/api/credentials",
  describe: "SIP username and password with which your PBX sends calls through an outbound trunk.",
  example: `const config = new pulumi.Config();
const credential = new plivo.Credential("pbx", {
    username: "pbxlondon",
    password: config.requireSecret("sipPassword"),
});`,
  properties: {
    name: autoName("Friendly name."),
    username: string(
      sipCredential,
      "5-20 characters. Letters and digits are always accepted; Plivo's pages disagree on others.",
    )
      .refuses("missing", PAGES)
      .refuses("shorter than 5 or longer than 20 characters", LENGTHS)
      .warns(usernameCharacters),
    password: string(
      sipCredential,
      "5-20 characters. Letters, digits and `~!@#$%^&*()_+`, at least one of those signs, are always accepted. Plivo never returns it.",
    )
      .secret()
      .writeOnly()
      .refuses("missing", CLIENT)
      .refuses("shorter than 5 or longer than 20 characters", LENGTHS)
      .warns(passwordWithoutSign, passwordCharacters)
      .requiredMessage("is required: Plivo never returns it, and blanks it when an update leaves it out"),
    forceDestroy: forceDestroy("trunks use it, whose calls are then refused"),
    credentialUuid: idOutput("What a trunk refers to."),
  },
  id: "credentialUuid",
  identity: "assigned",

  async create({ plivo, inputs }) {
    return { id: (await plivo.credentials.create(inputs)).credentialUuid };
  },
  read: ({ plivo, id, consistency }) => plivo.credentials.get(id, consistency),
  list: async ({ plivo }) => (await plivo.credentials.list()).map((live) => ({ id: live.credentialUuid, live })),
  // All three, always: Plivo blanks a password that is left out, and rejects one without a username.
  async update({ plivo, id, inputs }) {
    await plivo.credentials.update(id, inputs);
    return undefined;
  },
  delete: ({ plivo, id }) => plivo.credentials.delete(id),

  guard: {
    consequence: "leave them without it, and calls through them would be refused",
    dependents: ({ plivo, id }) => trunksUsing(plivo, { credentialUuid: id }),
  },
});
