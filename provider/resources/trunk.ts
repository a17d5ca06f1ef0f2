import { autoName, boolean, type Enumeration, idOutput, oneOf, output, string } from "../lifecycle/index";
import { PAGES } from "../warnings/index";
import { forceDestroy } from "./force-destroy";
import { plivoId } from "./formats";
import { defineResource } from "./services";

export const TrunkDirection: Enumeration<"inbound" | "outbound"> = {
  name: "TrunkDirection",
  describe: "Which way calls flow through a trunk, seen from your PBX.",
  values: {
    inbound: "Calls to your Plivo numbers are sent to your origination URIs.",
    outbound: "Your PBX sends calls to Plivo, which places them in the telephone network.",
  },
};

export const TrunkStatus: Enumeration<"enabled" | "disabled"> = {
  name: "TrunkStatus",
  describe: "Whether a trunk carries calls.",
  values: { enabled: "The trunk carries calls.", disabled: "The trunk refuses calls." },
};

/** A SIP trunk. https://www.plivo.com/docs/sip-trunking/api/trunks */
export const trunk = defineResource({
  token: "Trunk",
  noun: "trunk",
  docs: "https://www.plivo.com/docs/sip-trunking/api/trunks",
  describe:
    "A SIP trunk between your PBX and the telephone network. An inbound trunk sends calls to your origination URIs; an outbound trunk accepts calls that present its credential or come from its addresses.",
  example: `const uri = new plivo.OriginationUri("pbx", { uri: "sip.example.com:5060;transport=tcp" });
const trunk = new plivo.Trunk("support", {
    trunkDirection: plivo.TrunkDirection.Inbound,
    primaryUriUuid: uri.uriUuid,
});
export const domain = trunk.trunkDomain;`,
  properties: {
    name: autoName("Friendly name."),
    trunkDirection: oneOf(TrunkDirection, "Which way calls flow. A change replaces the trunk.").replaceOnChange(),
    trunkStatus: oneOf(TrunkStatus, "Whether the trunk carries calls.").default("enabled"),
    secure: boolean("Whether signalling and media must be encrypted (SIP over TLS, SRTP).").default(false),
    ipaclUuid: string(plivoId, "IP access control list whose addresses may call out (outbound only).")
      .optional()
      .refersTo("IpAccessControlList")
      .refuses("missing on an outbound trunk without `credentialUuid`", PAGES)
      .refuses("given on an inbound trunk", PAGES),
    credentialUuid: string(plivoId, "Credential that your PBX presents to call out (outbound only).")
      .optional()
      .refersTo("Credential")
      .refuses("missing on an outbound trunk without `ipaclUuid`", PAGES)
      .refuses("given on an inbound trunk", PAGES),
    primaryUriUuid: string(plivoId, "Origination URI that receives calls first (inbound only; required there).")
      .optional()
      .refersTo("OriginationUri")
      .refuses("missing on an inbound trunk; given on an outbound trunk", PAGES),
    fallbackUriUuid: string(plivoId, "Origination URI that receives calls when the primary fails (inbound only).")
      .optional()
      .refersTo("OriginationUri")
      .refuses("given on an outbound trunk", PAGES),
    forceDestroy: forceDestroy("phone numbers are attached to it, which then stop answering"),
    trunkId: idOutput("Id of the trunk: digits."),
    trunkDomain: output(
      "SIP domain of the trunk, such as `<trunk id>.zt.plivo.com`; a region may be part of it. Where your PBX sends outbound calls.",
    ),
  },
  id: "trunkId",
  identity: "assigned",
  uniqueNames: true,

  rules({ trunkDirection, credentialUuid, ipaclUuid, primaryUriUuid, fallbackUriUuid }, fail) {
    if (trunkDirection === "outbound") {
      const why = "an outbound trunk takes no origination URI: it sends no calls to your PBX";
      if (credentialUuid === null && ipaclUuid === null)
        fail("credentialUuid", "an outbound trunk needs credentialUuid or ipaclUuid, else it accepts no calls");
      if (primaryUriUuid !== null) fail("primaryUriUuid", why);
      if (fallbackUriUuid !== null) fail("fallbackUriUuid", why);
    }
    if (trunkDirection === "inbound") {
      if (primaryUriUuid === null)
        fail("primaryUriUuid", "an inbound trunk needs an origination URI to send its calls to");
      if (credentialUuid !== null)
        fail("credentialUuid", "an inbound trunk takes no credential: no calls go out through it");
      if (ipaclUuid !== null)
        fail("ipaclUuid", "an inbound trunk takes no IP access control list: no calls go out through it");
    }
  },

  async create({ plivo, inputs }) {
    return { id: (await plivo.trunks.create(inputs)).trunkId };
  },
  read: ({ plivo, id, consistency }) => plivo.trunks.get(id, consistency),
  list: async ({ plivo }) => (await plivo.trunks.list()).map((live) => ({ id: live.trunkId, live })),
  // The direction, always: Plivo rejects an update without it.
  update: ({ plivo, id, inputs: { trunkDirection }, changes, cleared }) =>
    plivo.trunks.update(id, { ...changes, trunkDirection }, cleared),
  delete: ({ plivo, id }) => plivo.trunks.delete(id),

  guard: {
    consequence: "silently detach them, and calls to them would stop",
    async dependents({ plivo, id }) {
      return (await plivo.numbers.usage(id)).map(({ number }) => `phone number ${number}`);
    },
  },
});
