import { autoName, boolean, idOutput, string } from "../lifecycle/index";
import {
  CLIENT,
  missingPassword,
  missingUsername,
  OURS,
  PAGES,
  pbxUsernameCharacters,
  underscoreInHost,
  unreachableHost,
  unusedWithoutAuthentication,
  uriParameters,
} from "../warnings/index";
import { forceDestroy } from "./force-destroy";
import { pbxCredential, sipUri } from "./formats";
import { defineResource } from "./services";
import { trunksUsing } from "./trunks-using";

/** Where an inbound trunk sends its calls. https://www.plivo.com/docs/sip-trunking/api/origination-uris */
export const originationUri = defineResource({
  token: "OriginationUri",
  noun: "origination URI",
  docs: "https://www.plivo.com/docs/sip-trunking/api/origination-uris",
  describe:
    "The SIP address of your PBX: where an inbound trunk sends its calls. Plivo deletes a URI together with the trunks that use it; this provider refuses to.",
  example: `const primary = new plivo.OriginationUri("primary", { uri: "sip.example.com:5061;transport=tls" });
const fallback = new plivo.OriginationUri("fallback", { uri: "[2001:db8::5]:5060" });`,
  properties: {
    name: autoName("Friendly name."),
    uri: string(
      sipUri,
      "`host`, `host:port`, `[IPv6]:port`, `sip:user@host` or `sips:host`, with `;transport=udp`, `tcp` or `tls` if wanted. Sent as written, without blanks around it. Plivo must be able to reach the host from the internet.",
    )
      .refuses("missing", PAGES)
      .refuses("a path, or spaces inside", CLIENT)
      .refuses("a host that is neither a host name nor an address; a port outside of 1-65535", CLIENT)
      .refuses(`a password in it (\`sip:user:password@host\`), or more than 1,000 characters`, OURS)
      .warns(unreachableHost, uriParameters, underscoreInHost),
    authenticationNeeded: boolean("Whether your PBX asks Plivo for a username and password.").default(false),
    username: string(pbxCredential, "What Plivo presents to your PBX. Used with authenticationNeeded only.")
      .optional()
      .onlyWith("authenticationNeeded")
      .refuses("empty, or longer than 1,000 characters; taken out while `authenticationNeeded` stays true", OURS)
      .warns(missingUsername, unusedWithoutAuthentication, pbxUsernameCharacters),
    password: string(
      pbxCredential,
      "What Plivo presents to your PBX. Used with authenticationNeeded only. Plivo never returns it.",
    )
      .secret()
      .writeOnly()
      .optional()
      .onlyWith("authenticationNeeded")
      .refuses("empty, or longer than 1,000 characters; taken out while `authenticationNeeded` stays true", OURS)
      .warns(missingPassword, unusedWithoutAuthentication),
    forceDestroy: forceDestroy("trunks use it: Plivo deletes these trunks with it"),
    uriUuid: idOutput("What a trunk refers to."),
  },
  id: "uriUuid",
  identity: "assigned",

  async create({ plivo, inputs }) {
    return { id: (await plivo.originationUris.create(inputs)).uriUuid };
  },
  read: ({ plivo, id, consistency }) => plivo.originationUris.get(id, consistency),
  list: async ({ plivo }) => (await plivo.originationUris.list()).map((live) => ({ id: live.uriUuid, live })),
  // authentication_needed, username and password together, as long as they are in use: Plivo takes a password only with
  // the other two, and nothing is known of what becomes of one that an update leaves out.
  async update({ plivo, id, inputs: { authenticationNeeded, username, password }, changes }) {
    const isSent = authenticationNeeded || changes.authenticationNeeded !== undefined;
    const authentication = isSent ? { authenticationNeeded, username, password } : {};
    await plivo.originationUris.update(id, { name: changes.name, uri: changes.uri, ...authentication });
    return undefined;
  },
  delete: ({ plivo, id }) => plivo.originationUris.delete(id),

  guard: {
    consequence: "delete them too",
    dependents: ({ plivo, id }) => trunksUsing(plivo, { primaryUriUuid: id }, { fallbackUriUuid: id }),
  },
});
