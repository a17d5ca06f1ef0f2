import type { AccountOptions } from "../shared/account";

export interface RouteOptions extends AccountOptions {
  readonly probe?: boolean;
  /** In seconds, for each name server and each probe. */
  readonly timeout: number;
  /** Address of a name server. */
  readonly dns?: string;
  readonly json?: boolean;
}
