/** One page for each resource and function of the schema: what it and its properties are called in each language. */
import fs from "node:fs";
import path from "node:path";

// Run from the folder in which VitePress was started.
const schemaFile = path.resolve("../../provider/schema/schema.json");

const SEE_ALSO = "With examples, in TypeScript: [resources](/resources/trunk) and [functions](/functions).";

const snake = (/** @type {string} */ name) => name.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`);
const pascal = (/** @type {string} */ name) => name[0].toUpperCase() + name.slice(1);

/** @typedef {{ type?: string, $ref?: string, items?: Type, additionalProperties?: Type, oneOf?: Type[], description?: string, secret?: boolean, deprecationMessage?: string }} Type */

/** @param {Type} type @returns {string} */
function typeName({ type, $ref, items, additionalProperties, oneOf }) {
  if (oneOf) return oneOf.map(typeName).join(" or ");
  if ($ref) return `\`${$ref.split(":").at(-1)}\``;
  if (items) return `list of ${typeName(items)}`;
  if (additionalProperties) return `map of ${typeName(additionalProperties)}`;
  return type ?? "any";
}

/** Of the schema, as Markdown that is no template of Vue's. */
const prose = (/** @type {string} */ text) => text.replaceAll("<", "&lt;").replaceAll("{{", "{ {");
const cell = (/** @type {string} */ text) =>
  prose(text)
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|");

/** @param {Record<string, Type>} properties @param {string[]} required */
function list(properties, required) {
  const items = Object.entries(properties).map(([name, property]) => {
    const names = `Python \`${snake(name)}\`, Go and C# \`${pascal(name)}\``;
    const notes = [required.includes(name) && "required", property.secret && "secret"].filter(Boolean);
    const facts = [typeName(property), ...notes].join(", ");
    return `### \`${name}\`\n\n*${facts}.* ${names}.\n\n${prose(property.description ?? "")}`;
  });
  return items.join("\n\n");
}

/** @param {string} token */
function constructors(token) {
  const name = token.split(":")[2];
  const isFunction = name[0] === name[0].toLowerCase();
  const go = isFunction ? pascal(name).replace(/^Get/, "Lookup") : `New${name}`;
  return [
    "| Language | Name |",
    "| --- | --- |",
    `| TypeScript | \`plivo.${name}\` |`,
    `| Python | \`pulumi_plivo.${isFunction ? snake(name) : name}\` |`,
    `| Go | \`plivo.${isFunction ? goFunction(name) : go}\` |`,
    `| C# | \`PulumiPlivo.Plivo.${isFunction ? `${pascal(name)}.InvokeAsync` : name}\` |`,
    `| Java | \`com.pulumiplivo.plivo.${isFunction ? `PlivoFunctions.${name}` : name}\` |`,
    `| YAML | \`${isFunction ? `fn::invoke: { function: plivo:${name} }` : `type: plivo:${name}`}\` |`,
  ].join("\n");
}

/** Pulumi's generator for Go calls a function Lookup where a resource has its name. @param {string} name */
function goFunction(name) {
  return Object.hasOwn(schema.resources, `plivo:index:${name.slice(3)}`) ? `Lookup${name.slice(3)}` : pascal(name);
}

const schema = JSON.parse(fs.readFileSync(schemaFile, "utf8"));

/** @param {string} token @param {Record<string, any>} spec */
function resourcePage(token, spec) {
  const name = token.split(":")[2];
  const outputs = Object.fromEntries(Object.entries(spec.properties).filter(([key]) => !(key in spec.inputProperties)));
  return [
    `# ${name} in each language`,
    cell(spec.description.split("\n\n")[0]),
    constructors(token),
    `## Inputs\n\n${list(spec.inputProperties, spec.requiredInputs ?? [])}`,
    ...(Object.keys(outputs).length === 0
      ? []
      : [`## Outputs\n\nEvery input is an output too. Besides them:\n\n${list(outputs, [])}`]),
  ].join("\n\n");
}

/** @param {string} token @param {Record<string, any>} spec */
function functionPage(token, spec) {
  const { inputs, outputs } = spec;
  return [
    `# ${token.split(":")[2]} in each language`,
    cell(spec.description.split("\n\n")[0]),
    constructors(token),
    ...(inputs ? [`## Arguments\n\n${list(inputs.properties, inputs.required ?? [])}`] : []),
    `## Result\n\n${list(outputs.properties, [])}`,
  ].join("\n\n");
}

const pages = [
  ...Object.entries(schema.resources).map(([token, spec]) => [token, resourcePage(token, spec)]),
  ...Object.entries(schema.functions).map(([token, spec]) => [token, functionPage(token, spec)]),
];

export default {
  watch: [schemaFile],
  paths: () =>
    pages.map(([token, content]) => ({ params: { name: token.split(":")[2] }, content: `${content}\n\n${SEE_ALSO}` })),
};
