/** The two TypeScript SDKs have one API: moving from dynamic resources to the plugin changes the import line. */
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import ts from "typescript";
import { root } from "./support/pages/markdown";

const dynamicEntry = join(root, "sdk/dynamic/index.ts");
const pluginEntry = join(root, "sdk/plugin/index.ts");

const program = ts.createProgram([dynamicEntry, pluginEntry], {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  strict: true,
  esModuleInterop: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node"],
  baseUrl: root,
  paths: { "pulumi-plivo/provider": ["provider/dynamic/index.ts"] },
});
const checker = program.getTypeChecker();

/** By name. Only the plugin has providers, and the generated modules `config` and `types`. */
function exportsOf(entry: string): ReadonlyMap<string, ts.Symbol> {
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  const symbols = module ? checker.getExportsOfModule(module) : [];
  const shared = symbols.filter(({ name }) => !["Provider", "ProviderArgs", "config", "types"].includes(name));
  return new Map(shared.map((symbol) => [symbol.name, resolved(symbol)]));
}

function resolved(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const dynamic = exportsOf(dynamicEntry);
const plugin = exportsOf(pluginEntry);
const namesOf = (symbols: Iterable<string>) => [...symbols].sort();

function typeIn(adapter: ReadonlyMap<string, ts.Symbol>, name: string): ts.Type {
  const symbol = adapter.get(name);
  if (!symbol) throw new Error(`there is no ${name}`);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

/** `name?` for what may be left out. */
function fieldsOf(type: ts.Type): readonly string[] {
  const optional = (property: ts.Symbol) => (property.flags & ts.SymbolFlags.Optional ? "?" : "");
  return checker
    .getPropertiesOfType(type)
    .map((property) => `${property.name}${optional(property)}`)
    .sort();
}

function valueType(adapter: ReadonlyMap<string, ts.Symbol>, name: string): ts.Type {
  const symbol = adapter.get(name);
  const at = symbol?.valueDeclaration;
  if (!symbol || !at) throw new Error(`there is no value ${name}`);
  return checker.getTypeOfSymbolAtLocation(symbol, at);
}

/** A function of the lookups that need no argument takes none in one SDK, and an empty object in the other. */
const withoutArguments = ["GetCredentials", "GetIpAccessControlLists", "GetOriginationUris"].map(
  (name) => `${name}Args`,
);

const components = ["InboundRoute", "OutboundAccess"];
const classes = [...dynamic.keys()].filter(
  (name) => plugin.has(`${name}Args`) && !name.startsWith("get") && !components.includes(name),
);
const functions = [...dynamic.keys()].filter((name) => /^get.*(?<!Output)$/.test(name));
const enumerations = ["TrunkDirection", "TrunkStatus"];

test("both have the same resources, functions and enumerations", () => {
  const isValue = (symbols: ReadonlyMap<string, ts.Symbol>) =>
    namesOf([...symbols].filter(([, symbol]) => symbol.flags & ts.SymbolFlags.Value).map(([name]) => name));
  expect(isValue(plugin)).toEqual(isValue(dynamic));
  expect(classes).toHaveLength(6);
  expect(functions).toHaveLength(6);
});

test.each(components)("%s has the same arguments and outputs in both", (name) => {
  for (const type of [`${name}Args`, name])
    expect(fieldsOf(typeIn(plugin, type))).toEqual(fieldsOf(typeIn(dynamic, type)));
});

test("both name the same types of arguments", () => {
  const argsOf = (symbols: ReadonlyMap<string, ts.Symbol>) =>
    namesOf(symbols.keys()).filter((name) => name.endsWith("Args") && !withoutArguments.includes(name));
  expect(argsOf(plugin)).toEqual(argsOf(dynamic));
});

describe.each(classes)("%s", (name) => {
  test("the arguments have the same names, and the same ones may be left out", () => {
    expect(fieldsOf(typeIn(plugin, `${name}Args`))).toEqual(fieldsOf(typeIn(dynamic, `${name}Args`)));
  });

  test("arguments for the dynamic class are arguments for the plugin's", () => {
    expect(checker.isTypeAssignableTo(typeIn(dynamic, `${name}Args`), typeIn(plugin, `${name}Args`))).toBe(true);
  });

  test("the outputs have the same names", () => {
    expect(fieldsOf(typeIn(plugin, name))).toEqual(fieldsOf(typeIn(dynamic, name)));
  });

  test("both have get and isInstance", () => {
    for (const sdk of [dynamic, plugin])
      expect(fieldsOf(valueType(sdk, name))).toEqual(expect.arrayContaining(["get", "isInstance"]));
  });
});

describe.each(functions)("%s", (name) => {
  const resultOf = (sdk: ReadonlyMap<string, ts.Symbol>) => {
    const result = valueType(sdk, name).getCallSignatures()[0]?.getReturnType();
    const awaited = result && checker.getAwaitedType(result);
    if (!awaited) throw new Error(`${name} returns nothing`);
    return awaited;
  };

  test("the results have the same names", () => {
    // What may have no value is null in one SDK, and optional in the other.
    const plain = (type: ts.Type) => fieldsOf(type).map((field) => field.replace("?", ""));
    expect(plain(resultOf(plugin))).toEqual(plain(resultOf(dynamic)));
  });

  test("the arguments have the same names, and the same ones may be left out", () => {
    const args = `${name.charAt(0).toUpperCase()}${name.slice(1)}Args`;
    if (withoutArguments.includes(args)) expect(dynamic.has(args)).toBe(false);
    else expect(fieldsOf(typeIn(plugin, args))).toEqual(fieldsOf(typeIn(dynamic, args)));
  });
});

test.each(enumerations)("%s has the same members with the same values", (name) => {
  const members = (adapter: ReadonlyMap<string, ts.Symbol>) => {
    const type = valueType(adapter, name);
    return checker.getPropertiesOfType(type).map((member) => {
      return `${member.name} = ${checker.typeToString(checker.getTypeOfSymbol(member))}`;
    });
  };
  expect(members(plugin).sort()).toEqual(members(dynamic).sort());
  expect(members(plugin)).toHaveLength(2);
});
