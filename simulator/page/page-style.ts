import { Html } from "./html";

/** The page's style: system fonts, both colour schemes from one set of names. */
export const pageStyle = new Html(`
:root {
  color-scheme: light dark;
  --page: light-dark(#f4f5f7, #14161a); --card: light-dark(#fff, #1d2026); --line: light-dark(#dfe2e7, #31353e);
  --text: light-dark(#1b1f26, #e6e8ec); --dim: light-dark(#5c6470, #9aa2ae);
  --good: light-dark(#0b6b39, #5fd394); --bad: light-dark(#b01e2e, #ff8088); --warn: light-dark(#8a5300, #f0b45a);
  --in: light-dark(#0b57a8, #74b3ff); --out: light-dark(#6b32b8, #c3a0ff);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--dim); margin: 2rem 0 .6rem; }
header p { margin: .2rem 0 0; color: var(--dim); }
code, .mono { font: .86em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(23rem, 1fr)); gap: .9rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem; }
.card h3 { margin: 0 0 .1rem; font-size: 1.05rem; display: flex; gap: .5rem; align-items: center; flex-wrap: wrap; }
.card dl { display: grid; grid-template-columns: 5.2rem 1fr; gap: .3rem .8rem; margin: .7rem 0 0; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
dd > div + div { margin-top: .15rem; }
.dim { color: var(--dim); }
.badge { font-size: .72rem; font-weight: 600; border: 1px solid currentColor; border-radius: 99px; padding: 0 .55rem; }
.inbound { color: var(--in); } .outbound { color: var(--out); }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.scroll { background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; font-size: .78rem; color: var(--dim); }
th, td { padding: .42rem 1.1rem; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.empty { color: var(--dim); padding: .9rem 1.1rem; margin: 0; background: var(--card); border: 1px dashed var(--line);
  border-radius: 10px; }
`);
