import type { Simulator } from "../index";

/** The page as a browser gets it. */
export async function pageOf({ url }: Simulator, path = "/"): Promise<string> {
  return (await fetch(new URL(path, url))).text();
}

/** The token that the forms of the page send back; a form is there once something is selected. */
export async function tokenOf(simulator: Simulator, selected: string): Promise<string> {
  const page = await pageOf(simulator, `/?select=${encodeURIComponent(selected)}`);
  return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

/** Sends the form of an object as the page does; fields and headers can be changed or left out (`undefined`). */
export async function intrude(
  simulator: Simulator,
  object: string,
  fields: Record<string, string>,
  { query = "", headers = {} }: { query?: string; headers?: Record<string, string | undefined> } = {},
): Promise<{ status: number; text: string; location: string | null }> {
  const all = { origin: new URL(simulator.url).origin, ...headers };
  const token = fields.token ?? (await tokenOf(simulator, object));
  const response = await fetch(new URL(`/intruder${query}`, simulator.url), {
    method: "POST",
    redirect: "manual",
    headers: Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined),
    body: new URLSearchParams({ object, ...fields, token }),
  });
  return { status: response.status, text: await response.text(), location: response.headers.get("location") };
}
