// The checksums that vendors put into their tokens. Failing one lowers the confidence and never lets the token through:
// half a token, or one of a kind that is newer than this table, is a leak as well.
import { asciiText } from '../../bytes.ts';
import { crc32, toBase62 } from '../../crc32.ts';
import type { Judge } from './form.ts';
import { azureKeySeeds } from './azure-keys.ts';
import { bytesOfBase32, bytesOfBase64 } from './decode.ts';
import { marvin32 } from './marvin.ts';

const passed = 0.99;
const failed = 0.7;
const judged = (holds: boolean): number => (holds ? passed : failed);

const hex8 = (value: number): string => value.toString(16).padStart(8, '0');

/** Six base-62 digits: the CRC-32 of the characters between the prefix of `prefix` bytes and them (GitHub, npm). */
export const crcBase62 = (prefix: number): Judge => (bytes, start, end) =>
  judged(end - start === prefix + 36 && asciiText(bytes, end - 6, end) === toBase62(crc32(bytes, start + prefix, end - 6), 6));

/** GitLab's routable tokens end in seven base-36 digits: the CRC-32 of all before them; base 36 is what the last two before those are in, too. */
export const gitlabRoutable: Judge = (bytes, start, end) => judged(asciiText(bytes, end - 7, end) === crc32(bytes, start, end - 7).toString(36).padStart(7, '0'));

/** Eight hex digits, big-endian, the CRC-32 of all before them (Atlassian). */
export const crcHexOfAll: Judge = (bytes, start, end) => judged(asciiText(bytes, end - 8, end).toLowerCase() === hex8(crc32(bytes, start, end - 8)));

/** Grafana: the CRC-32 of `glsa_` and the secret, little-endian in hex, after an underscore. */
export const grafanaServiceAccount: Judge = (bytes, start, end) => {
  const sum = hex8(crc32(bytes, start, end - 9)).match(/../g)!.toReversed().join('');
  return judged(asciiText(bytes, end - 8, end).toLowerCase() === sum);
};

/** The seeds of personal and of application tokens. */
const azureDevOpsSeeds = [0xe0b9692d, 0x1019f92e];

/** Azure DevOps until 2024: 52 base-32 characters; four of the 32 bytes, scattered, are a seeded CRC-32 of the rest. */
export function azureDevOpsLegacyHolds(bytes: Uint8Array, start: number, end: number): boolean {
  const key = bytesOfBase32(bytes, start, end);
  if (key === null || key.length !== 32) return false;
  const sum = ((key[2]! << 24) | (key[7]! << 16) | (key[8]! << 8) | key[22]!) >>> 0;
  const rest = key.filter((_, i) => i !== 2 && i !== 7 && i !== 8 && i !== 22);
  return azureDevOpsSeeds.some((seed) => ((crc32(rest) ^ seed) >>> 0) === sum);
}
export const azureDevOpsLegacy: Judge = (bytes, start, end) => judged(azureDevOpsLegacyHolds(bytes, start, end));

/** Azure's identifiable keys: the last four bytes are the Marvin hash of the others, with the seed of one of the kinds of key. */
export const azureIdentifiable: Judge = (bytes, start, end) => {
  // Padding where this size has none: another, longer value.
  if (bytes[end] === 0x3d && bytes[end - 1] !== 0x3d) return 0;
  const key = bytesOfBase64(bytes, start, end);
  if (key === null) return failed;
  const at = key.length - 4;
  const sum = (key[at]! | (key[at + 1]! << 8) | (key[at + 2]! << 16) | (key[at + 3]! << 24)) >>> 0;
  const rest = key.subarray(0, at);
  return judged(azureKeySeeds.some((seed) => marvin32(rest, seed) === sum));
};
