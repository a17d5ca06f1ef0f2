import type { Kind } from "../account/rows";
import { credential } from "./credential";
import { ipAccessControlList } from "./ip-access-control-list";
import { number } from "./number";
import { originationUri } from "./origination-uri";
import type { ResourceRoute } from "./resource-route";
import { trunk } from "./trunk";

/** Everything the simulator serves; a kind that is left out does not compile. */
export const resourceRoutes: Readonly<Record<Kind, ResourceRoute>> = {
  trunks: trunk,
  credentials: credential,
  ipAccessControlLists: ipAccessControlList,
  originationUris: originationUri,
  numbers: number,
};
