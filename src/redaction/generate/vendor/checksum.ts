// Secrets whose last characters follow from the others.
import { encodeUtf8 } from '../../../base/index.ts';
import { crc32, toBase62 } from '../../crc32.ts';
import { azureKeySeeds, azureKeySignatures, marvin32 } from '../../detectors/vendor/index.ts';
import type { Random } from '../types.ts';
import { chars, pick } from './template.ts';

const sumOf = (text: string): number => crc32(encodeUtf8(text));
const hex8 = (value: number): string => value.toString(16).padStart(8, '0');

const base64Chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++) text += i + k > bytes.length ? '=' : base64Chars[(group >> (18 - 6 * k)) & 63]!;
  }
  return text;
}
/** base64url without padding. */
export const base64urlOf = (text: string): string => base64Of(Uint8Array.from(text, (char) => char.charCodeAt(0))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

const bytesOf = (random: Random, count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
export const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** GitHub and npm. */
export const withCrc62 = (prefix: string) => (random: Random): string => {
  const body = chars(random, 'b62', 30);
  return prefix + body + toBase62(sumOf(body), 6);
};

/** Atlassian and Bitbucket. */
export const withCrcHex = (prefix: string, length: number) => (random: Random): string => {
  const text = `${prefix}${chars(random, 'url', length)}=`;
  return text + hex8(sumOf(text)).toUpperCase();
};

/** Grafana: little-endian. */
export const grafana = (random: Random): string => {
  const text = `glsa_${chars(random, 'b62', 32)}`;
  return `${text}_${hex8(sumOf(text)).match(/../g)!.toReversed().join('')}`;
};

/** GitLab's routable tokens: 16 random bytes, routing fields, their length; then version, length and sum. */
export const gitlabRoutable = (random: Random): string => {
  const routing = `c:1\no:${chars(random, 'low', 2)}\nu:${chars(random, 'low', 4)}`;
  const payload = base64urlOf(latin1(bytesOf(random, 16)) + routing + String.fromCharCode(routing.length));
  const text = `glpat-${payload}.01.${payload.length.toString(36).padStart(2, '0')}`;
  return text + sumOf(text).toString(36).padStart(7, '0');
};

/** Azure's identifiable keys: a signature ten before the end, and a Marvin hash in the last four bytes. */
export const azureIdentifiable = (random: Random): string => {
  const length = pick(random, [32, 39, 64]);
  const padding = '='.repeat((3 - (length % 3)) % 3);
  const draft = base64Of(bytesOf(random, length)).replace(/=/g, '');
  const signed = draft.slice(0, -10) + pick(random, azureKeySignatures) + draft.slice(-6);
  const key = bytesOfBase64(signed).subarray(0, length);
  const sum = marvin32(key.subarray(0, length - 4), pick(random, azureKeySeeds));
  for (let i = 0; i < 4; i++) key[length - 4 + i] = (sum >>> (8 * i)) & 0xff;
  return withSignature(base64Of(key), signed, padding);
};

/** The signature's last bits lie in the checksum's first byte for no length here, so it is there still. */
function withSignature(key: string, signed: string, padding: string): string {
  const at = key.length - padding.length - 10;
  if (key.slice(at, at + 4) !== signed.slice(-10, -6)) throw new Error('The checksum has overwritten the signature.');
  return key;
}

function bytesOfBase64(text: string): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of text) {
    bits = ((bits << 6) | base64Chars.indexOf(char)) & 0xffff;
    held += 6;
    if (held >= 8) { held -= 8; out.push((bits >> held) & 0xff); }
  }
  return Uint8Array.from(out);
}

/** Azure DevOps before 2024: base 32 in which four scattered bytes are a seeded CRC-32 of the rest. */
export const azureDevOpsLegacy = (random: Random): string => {
  const key = bytesOf(random, 33);
  const sum = (crc32(key.subarray(0, 32).filter((_, i) => i !== 2 && i !== 7 && i !== 8 && i !== 22)) ^ pick(random, [0xe0b9692d, 0x1019f92e])) >>> 0;
  [22, 8, 7, 2].forEach((at, i) => { key[at] = (sum >>> (8 * i)) & 0xff; });
  let text = '';
  for (let i = 0; i < 52; i++) {
    const bit = i * 5;
    const pair = (key[bit >> 3]! << 8) | (key[(bit >> 3) + 1] ?? 0);
    text += 'abcdefghijklmnopqrstuvwxyz234567'[(pair >> (11 - (bit & 7))) & 31]!;
  }
  return text;
};

/** A macaroon as PyPI makes it: version, location, identifier, signature. */
export const pypi = (random: Random): string => {
  const location = pick(random, ['pypi.org', 'test.pypi.org']);
  return `pypi-${base64urlOf(`\u0002\u0001${String.fromCharCode(location.length)}${location}\u0002$${chars(random, 'hex', 36)}\u0000\u0006\u0020${latin1(bytesOf(random, 32))}`)}`;
};
