/** Which pages the site has, and what stands in its sidebar: a page that is in neither fails the build. */

/** @typedef {{ text: string, pages: string[] }} Group */

/** Sources, from the root of the repository. @type {Group[]} */
export const groups = [
  {
    text: "Start",
    pages: ["README.md", "docs/_index.md", "docs/installation-configuration.md", "docs/adopt.md"],
  },
  { text: "Voice agents", pages: ["examples/voice-agents/"] },
  { text: "PBXs", pages: ["examples/pbx/"] },
  { text: "Resources and functions", pages: ["docs/resources/", "docs/components.md", "docs/functions.md"] },
  {
    text: "Daily use",
    pages: [
      ...["drift", "import", "audit", "route", "policies", "testing", "simulator", "migrate"].map(
        (page) => `docs/${page}.md`,
      ),
      "docs/troubleshooting.md",
    ],
  },
  {
    text: "Know what it does",
    pages: ["reliability", "limits", "secrets", "contract", "performance", "languages"].map(
      (page) => `docs/${page}.md`,
    ),
  },
  { text: "Names in each language", pages: ["docs/reference/"] },
  { text: "Examples", pages: ["examples/"] },
  {
    text: "Inside",
    pages: ["docs/architecture.md", "docs/plugin-coverage.md", "docs/glossary.md", "docs/decisions/", "CHANGELOG.md"],
  },
];
