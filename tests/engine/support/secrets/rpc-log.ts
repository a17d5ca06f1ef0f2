/** The file of `PULUMI_DEBUG_GRPC`: the messages between the engine and its providers, written by the engine. */
import { finder } from "../../../support/leaks";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Where secrets stand that are not marked as such, each place once: `ResourceProvider/Check request.news.password`. What
 * is marked is encrypted where it is stored.
 */
export function unmarkedSecrets(log: string, secrets: readonly string[]): string[] {
  const leaks = finder(secrets);
  const places = log.split("\n").flatMap((line) => {
    if (!leaks(line)) return [];
    const { method = "?", ...messages }: { method?: string } = JSON.parse(line);
    return placesIn(messages, "", leaks).map((place) => `${method.replace(/^\/pulumirpc\./, "")} ${place}`);
  });
  return [...new Set(places)].sort();
}

function placesIn(value: unknown, path: string, leaks: (text: string) => boolean): string[] {
  if (typeof value !== "object" || value === null) return leaks(String(value)) ? [path] : [];
  if (Reflect.get(value, SIGNATURE) === SECRET) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = Array.isArray(value) ? `${path}[]` : [path, key].filter(Boolean).join(".");
    return [...(leaks(key) ? [place] : []), ...placesIn(inner, place, leaks)];
  });
}
