/** The style sheet of the page: light or dark as the reader's system is. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1b1f24; --soft: #57606a; --back: #ffffff; --card: #f6f8fa; --line: #d0d7de;
  --link: #0550ae; --error: #a40e26; --warning: #7d4e00; --note: #0b5394; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9da7b3; --back: #0d1117; --card: #161b22;
  --line: #30363d; --link: #79c0ff; --error: #ff9492; --warning: #f0b72f; --note: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--back); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; } h3, h4 { font-size: 1rem; margin: 0; } h4 { font-weight: 600; }
a { color: var(--link); } p { margin: .25rem 0; } header p, .id, .none { color: var(--soft); }
.id, .numbers { font-family: ui-monospace, monospace; font-size: .875em; }
.card, .route { background: var(--card); border: 1px solid var(--line); border-radius: .375rem;
  padding: .75rem 1rem; margin: .5rem 0; }
.card { border-left-width: .25rem; } .card.error { border-left-color: var(--error); }
.card.warning { border-left-color: var(--warning); } .card.note { border-left-color: var(--note); }
.found { padding-left: 1.25rem; margin: .5rem 0 0; } .found > li { margin: .5rem 0; }
code { font-family: ui-monospace, monospace; font-size: .875em; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .5rem; font-size: .8125rem;
  font-weight: 600; }
.error > h3 > .badge, .badge.error { color: var(--error); } .warning > h3 > .badge, .badge.warning { color: var(--warning); }
.note > h3 > .badge, .badge.note { color: var(--note); }
.map { padding: 0; list-style: none; } .map ul { padding: 0; list-style: none; margin: 0; }
.route { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: .5rem 2rem; align-items: center; }
.route > * + * { position: relative; } .route > * + *::before { content: "\\2192" / ""; position: absolute; left: -1.5rem;
  color: var(--soft); }
@media (max-width: 40rem) { .route { grid-template-columns: 1fr; } .map .route > * + * { padding-left: 1.5rem; }
  .route > * + *::before { left: 0; content: "\\2193" / ""; } }
summary { cursor: pointer; } :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
`;
