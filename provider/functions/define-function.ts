/** The contract of a function: its arguments, its result, and the few lines that read it. */
import {
  check,
  completeInputs,
  type Documentation,
  type InputsOf,
  messageOf,
  OperationError,
  type Properties,
  RunLedger,
} from "../lifecycle/index";
import type { ResourceToken, Services } from "../resources/index";

/** Which rows are objects of a resource, and how they are told apart. */
export interface RowsOfResource {
  readonly resource: ResourceToken;
  /** The field that is the id of the object. */
  readonly id: string;
  /** The field that a reader recognises it by. */
  readonly name: string;
  /** A row is an object of the resource only where this field has a value. */
  readonly onlyWith?: string;
}

/** A documented object type in the result. */
export interface RowType {
  /** The resources whose objects a list of these rows has: what `pulumi do ... list` and bulk imports use. */
  readonly of?: readonly RowsOfResource[];
  /** Name of the type in every SDK. */
  readonly name: string;
  readonly describe: string;
  readonly fields: Properties;
}

/** What a function returns: the fields of one object, or a list of objects under a key. */
export type FunctionResult = { readonly one: RowType } | { readonly many: RowType; readonly key: string };

export interface FunctionDefinition<P extends Properties = Properties> extends Documentation {
  /** `getTrunks` */
  readonly token: string;
  readonly properties: P;
  readonly result: FunctionResult;
  run(request: Services & { readonly inputs: InputsOf<P> }): Promise<object>;
}

export function defineFunction<P extends Properties>(
  definition: FunctionDefinition<P>,
): FunctionDefinition<P> & FunctionDefinition {
  // As for resources: the erased form is what the adapters work with.
  return definition as FunctionDefinition<P> & FunctionDefinition;
}

/** Checks the arguments as a resource's are checked, then reads. */
export async function invoke(
  definition: FunctionDefinition,
  args: Readonly<Record<string, unknown>>,
  services: () => Services,
): Promise<object> {
  const request = { news: args, olds: undefined, secrets: new Set<string>(), autoName: undefined };
  const { inputs, failures } = check(definition, request, new RunLedger());
  if (failures.length > 0) {
    const mistakes = failures.map(({ property, reason }) => {
      const key = property.replace(/\.value$/, "");
      return Object.hasOwn(definition.properties, key) ? `${key} ${reason}` : reason;
    });
    throw new OperationError(`${definition.token}: ${mistakes.join("; ")}`);
  }
  try {
    return await definition.run({ ...services(), inputs: completeInputs(definition, inputs) });
  } catch (error) {
    throw new OperationError(`${definition.token}: ${messageOf(error)}`, { cause: error });
  }
}
