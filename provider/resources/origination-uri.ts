import { autoName, flag, idOutput, text } from "../lifecycle/index";
import { forceDestroy } from "./force-destroy";
import { pbxPassword, pbxUsername, sipUri } from "./formats";
import { defineResource } from "./services";
import { trunksUsing } from "./trunks-using";

/** Where an inbound trunk sends its calls. https://www.plivo.com/docs/sip-trunking/api/origination-uris */
export const originationUri = defineResource({
  token: "OriginationUri",
  noun: "origination URI",
  docs: "https://www.plivo.com/docs/sip-trunking/api/origination-uris",
  describe:
    "The SIP address of your PBX: where an inbound trunk sends its calls. Plivo deletes the trunks that use a URI together with it; this provider refuses to.",
  example: `const primary = new plivo.OriginationUri("primary", { uri: "sip.example.com:5061;transport=tls" });
const fallback = new plivo.OriginationUri("fallback", { uri: "[2001:db8::5]:5060" });`,
  properties: {
    name: autoName("Friendly name."),
    uri: text(
      sipUri,
      "`host`, `host:port`, `[IPv6]:port`, `sip:user@host` or `sips:host`, with `;transport=udp`, `tcp` or `tls` if wanted (UDP otherwise). Sent as written. No private or loopback host: Plivo could not reach it.",
    ),
    authenticationNeeded: flag("Whether your PBX asks Plivo for a username and password.").default(false),
    username: text(pbxUsername, "What Plivo presents to your PBX. Needs authenticationNeeded.").optional(),
    password: text(pbxPassword, "What Plivo presents to your PBX. Needs authenticationNeeded. Plivo never answers it.")
      .secret()
      .writeOnly()
      .optional(),
    forceDestroy: forceDestroy("trunks use it: Plivo deletes these trunks with it"),
    uriUuid: idOutput("What a trunk refers to."),
  },
  id: "uriUuid",

  rules({ authenticationNeeded, username, password }, fail) {
    for (const [key, value] of [
      ["username", username],
      ["password", password],
    ] as const) {
      if (authenticationNeeded === true && value === null) fail(key, "is required when authenticationNeeded is true");
      if (authenticationNeeded === false && value !== null) fail(key, "needs authenticationNeeded: true");
    }
  },

  async create({ plivo, inputs }) {
    return { id: (await plivo.originationUris.create(inputs)).uriUuid };
  },
  read: ({ plivo, id, isExpected }) => plivo.originationUris.get(id, { isExpected }),
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
