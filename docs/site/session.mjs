/**
 * The session of scripts/demo as an SVG that scrolls: in the colours of the reader's system, and still where motion is not
 * wanted. `node session.mjs < output-of-the-demo > ../pictures/demo.svg`
 */
import { tmpdir } from "node:os";
import { text } from "node:stream/consumers";

/** What stands for what differs from run to run. @type {[RegExp, string][]} */
const NAMES = [
  [/ \(\d[\d.]*s\)/g, ""],
  [new RegExp(`${tmpdir()}/[^/\\s]+`, "g"), "~"],
  [/127\.0\.0\.1:\d+/g, "127.0.0.1:7548"],
];
/** How the demo marks its lines. @type {[RegExp, string][]} */
const STYLES = [
  [/^== /, "bold"],
  [/^-- /, "cyan"],
  [/^(\$ | {4}\+ )/, "green"],
  [/^> /, "yellow"],
  [/^ {4}- /, "red"],
];

const [ROWS, COLUMNS, LINE, LETTER] = [26, 104, 18, 7.8];
const SECONDS_PER_LINE = 0.3;
const [WIDTH, HEIGHT] = [Math.round(COLUMNS * LETTER) + 32, ROWS * LINE + 32];

const css = `
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre; fill: #24292f }
rect { fill: #f6f8fa; stroke: #d0d7de }
.bold { font-weight: 700 } .cyan { fill: #0550ae } .green { fill: #116329; font-weight: 700 }
.yellow { fill: #953800; font-weight: 700 } .red { fill: #a40e26 }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } rect { fill: #0d1117; stroke: #30363d }
  .cyan { fill: #79c0ff } .green { fill: #7ee787 } .yellow { fill: #ffa657 } .red { fill: #ff7b72 }
}`;

/** @param {readonly string[]} lines */
function picture(lines) {
  const replaced = lines.flatMap((line) => {
    const plain = NAMES.reduce((all, [from, to]) => all.replaceAll(from, to), line);
    const style = STYLES.find(([mark]) => mark.test(line))?.[1] ?? "";
    return wrapped(plain).map((row) => ({ row, style }));
  });
  const hidden = Math.max(0, replaced.length - ROWS);
  const seconds = replaced.length * SECONDS_PER_LINE;
  const scroll = `@keyframes scroll { 5% { transform: none } 92%, 100% { transform: translateY(-${hidden * LINE}px) } }
.scroll { animation: scroll ${seconds.toFixed(0)}s steps(${hidden}, end) infinite }
@media (prefers-reduced-motion: reduce) { .scroll { animation: none } }`;
  const rows = replaced.map(({ row, style }, index) => {
    const shown = row.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return shown && `<text x="16" y="${(index + 1) * LINE + 12}" class="${style}">${shown}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">
<title>A terminal: a preview, an update, a change by hand that is found and put back, a replacement, and a destroy</title>
<!-- Written by docs/site/session.mjs. -->
<style>${css}\n${scroll}</style>
<rect x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>
<svg x="0" y="8" width="${WIDTH}" height="${HEIGHT - 16}"><g class="scroll">
${rows.filter(Boolean).join("\n")}
</g></svg>
</svg>
`;
}

/** @param {string} text */
function wrapped(text) {
  const rows = text.match(new RegExp(`.{1,${COLUMNS}}(?=\\s|$)|.{1,${COLUMNS}}`, "g")) ?? [""];
  return rows.map((row, index) => (index === 0 ? row : `  ${row}`));
}

const output = await text(process.stdin);
// What comes before is about this machine.
const start = output.indexOf("\n== Preview");
const end = output.indexOf("-- Done in ");
if (start < 0 || end < start) throw new Error("this is no output of scripts/demo that went through");
process.stdout.write(picture(output.slice(start, end).split("\n")));
