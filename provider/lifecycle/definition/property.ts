/**
 * What a resource says about each of its properties. Facts are data: the operations of the kernel, the schema, the SDKs
 * and the documentation all read them from here, so that none of them can disagree.
 */
import * as z from "zod";
import { OURS, PAGES } from "../../warnings/sources";
import type { WarningRule } from "../../warnings/warning-rule";

/**
 * How a property gets its value:
 * - `input`: the program sets it, Plivo stores it and returns it when read
 * - `writeOnly`: the program sets it, Plivo never returns it; only the state has it
 * - `local`: the program sets it and it never reaches Plivo
 * - `output`: Plivo generates it and returns it when read
 * - `recorded`: learnt while the object is written, kept from then on
 * - `id`: the id of the object under another name
 */
export type Role = "input" | "writeOnly" | "local" | "output" | "recorded" | "id";

export type ValueType = "string" | "boolean" | "list" | "groups";

/** A closed set of strings, documented value by value. */
export interface Enumeration<Value extends string = string> {
  /** Name of the type in every SDK. */
  readonly name: string;
  readonly describe: string;
  /** Value -> what it means. */
  readonly values: Readonly<Record<Value, string>>;
}

/** In the third person: `attaches`, `puts back or detaches`. */
export interface ElementVerbs {
  readonly added: string;
  readonly removed: string;
}

/** A documented rule whose breach is refused. */
export interface Refusal {
  readonly describe: string;
  /** Where the rule is known from. */
  readonly source: string;
}

export interface Facts {
  readonly describe: string;
  readonly type: ValueType;
  /** Checks one value; of a list, one element. Its output is the normal form, in which values are compared. */
  readonly schema: z.ZodType;
  readonly enumeration: Enumeration | undefined;
  /** Whether the program must give a value. */
  readonly required: boolean;
  readonly default: string | boolean | undefined;
  /** The kernel generates a value from the logical name when the program gives none. */
  readonly autoName: boolean;
  readonly secret: boolean;
  readonly replaceOnChange: boolean;
  /** A recorded value: an update may learn more. */
  readonly changesOnUpdate: boolean;
  /** Of a list: what a change does with an element that is added, and with one that is removed. */
  readonly elementVerbs: ElementVerbs | undefined;
  /** The argument by which a program gives what could not be recorded. */
  readonly instead: string | undefined;
  /** The value is the id of an object of this resource, named by its token. */
  readonly refersTo: string | undefined;
  /** What the schema, or a rule across properties, refuses, and where that is known from: for the documentation. */
  readonly refusals: readonly Refusal[];
  /** What is allowed and warned of. */
  readonly warnings: readonly WarningRule[];
  /** A boolean property: unless it is true, this value is not used, and is left out. */
  readonly onlyWith: string | undefined;
  /** Texts for the reader of an error: what is wrong when the value is missing. */
  readonly missing: string | undefined;
}

/** A property of a resource: a value type, a role, and facts. Immutable; each method returns a changed copy. */
export class Property<Value = unknown, R extends Role = Role> {
  /** Only for inference; never set. */
  declare readonly value: Value;

  constructor(
    readonly role: R,
    readonly facts: Facts,
  ) {}

  /** May be left out; `null` then. */
  optional(): Property<Value | null, R> {
    return new Property<Value | null, R>(this.role, { ...this.facts, required: false });
  }

  /** May be left out; this value then. A default is part of the contract: changing one breaks users. */
  default(value: Value & (string | boolean)): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, required: false, default: value });
  }

  /** Never shown: encrypted in the state, never quoted in an error. */
  secret(): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, secret: true });
  }

  /** A change needs a new object. */
  replaceOnChange(): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, replaceOnChange: true });
  }

  /** Plivo never returns it when read. */
  writeOnly(): Property<Value, "writeOnly"> {
    return new Property<Value, "writeOnly">("writeOnly", this.facts);
  }

  /** Lives in the state only and never reaches Plivo. */
  local(): Property<Value, "local"> {
    return new Property<Value, "local">("local", this.facts);
  }

  /** Documents what is refused, and where that is known from. */
  refuses(describe: string, source: string): Property<Value, R> {
    return new Property<Value, R>(this.role, {
      ...this.facts,
      refusals: [...this.facts.refusals, { describe, source }],
    });
  }

  /** Values that are allowed, and that the user is warned of. */
  warns(...rules: readonly WarningRule[]): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, warnings: [...this.facts.warnings, ...rules] });
  }

  /** What a change of the list does with its elements: a preview says which. */
  changing(elementVerbs: ElementVerbs): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, elementVerbs });
  }

  /** Not used, and left out, unless that boolean property is true. */
  onlyWith(key: string): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, onlyWith: key });
  }

  /** The argument by which a program gives this value where it could not be recorded. */
  instead(argument: string): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, instead: argument });
  }

  /** The value is the id of an object of this resource, named by its token. */
  refersTo(token: string): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, refersTo: token });
  }

  /** What to say when a required value is missing. */
  requiredMessage(missing: string): Property<Value, R> {
    return new Property<Value, R>(this.role, { ...this.facts, missing });
  }
}

export type Properties = Readonly<Record<string, Property>>;

const plain: Omit<Facts, "describe" | "type" | "schema"> = {
  enumeration: undefined,
  required: true,
  default: undefined,
  autoName: false,
  secret: false,
  replaceOnChange: false,
  changesOnUpdate: false,
  elementVerbs: undefined,
  instead: undefined,
  refersTo: undefined,
  refusals: [],
  warnings: [],
  onlyWith: undefined,
  missing: undefined,
};

/** A string argument. */
export function string(schema: z.ZodType<string>, describe: string): Property<string, "input"> {
  return new Property("input", { ...plain, type: "string", schema, describe });
}

/** A boolean argument. */
export function boolean(describe: string): Property<boolean, "input"> {
  return new Property("input", { ...plain, type: "boolean", schema: z.boolean("must be true or false"), describe });
}

/** An argument that takes one of a closed set of strings. */
export function oneOf<Value extends string>(
  enumeration: Enumeration<Value>,
  describe: string,
): Property<Value, "input"> {
  const values = Object.keys(enumeration.values);
  const schema = z.enum(values, `must be one of ${values.map((value) => `"${value}"`).join(", ")}`);
  const refusals = [{ describe: "any other value", source: PAGES }];
  return new Property("input", { ...plain, type: "string", schema, enumeration, describe, refusals });
}

/** An argument that is a list of strings without duplicates, at least one; its order means nothing. */
export function stringSet(element: z.ZodType<string>, describe: string): Property<readonly string[], "input"> {
  return new Property<readonly string[], "input">("input", {
    ...plain,
    type: "list",
    schema: element,
    describe,
  });
}

/** Characters of an argument: more than Plivo is known to store, less than we are ready to read back. */
export const LONGEST_TEXT = 1_000;
export const tooLong = `must be at most ${LONGEST_TEXT} characters`;

/** The friendly name: generated from the logical name when the program gives none. */
export function autoName(describe: string): Property<string, "input"> {
  const schema = z.string("must be a string").min(1, "must not be empty").max(LONGEST_TEXT, tooLong);
  const missing = "is required, because no name is generated for it (autonaming may be off for this stack)";
  return new Property("input", {
    ...plain,
    type: "string",
    schema,
    describe,
    missing,
    // Not `toLocaleString`: its tables alone cost each start 9 ms.
    refusals: [{ describe: "empty, or longer than 1,000 characters", source: OURS }],
    required: false,
    autoName: true,
  });
}

/** A value that Plivo generates. */
export function output(describe: string): Property<string | null, "output"> {
  return new Property("output", { ...plain, type: "string", schema: z.string(), describe });
}

/** A value that is learnt while the object is created and kept from then on. */
export function computedOnCreate(describe: string): Property<string | null, "recorded"> {
  return new Property("recorded", { ...plain, type: "string", schema: z.string(), describe });
}

/** Texts by what they have in common. */
export type Groups = Readonly<Record<string, readonly string[]>>;

/** Values that are learnt while the object is created and updated: of each thing that it consists of, grouped by the value. */
export function computedOnWrite(describe: string): Property<Groups | null, "recorded"> {
  return new Property("recorded", { ...plain, type: "groups", schema: z.unknown(), describe, changesOnUpdate: true });
}

/** The id of the object under the name that Plivo's API gives it. */
export function idOutput(describe: string): Property<string, "id"> {
  return new Property("id", { ...plain, type: "string", schema: z.string(), describe });
}

/** Whether the program sets this property. */
export function isInput(property: Property): boolean {
  return property.role === "input" || property.role === "writeOnly" || property.role === "local";
}

/** Whether Plivo returns this property when the object is read. */
export function isReadable(property: Property): boolean {
  return property.role === "input" || property.role === "output";
}

/** The properties that are secret however they are set, and whether they are marked or not. */
export function secretKeys(properties: Properties): ReadonlySet<string> {
  return new Set(Object.keys(properties).filter((key) => properties[key]?.facts.secret));
}
