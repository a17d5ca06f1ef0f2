/** Requests, wall time and memory against the number of trunks, as SVG that reads on light and on dark. */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { adaptersOf, countOf, groups, secondsOf, value } from "./figures.mjs";

/** @typedef {import("./figures.mjs").Metric} Metric */
/** @typedef {{ adapter: string, trunks: number, panel: string, y: number }} Point */

/** Of `plain-node` at small sizes: it would take half of the plot. */
const TOO_SHORT_S = 0.1;

/** Adapter -> colour (of middling lightness: for both backgrounds) and sign (for those who see no difference in colour). */
const LOOKS = /** @type {Record<string, [string, string]>} */ ({
  plugin: ["#2f81f7", "circle"],
  dynamic: ["#a371f7", "square"],
  go: ["#2da44e", "triangle"],
  noop: ["#8b949e", "times"],
  "typical-dynamic": ["#e5534b", "diamond"],
  "plain-node": ["#c69026", "plus"],
});

/** @typedef {{ name: string, label: string, log: boolean, from: number, panels: Record<string, Metric> }} PlotOf `from`: what is not more is left out */

/** @type {PlotOf[]} */
const PLOTS = [
  {
    name: "wall-time",
    label: "seconds",
    log: true,
    from: TOO_SHORT_S,
    panels: {
      up: secondsOf("up"),
      preview: secondsOf("preview"),
      refresh: secondsOf("refresh"),
      destroy: secondsOf("destroy"),
    },
  },
  {
    name: "requests",
    label: "API requests",
    log: true,
    from: 0,
    panels: {
      up: countOf("up", "requests"),
      refresh: countOf("refresh", "requests"),
      destroy: countOf("destroy", "requests"),
    },
  },
  {
    name: "memory",
    label: "peak MB",
    log: false,
    from: 0,
    panels: { provider: ({ providerMb }) => providerMb, "program, in up": ({ programMb }) => programMb },
  },
];

/** @param {Iterable<import("../results.mjs").Entry>} entries @returns {Map<string, string>} name -> SVG */
export function plots(entries) {
  const scale = groups(entries).filter(({ part }) => part === "scale");
  return new Map(PLOTS.map((plot) => [plot.name, draw(pointsOf(scale, plot), plot)]));
}

/** @param {import("./figures.mjs").Group[]} scale @param {PlotOf} plot @returns {Point[]} */
function pointsOf(scale, { panels, from }) {
  return scale.flatMap((group) =>
    adaptersOf(group).flatMap((adapter) =>
      Object.entries(panels).flatMap(([panel, metric]) => {
        const y = value(group, adapter, metric);
        return y === undefined || y <= from ? [] : [{ adapter, trunks: group.trunks, panel, y }];
      }),
    ),
  );
}

/** @param {Point[]} points @param {PlotOf} plot */
function draw(points, { label, log }) {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const adapters = Object.keys(LOOKS).filter((adapter) => points.some((point) => point.adapter === adapter));
  const looks = adapters.map((adapter) => LOOKS[adapter] ?? ["#888", "circle"]);
  const sizes = [...new Set(points.map(({ trunks }) => trunks))];
  const panels = [...new Set(points.map(({ panel }) => panel))];
  const options = { x: "trunks", y: "y", fx: "panel", stroke: "adapter" };
  const svg = Plot.plot({
    document,
    width: 860,
    height: 330,
    marginTop: 60,
    marginLeft: 45,
    marginBottom: 40,
    style: { fontSize: "12px", background: "none" },
    x: { type: "log", label: "trunks", ticks: sizes, tickFormat: String },
    y: { type: log ? "log" : "linear", zero: !log, label, grid: true, ticks: 5, tickFormat: String },
    fx: { label: null, domain: panels },
    color: { domain: adapters, range: looks.map(([colour]) => colour) },
    symbol: { domain: adapters, range: /** @type {Plot.SymbolType[]} */ (looks.map(([, sign]) => sign)) },
    marks: [
      Plot.line(points, { ...options, strokeWidth: 1.5 }),
      Plot.dot(points, { ...options, symbol: "adapter", r: 3.5, strokeWidth: 1.5 }),
      ...legend(adapters),
    ],
  });
  return file(svg);
}

const LEGEND_AT = 75; // beside the label of the axis
const LEGEND_STEP = 120;

/** Above everything, in one row: a legend of Plot's own is HTML. @param {string[]} adapters @returns {Plot.Markish[]} */
function legend(adapters) {
  return adapters.flatMap((adapter, index) => {
    const place = {
      frameAnchor: /** @type {const} */ ("top-left"),
      dx: LEGEND_AT + index * LEGEND_STEP,
      dy: -52,
      facet: /** @type {const} */ ("super"),
    };
    return [
      Plot.dot([adapter], {
        ...place,
        symbol: (/** @type {string} */ name) => name,
        stroke: (/** @type {string} */ name) => name,
        r: 4,
        strokeWidth: 2,
      }),
      Plot.text([adapter], {
        ...place,
        dx: place.dx + 10,
        text: (/** @type {string} */ name) => name,
        textAnchor: "start",
        lineAnchor: "middle",
        fill: "currentColor",
      }),
    ];
  });
}

/** What a page that shows the file as an image cannot say: the colour of the text, after the reader's own setting. */
const THEME = "svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#e6edf3}}";

/** @param {ReturnType<typeof Plot.plot>} svg */
function file(svg) {
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const style = svg.ownerDocument.createElement("style");
  style.textContent = THEME;
  svg.insertBefore(style, svg.firstChild);
  return `${svg.outerHTML}\n`;
}
