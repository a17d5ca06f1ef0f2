/** What the methods of every resource work with, and the kernel's `defineResource` bound to it. */
import type { Plivo } from "../client/index";
import type { Definition, Properties, Resource } from "../lifecycle/index";

export interface Services {
  /** Plivo's API for the account of this provider, under the deadline of the running operation. */
  readonly plivo: Plivo;
  /** Tells the user something that is allowed but worth knowing. */
  warn(text: string): void;
  /** Tells the user how far a long operation is, at most every 5 s. */
  progress(text: string): void;
}

/** One resource, read top to bottom. The compiler checks that every property is sent and read. */
export function defineResource<P extends Properties>(
  definition: Definition<P, Services>,
): Definition<P, Services> & Resource<Services> {
  // The kernel passes each method exactly the values that its own properties describe; TypeScript cannot follow that
  // through the erased type, and this is the one place that says so.
  return definition as Definition<P, Services> & Resource<Services>;
}
