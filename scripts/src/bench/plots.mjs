/** Calls, wall time and memory against the number of trunks, as SVG that reads on light and on dark. */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { countOf, facesOf, groups, secondsOf, value } from "./figures.mjs";

/** @typedef {import("./figures.mjs").Metric} Metric */
/** @typedef {{ face: string, trunks: number, panel: string, y: number }} Point */

/** Face -> colour (of middling lightness: for both backgrounds) and sign (for those who see no difference in colour). */
const LOOKS = /** @type {Record<string, [string, string]>} */ ({
  plugin: ["#2f81f7", "circle"],
  dynamic: ["#a371f7", "square"],
  go: ["#2da44e", "triangle"],
  noop: ["#8b949e", "times"],
  "typical-dynamic": ["#e5534b", "diamond"],
  "plain-node": ["#c69026", "plus"],
});

/** @type {{ name: string, label: string, log: boolean, panels: Record<string, Metric> }[]} */
const PLOTS = [
  {
    name: "wall-time",
    label: "seconds",
    log: true,
    panels: {
      up: secondsOf("up"),
      preview: secondsOf("preview"),
      refresh: secondsOf("refresh"),
      destroy: secondsOf("destroy"),
    },
  },
  {
    name: "calls",
    label: "API calls",
    log: true,
    panels: { up: countOf("up", "calls"), refresh: countOf("refresh", "calls"), destroy: countOf("destroy", "calls") },
  },
  {
    name: "memory",
    label: "peak MB",
    log: false,
    panels: { provider: ({ providerMb }) => providerMb, "program, in up": ({ programMb }) => programMb },
  },
];

/** @param {Iterable<import("./results.mjs").Entry>} entries @returns {Map<string, string>} name -> SVG */
export function plots(entries) {
  const scale = groups(entries).filter(({ part }) => part === "scale");
  return new Map(PLOTS.map(({ name, label, log, panels }) => [name, draw(pointsOf(scale, panels), label, log)]));
}

/** @param {import("./figures.mjs").Group[]} scale @param {Record<string, Metric>} panels @returns {Point[]} */
function pointsOf(scale, panels) {
  return scale.flatMap((group) =>
    facesOf(group).flatMap((face) =>
      Object.entries(panels).flatMap(([panel, metric]) => {
        const y = value(group, face, metric);
        return y === undefined || y === 0 ? [] : [{ face, trunks: group.trunks, panel, y }];
      }),
    ),
  );
}

/** @param {Point[]} points @param {string} label @param {boolean} log */
function draw(points, label, log) {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const faces = Object.keys(LOOKS).filter((face) => points.some((point) => point.face === face));
  const looks = faces.map((face) => LOOKS[face] ?? ["#888", "circle"]);
  const sizes = [...new Set(points.map(({ trunks }) => trunks))];
  const panels = [...new Set(points.map(({ panel }) => panel))];
  const options = { x: "trunks", y: "y", fx: "panel", stroke: "face" };
  const svg = Plot.plot({
    document,
    width: 860,
    height: 330,
    marginTop: 60,
    marginLeft: 45,
    marginBottom: 40,
    style: { fontSize: "12px", background: "none" },
    x: { type: "log", label: "trunks", ticks: sizes, tickFormat: String },
    y: { type: log ? "log" : "linear", zero: !log, label, grid: true, ticks: 5, tickFormat: log ? "~s" : "~f" },
    fx: { label: null, domain: panels },
    color: { domain: faces, range: looks.map(([colour]) => colour) },
    symbol: { domain: faces, range: /** @type {Plot.SymbolType[]} */ (looks.map(([, sign]) => sign)) },
    marks: [
      Plot.line(points, { ...options, strokeWidth: 1.5 }),
      Plot.dot(points, { ...options, symbol: "face", r: 3.5, strokeWidth: 1.5 }),
      ...legend(faces),
    ],
  });
  return file(svg);
}

/** Above everything, in one row: a legend of Plot's own is HTML. @param {string[]} faces @returns {Plot.Markish[]} */
function legend(faces) {
  const step = 125;
  return faces.flatMap((face, index) => {
    const place = { frameAnchor: /** @type {const} */ ("top-left"), dx: index * step, dy: -48, fx: null };
    return [
      Plot.dot([face], {
        ...place,
        symbol: (/** @type {string} */ name) => name,
        stroke: (/** @type {string} */ name) => name,
        r: 4,
        strokeWidth: 2,
      }),
      Plot.text([face], {
        ...place,
        dx: index * step + 10,
        text: (/** @type {string} */ name) => name,
        textAnchor: "start",
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
