/** Archives that hold nothing but their files: no user, no time of the machine, always the same order. */

import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** @typedef {{ name: string, mode: number, content: Buffer }} Entry */

const BLOCK = 512;
/** When it was is nobody's business, but some programs take 0 for a mistake: the time that npm uses, in 1985. */
const TIME = 499_162_500;

/** @param {readonly Entry[]} entries @returns {Promise<Buffer>} a .tar.gz */
export async function archive(entries) {
  const parts = entries.flatMap(({ name, mode, content }) => {
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [header(name, mode, content.length), content, padding];
  });
  return promisify(gzip)(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

/** POSIX ustar. @param {string} name @param {number} mode @param {number} size */
function header(name, mode, size) {
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long for a plain archive`);
  const block = Buffer.alloc(BLOCK);
  const octal = (/** @type {number} */ value, /** @type {number} */ width) => value.toString(8).padStart(width, "0");
  block.write(name, 0);
  block.write(octal(mode, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(TIME, 11), 136);
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}
