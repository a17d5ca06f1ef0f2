/** The page's style: system fonts, both colour schemes from one set of names. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f4f5f7, #14161a); --card: light-dark(#fff, #1d2026); --line: light-dark(#dfe2e7, #31353e);
  --node: light-dark(#f9fafb, #252931); --edge: light-dark(#7a828e, #7f8896);
  --text: light-dark(#1b1f26, #e6e8ec); --dim: light-dark(#5c6470, #9aa2ae);
  --good: light-dark(#0b6b39, #5fd394); --bad: light-dark(#b01e2e, #ff8088); --warn: light-dark(#8a5300, #f0b45a);
  --link: light-dark(#0b57a8, #74b3ff); --on-tag: light-dark(#fff, #14161a);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 92rem; padding: 1.25rem clamp(.75rem, 2vw, 1.5rem); background: var(--page);
  color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: 1rem; margin: 1.75rem 0 .6rem; }
h3 { font-size: .85rem; color: var(--dim); margin: 1rem 0 .4rem; }
header p { margin: .2rem 0 0; color: var(--dim); overflow-wrap: anywhere; }
p:empty { display: none; }
#problem { color: var(--bad); font-weight: 600; }
a { color: var(--link); }
code, .mono { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.dim { color: var(--dim); } .good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.badge { font-size: .72rem; font-weight: 600; border: 1px solid; border-radius: 99px; padding: 0 .5rem; white-space: nowrap; }
.card, .scroll { background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.card { padding: .75rem; } .drawings > .card { padding: .25rem .5rem .5rem; }
.empty { color: var(--dim); margin: 0; }
.plain { list-style: none; margin: 0; padding: 0; }
.plain li { padding: .125rem 0; overflow-wrap: anywhere; }
main > .plain { columns: 22rem; column-gap: 1.5rem; } main > .plain li { break-inside: avoid; }
.object, .route text { unicode-bidi: isolate; } .object [aria-current] { font-weight: 700; }

.columns main { min-width: 0; }
.drawings { list-style: none; margin: 0; padding: 0; display: grid; gap: .9rem;
  grid-template-columns: repeat(auto-fill, minmax(min(19rem, 100%), 1fr)); align-items: start; }
.route { display: block; width: 100%; max-width: 26rem; margin: auto; }
.route .group { fill: none; stroke: var(--line); stroke-width: 1.5; }
.route .node > rect { fill: var(--node); stroke: var(--edge); }
.route .trunks > rect { fill: var(--card); stroke: var(--text); stroke-width: 2; }
.route .missing rect, .route rect.missing { stroke: var(--bad); stroke-dasharray: 4 3; }
.route .end rect { fill: none; stroke: var(--line); }
.route .off > rect { stroke-dasharray: 6 4; }
.arrow { fill: none; stroke: var(--edge); stroke-width: 1.75; } .off > .arrow:not(.head) { stroke-dasharray: 3 4; }
.route text { fill: var(--text); }
.route .name { font-size: 14px; font-weight: 600; }
.route .detail { font: 11.5px ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.route .caption { font-size: 11.5px; fill: var(--dim); } .route .warn { fill: var(--bad); }
.route a { cursor: pointer; text-decoration: none; }
.route a:hover > rect { stroke: var(--link); stroke-width: 2; }
.route .hit > rect { stroke: var(--bad); stroke-width: 2.5; }
.route .selected > rect { stroke: var(--link); stroke-width: 3.5; }
.tag rect { fill: var(--bad); } .selected > .tag rect { fill: var(--link); }
.route .tag text { fill: var(--on-tag); font-size: 11px; font-weight: 600; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.route a:focus-visible { outline: none; } .route a:focus-visible > rect { stroke: var(--link); stroke-width: 5; }
#selected:focus { outline: none; }
@keyframes changed { from { fill: var(--link); } }
@media (prefers-reduced-motion: no-preference) { .changed > rect { animation: changed 1.2s ease-out; } }

details { margin-top: .9rem; } summary { cursor: pointer; color: var(--link); }
details .scroll { margin-top: .5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } details table { min-width: 42rem; }
th { text-align: left; font-weight: 600; } th[scope=col] { font-size: .78rem; color: var(--dim); }
th, td { padding: .42rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th .dim { font-weight: 400; }
tr:last-child > * { border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.links { display: flex; flex-wrap: wrap; gap: .1rem .8rem; }

.panel h2 { margin-top: 0; padding-right: 4rem; overflow-wrap: anywhere; }
.panel p { margin: .3rem 0; overflow-wrap: anywhere; }
.close { float: right; }
form { margin: .6rem 0; display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; }
.panel label { flex-basis: 100%; color: var(--dim); font-size: .85rem; }
button, select, input, textarea { font: inherit; color: inherit; background: var(--node); border: 1px solid var(--edge);
  border-radius: 6px; padding: .3rem .7rem; max-width: 100%; min-height: 2.1rem; }
textarea { width: 100%; font: .86em/1.5 ui-monospace, monospace; }
button { cursor: pointer; } button:hover { border-color: var(--text); }
.danger { color: var(--bad); border-color: var(--bad); }
@media (min-width: 60rem) {
  .with-panel { display: grid; grid-template-columns: minmax(0, 1fr) 23rem; gap: 1.5rem; align-items: start; }
  .panel { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; margin-top: 1.75rem; }
}
@media (max-width: 59.99rem) {
  .panel { position: sticky; bottom: 0; max-height: 55vh; overflow-y: auto; margin: 1rem 0 0;
    border-color: var(--edge); box-shadow: 0 -4px 16px #0004; }
  :root:has(.panel) { scroll-padding-bottom: 58vh; }
}
`;
