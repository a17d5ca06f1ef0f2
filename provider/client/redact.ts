/** Text from a server on its way into an error, a log line or a trace: no secrets, no control characters, one line. */

const HIDDEN = "[hidden]";
/** Hiding one or two characters would only garble the text and tell what they are. */
const SHORTEST_SECRET = 3;

export type Redact = (text: string) => string;

/** Hides each secret, also as it reads in JSON, in a URL and in HTML. */
export function redactor(secrets: readonly unknown[]): Redact {
  const forms = secrets
    .filter((secret) => typeof secret === "string")
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), urlForm(secret), htmlForm(secret)]);
  // Longest first, else hiding a part would leave the rest of a longer form readable.
  const unique = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => unique.reduce((safe, form) => safe.split(form).join(HIDDEN), text);
}

function urlForm(secret: string): string {
  // Through UTF-8, because a lone surrogate would make encodeURIComponent throw.
  return encodeURIComponent(Buffer.from(secret).toString());
}

const HTML_ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function htmlForm(secret: string): string {
  return secret.replace(/[&<>"']/g, (sign) => HTML_ENTITIES[sign] ?? sign);
}

/** Far more than is ever shown, far less than what would make the work below noticeable. */
const LOOKED_AT = 20_000;

/** One line of at most `longest` characters, free of control characters (a terminal would obey them). */
export function oneLine(text: string, longest = 200): string {
  const line = text
    .slice(0, LOOKED_AT)
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ")
    .trim()
    .replaceAll('"', "'");
  if (line.length <= longest) return line;
  // Not through the middle of a sign that takes two.
  const start = line.slice(0, longest - 3).replace(/\p{Cs}$/u, "");
  return `${start.trimEnd()}...`;
}

/** What a person would read of an HTML page. */
export function withoutTags(text: string): string {
  return text
    .slice(0, LOOKED_AT)
    .replace(/<(script|style)\b[^<>]*>[^<]*/gi, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&nbsp;/g, " ");
}

/** A path as traces show it. */
export function withoutAuthId(path: string, authId: string): string {
  return path.replaceAll(authId, "{auth_id}");
}
