/** What the commands do that read an account. A bundle of its own: `dist/cli.js` loads it with the first of them. */
export { adopt } from "./adopt/run";
export { runAudit } from "./audit/run";
export { contract } from "./contract/run";
export { route } from "./route/run";
