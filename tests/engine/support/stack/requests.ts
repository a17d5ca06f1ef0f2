/** The requests that reached a simulator, in short. */
import type { Simulator } from "pulumi-plivo/simulator";

/** `POST Zentrunk/Trunk/`, in the order of arrival. */
export function requestLines({ requests }: Simulator): string[] {
  return requests.map(({ method, path }) => `${method} ${path}`);
}

/** The same without reads. */
export function writes(simulator: Simulator): string[] {
  return requestLines(simulator).filter((line) => !line.startsWith("GET "));
}

/** What the requests of one method carried, in the order of arrival. */
export function bodiesOf({ requests }: Simulator, method: string): unknown[] {
  return requests.filter((request) => request.method === method).map(({ body }) => body);
}
