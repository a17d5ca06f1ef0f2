import type { Kind } from "../rows";
import { credential } from "./credential";
import { ipAccessControlList } from "./ip-access-control-list";
import type { Noun } from "./noun";
import { number } from "./number";
import { originationUri } from "./origination-uri";
import { trunk } from "./trunk";

/** Everything the simulator serves; a kind that is left out does not compile. */
export const nouns: Readonly<Record<Kind, Noun>> = {
  trunks: trunk,
  credentials: credential,
  ipAccessControlLists: ipAccessControlList,
  originationUris: originationUri,
  numbers: number,
};
