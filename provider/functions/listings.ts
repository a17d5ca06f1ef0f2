/** Which function lists the objects of a resource: what `pulumi do ... list` and bulk imports use. */
import type { ResourceToken } from "../resources/index";
import type { RowsOfResource } from "./define-function";
import { type FunctionToken, functions } from "./index";

export interface Listing extends RowsOfResource {
  readonly by: FunctionToken;
}

/** The function whose rows are the objects of this resource. A test has one for each resource. */
export function listingOf(resource: ResourceToken): Listing {
  for (const [by, { result }] of Object.entries(functions)) {
    const rows = "many" in result ? result.many.of?.find((of) => of.resource === resource) : undefined;
    if (rows) return { ...rows, by: by as FunctionToken };
  }
  throw new Error(`no function lists the objects of ${resource}`);
}
