// The second factor: time-based one-time passwords, RFC 6238 with HMAC-SHA-1, six digits, thirty seconds.

import { createHmac } from "node:crypto";

const STEP = 30;
const used = new Set();

/** The six digits that belong to a base 32 secret at this many seconds after 1970. */
export function code(secret, seconds) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / STEP)));
  const mac = createHmac("sha1", base32(secret)).update(counter).digest();
  const at = mac[mac.length - 1] & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** A code that was not used yet in this run: a server refuses one that it has seen, and allows the half minutes beside this one. */
export function freshCode(secret) {
  const now = Math.floor(Date.now() / 1000 / STEP);
  for (const step of [now, now + 1, now - 1]) {
    const mark = `${secret} ${step}`;
    if (used.has(mark)) continue;
    used.add(mark);
    return code(secret, step * STEP);
  }
  throw new Error("signed in three times within half a minute; keep the session instead");
}

function base32(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (const letter of text.toUpperCase().replace(/[=\s]/g, "")) {
    const value = letters.indexOf(letter);
    if (value < 0) throw new Error(`${letter} is no letter of base 32`);
    bits += value.toString(2).padStart(5, "0");
  }
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
}
