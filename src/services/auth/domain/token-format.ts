import { crc32 } from "node:zlib";
import { sha256 } from "./secret-text.js";

/** By it a token is known for ours, in logs and by scanners that look for leaked secrets. */
const PREFIX = "kaas_";
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
export const TOKEN_BYTES = 32;
/** 62^43 > 2^256, and 62^6 > 2^32. */
const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const FORM = new RegExp(`^${PREFIX}[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

/**
 * A token: `kaas_`, 256 random bits in base62, and the CRC-32 of all before it. The checksum tells a mistyped or made-up token
 * without asking the store.
 *
 * @param random {@link TOKEN_BYTES} bytes
 */
export function formatToken(random: Uint8Array): string {
  if (random.length !== TOKEN_BYTES) throw new RangeError(`a token has ${TOKEN_BYTES} random bytes`);
  const body = PREFIX + base62(BigInt(`0x${Buffer.from(random).toString("hex")}`), RANDOM_LENGTH);
  return body + checksum(body);
}

/** Whether it has the form of ours and its checksum is right. */
export function isTokenOfOurs(text: string): boolean {
  return FORM.test(text) && checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

/** What the store knows of a token. It has 256 random bits: nobody tries them all, so a plain hash is enough. */
export function hashToken(token: string): Buffer {
  return sha256(token);
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_LENGTH);
}

function base62(value: bigint, length: number): string {
  let digits = "";
  for (let rest = value; rest > 0n; rest /= 62n) digits = (ALPHABET[Number(rest % 62n)] ?? "") + digits;
  return digits.padStart(length, "0");
}
