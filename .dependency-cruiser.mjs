/**
 * Imports point one way: adapters -> functions -> resources -> client and lifecycle -> text. `scripts/check` runs it, and
 * the diagram of docs/architecture.md is drawn with it.
 */

/**
 * @typedef {import("dependency-cruiser").IRegularForbiddenRuleType} Rule
 *
 * @typedef {object} Layer
 * @property {string} folder
 * @property {string[]} may other folders of ours
 * @property {string} [packages] the only packages (all if not given; Node's own are never asked about)
 * @property {string} [never] packages it knows nothing of
 */

const TEXT = "provider/text";
/** Loaded into every user's program by the SDK classes, so that it depends on nothing; each warning is written once. */
const WARNINGS = "provider/warnings";
/** Written once for both SDKs, which bring the classes. */
const COMPONENTS = "sdk/components";
const KERNEL = ["provider/client", "provider/lifecycle", TEXT, WARNINGS];
const DEFINITIONS = ["provider/resources", "provider/functions", ...KERNEL];

const ACCOUNT = "provider/resources/index";
const COMMANDS = ["cli/shared", "cli/migrate", "cli/inventory", "cli/adopt", "cli/audit", "cli/contract", "cli/route"];
/** The definitions, and what the kernel knows of a state and of an object. */
const PROVIDER = [ACCOUNT, "provider/lifecycle", "provider/client/http/errors", TEXT];

/** @type {Layer[]} */
const LAYERS = [
  { folder: TEXT, may: [], packages: "nothing" },
  { folder: WARNINGS, may: [], packages: "nothing" },
  { folder: "provider/client", may: [TEXT], never: "(@pulumi|@grpc|pulumi-plivo)" },
  { folder: "provider/lifecycle", may: [TEXT, WARNINGS], never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
  { folder: "provider/resources", may: KERNEL, never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
  { folder: "provider/functions", may: ["provider/resources", ...KERNEL], never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
  { folder: "provider/schema", may: DEFINITIONS, never: "(@grpc|axios|pulumi-plivo)" },
  { folder: "provider/dynamic", may: DEFINITIONS, never: "(@grpc|axios)" },
  { folder: "provider/plugin", may: ["provider/schema", ...DEFINITIONS], never: "axios" },
  { folder: COMPONENTS, may: [WARNINGS], packages: "(@pulumi/pulumi(/|$))" },
  { folder: "sdk/dynamic", may: [COMPONENTS, WARNINGS], packages: "(@pulumi/pulumi(/|$)|pulumi-plivo/provider$)" },
  { folder: "sdk/plugin", may: [COMPONENTS, "sdk/nodejs/bin"], packages: "(@pulumi/pulumi(/|$))" },
  // Nothing that could share a mistake about the API.
  { folder: "simulator", may: [], never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
  // An account as the provider sees it, and texts without control characters.
  { folder: "cli/shared", may: [ACCOUNT, TEXT], never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
  { folder: "cli/migrate", may: ["cli/shared", TEXT], never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
  { folder: "cli/inventory", may: ["cli/shared", ...PROVIDER], never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
  // Programs are written from the definitions: properties, defaults, references, secrets.
  {
    folder: "cli/adopt",
    may: ["cli/shared", "cli/inventory", ...PROVIDER],
    never: "(@pulumi|@grpc|axios|pulumi-plivo)",
  },
  // What is risky is what the provider warns of.
  {
    folder: "cli/audit",
    may: ["cli/shared", "cli/inventory", "provider/warnings", ...PROVIDER],
    never: "(@pulumi|@grpc|axios|pulumi-plivo)",
  },
  {
    folder: "cli/route",
    // It reads objects by their ids, an address as the warnings do, and shows as little of a password as the audit.
    may: ["cli/shared", "cli/inventory", ACCOUNT, "provider/lifecycle", "provider/client", WARNINGS, TEXT],
    never: "(@pulumi|@grpc|axios|pulumi-plivo)",
  },
  {
    folder: "cli/contract",
    // Statuses and bodies as they come: the client, below all that interprets them; and the switches, for `simulate --like`.
    may: ["cli/shared", "provider/client/client", "provider/client/http", TEXT, "simulator/index"],
    never: "(@pulumi|@grpc|axios|pulumi-plivo)",
  },
  { folder: "cli", may: ["simulator/index", ...COMMANDS], never: "(@pulumi|@grpc|axios|pulumi-plivo)" },
];

/** What is looked at: `scripts/check` and the diagram have no list of their own. */
export const FOLDERS = LAYERS.map(({ folder }) => folder);

const TESTS = "[.]test[.]ts$|/testing/|^tests/";
/** A test may call what it compares with and what it runs against, except that the simulator has its own reading of the API. */
const TESTS_MAY = ["simulator", "tests", "sdk/dynamic", "provider/dynamic"];

/** Layers within a layer have rules of their own. @param {string} folder */
const within = (folder) => FOLDERS.filter((other) => other.startsWith(`${folder}/`)).map((other) => `^${other}/`);

/** A package is known by where it is installed, or by its name where dependency-cruiser does not find it. @param {string} names */
const installed = (names) => `(^|node_modules/)${names}`;
/** @param {string} packages @returns {Rule["to"]} all others */
const foreign = (packages) => ({ dependencyTypesNot: ["core", "local"], pathNot: installed(packages) });
/** The version in package.json belongs to no layer. @param {string[]} names of folders or files */
const ours = (...names) => ["^package[.]json$", ...names.map((name) => `^${name}([/.]|$)`)];

/** @param {Layer} layer @returns {Rule[]} */
function rulesOf({ folder, may, packages, never }) {
  const inner = within(folder);
  const sources = { path: `^${folder}/`, pathNot: [TESTS, ...inner] };
  const tests = { path: `^${folder}/.*(${TESTS})`, pathNot: inner };
  const testsMay = folder === "simulator" ? [] : TESTS_MAY;
  const only = `may import ${may.join(", ") || "nothing else"} of ours`;
  /** @param {string} what @param {Rule["from"]} from @param {Rule["to"]} to @returns {Rule} */
  const rule = (what, from, to) => ({ name: `${folder} ${what}`, severity: "error", from, to });
  return [
    rule(only, sources, { dependencyTypes: ["local"], pathNot: ours(folder, ...may) }),
    rule(`tests: ${only}`, tests, { dependencyTypes: ["local"], pathNot: ours(folder, ...may, ...testsMay) }),
    rule("may not import what is for tests", sources, { path: TESTS }),
    ...(never ? [rule(`knows nothing of ${never}`, sources, { path: installed(never) })] : []),
    ...(packages ? [rule(`may import ${packages} only`, sources, foreign(packages))] : []),
  ];
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: LAYERS.flatMap(rulesOf),
  options: {
    doNotFollow: { path: "node_modules" },
    // Types are imports too: who needs the type of a layer knows of it.
    tsPreCompilationDeps: true,
    // For the diagram: names that a change elsewhere leaves as they are.
    reporterOptions: { mermaid: { minify: false } },
  },
};
