/**
 * HashiCorp Vault, as far as Pulumi's cloud secrets provider asks it: it encrypts and decrypts the data key of a stack.
 * Each command on a stack with a passphrase derives a key from it, which takes as long as all else that the engine does.
 * With a data key the command asks once and encrypts by itself. This server keeps nothing secret: it encodes.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** The key that stacks name: any would do. */
export const SECRETS_PROVIDER = "hashivault://tests";

const PREFIX = "vault:v1:";

interface Question {
  readonly plaintext?: string;
  readonly ciphertext?: string;
}

/** Both directions, told apart by what there is; an engine that asks for anything else gets what it cannot read. */
async function respond(request: IncomingMessage): Promise<string> {
  const { plaintext, ciphertext } = (await json(request)) as Question;
  const data =
    ciphertext === undefined ? { ciphertext: PREFIX + plaintext } : { plaintext: ciphertext.slice(PREFIX.length) };
  return JSON.stringify({ data });
}

/** It ends with the process, and does not keep it alive. */
export async function startKeyServer(): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = await respond(request);
    response.setHeader("Content-Type", "application/json").end(body);
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
