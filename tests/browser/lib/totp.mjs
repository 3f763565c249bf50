// The second factor: time-based one-time passwords, RFC 6238 with HMAC-SHA-1, six digits, thirty seconds.

import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const STEP = 30;
/** The last half minute of which a secret was used. */
const used = new Map();

/** The six digits that belong to a base 32 secret at this many seconds after 1970. */
export function code(secret, seconds) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(seconds / STEP)));
  const mac = createHmac("sha1", base32(secret)).update(counter).digest();
  const at = mac[mac.length - 1] & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/**
 * A code that the server still takes: it refuses every one up to the last that it has seen, and allows the half minutes beside this one. Waits
 * for the next half minute when somebody signs in more often than that.
 */
export async function freshCode(secret) {
  const next = (used.get(secret) ?? -1) + 1;
  let now = current();
  while (next > now + 1) {
    await sleep(((now + 1) * STEP - Date.now() / 1000) * 1000 + 50);
    now = current();
  }
  const step = Math.max(now, next);
  used.set(secret, step);
  return code(secret, step * STEP);
}

const current = () => Math.floor(Date.now() / 1000 / STEP);

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
