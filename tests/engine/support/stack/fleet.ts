/** A stack with enough of everything that each property can be changed on an object of its own. */

import * as plivo from "pulumi-plivo";
import type { Store } from "pulumi-plivo/simulator";
import type { StateResource, World } from "./engine";

/** Objects that the stack does not manage; what it manages can be pointed at them. */
export function addUnmanaged(store: Store) {
  return {
    uri: store.addOriginationUri({ name: "unmanaged" }).uri_uuid,
    credential: store.addCredential({ name: "unmanaged" }).credential_uuid,
    addresses: store.addIpAccessControlList({ name: "unmanaged" }).ipacl_uuid,
    trunk: store.addTrunk({ trunk_direction: "inbound" }).trunk_id,
    application: store.addApplication({ app_name: "unmanaged" }).app_id,
  };
}

/** What the state holds under a logical name. */
export function resourceOf({ state }: World, name: string): StateResource {
  const found = state().resources.find(({ urn }) => urn.endsWith(`::${name}`));
  if (!found) throw new Error(`the state holds no "${name}"`);
  return found;
}

export function idOf(world: World, name: string): string {
  return resourceOf(world, name).id ?? "";
}

/** What trunks are made of. */
export function foundation() {
  return {
    primary: new plivo.OriginationUri("primary", { uri: "sip.example.com" }),
    fallback: new plivo.OriginationUri("fallback", { uri: "sip2.example.com" }),
    credential: new plivo.Credential("pbx", { name: "pbx", username: "pbxlondon", password: "s3cret_s3cret!" }),
    addresses: new plivo.IpAccessControlList("offices", { ipAddresses: ["203.0.113.10", "2001:db8::/48"] }),
  };
}

type Foundation = ReturnType<typeof foundation>;

export function inboundTrunk(name: string, { primary, fallback }: Foundation): plivo.Trunk {
  const references = { primaryUriUuid: primary.uriUuid, fallbackUriUuid: fallback.uriUuid };
  return new plivo.Trunk(name, { name, trunkDirection: "inbound", ...references });
}

export function outboundTrunk(name: string, { credential, addresses }: Foundation): plivo.Trunk {
  const references = { credentialUuid: credential.credentialUuid, ipaclUuid: addresses.ipaclUuid };
  return new plivo.Trunk(name, { name, trunkDirection: "outbound", ...references });
}
