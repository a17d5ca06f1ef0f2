/** What a 429 says. It takes all requests that the account may send, so that other programs are rejected too. */
import type { Reply } from "../account/reply";
import { asks, type Experiment, type Lab } from "../fact";

export const retryAfter = asks("retry-after", "What is `Retry-After` of a 429?", [
  "seconds",
  "a date",
  "absent",
  "other",
  "no 429 was met",
]);

/** The limit is 300; as many at once as a client may well send. */
const MOST = 330;
const AT_ONCE = 30;
const WINDOW_MS = 5_100;

async function run(lab: Lab): Promise<void> {
  let rejected: Reply | undefined;
  for (let sent = 0; sent < MOST && !rejected; sent += AT_ONCE) {
    const request = { method: "GET", path: "Zentrunk/URI/", query: { limit: "1" } } as const;
    const seen = await Promise.all(Array.from({ length: AT_ONCE }, () => lab.api.send(request, true)));
    rejected = seen.find(({ reply }) => reply?.status === 429)?.reply;
  }
  await lab.api.pause(WINDOW_MS);
  if (!rejected) return lab.found(retryAfter, "no 429 was met");
  const header = rejected.header("retry-after");
  lab.found(retryAfter, formOf(header), header);
}

function formOf(header: string | undefined): "seconds" | "a date" | "absent" | "other" {
  if (header === undefined) return "absent";
  if (/^\d+(\.\d+)?$/.test(header)) return "seconds";
  return /^[A-Z][a-z]{2},/.test(header) ? "a date" : "other";
}

export const rateLimit: Experiment = {
  title: "the rate limit",
  facts: [retryAfter],
  makes: `nothing; sends up to ${MOST} requests in a few seconds`,
  needs: "rateLimit",
  run,
};
