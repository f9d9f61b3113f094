// Addresses on the Bitcoin and Ethereum chains: each names an account whose whole history is public.
import { asciiText, base62, isDigit, literal, notDigit, runEnd, runStart, textBefore } from '../../bytes.ts';
import { sha256 } from '../../hmac-sha256.ts';
import type { ByteSet, Detector } from '../../types.ts';
import { bech32Sum, bech32Sums } from '../bech32.ts';
import { alone, found } from '../keyworded.ts';
import { keccak256 } from './keccak.ts';

const family = 'financial' as const;
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Base58Check of 25 bytes: version, hash of 20, and the first four bytes of a double SHA-256. */
export function isBase58Check(text: string): boolean {
  let value = 0n;
  for (const char of text) value = value * 58n + BigInt(base58.indexOf(char));
  if (value >> 200n !== 0n) return false;
  const bytes = Uint8Array.from({ length: 25 }, (_, i) => Number((value >> BigInt((24 - i) * 8)) & 0xffn));
  const sum = sha256(sha256(bytes.subarray(0, 21)));
  return (bytes[0] === 0 || bytes[0] === 5) && [0, 1, 2, 3].every((i) => sum[i] === bytes[21 + i]);
}

/** Witness version 0 ends in a Bech32 sum, later ones in a Bech32m one. */
function isSegwit(text: string): boolean {
  const sum = bech32Sum(text);
  return sum === (/^bc1q/i.test(text) ? bech32Sums.bech32 : bech32Sums.bech32m) && (text.length === 42 || text.length === 62);
}

const in58: ByteSet = (byte) => base58.includes(String.fromCharCode(byte));
const capital58: ByteSet = (byte) => byte >= 0x41 && byte <= 0x5a && in58(byte);
const letter58: ByteSet = (byte) => in58(byte) && !isDigit(byte);
const oneOrThree: ByteSet = (byte) => byte === 0x31 || byte === 0x33;
const digit58: ByteSet = (byte) => byte >= 0x31 && byte <= 0x39;
const notWord: ByteSet = (byte) => !isDigit(byte) && !(byte >= 0x41 && byte <= 0x5a) && !(byte >= 0x61 && byte <= 0x7a) && byte !== 0x5f && byte < 0x80;

export const bitcoinAddress: Detector = {
  name: 'bitcoin-address', version: 1, family, check: 'checksum', title: 'Bitcoin address', doc: 'Bitcoin addresses: base58 of both kinds, and segregated witness.',
  facts: '1 or 3 and base58 of 25 bytes with four bytes of double SHA-256; or bc1 and 39 or 59 characters whose last six are a Bech32 or Bech32m sum.', source: 'BIP-13, BIP-173, BIP-350; Bitcoin developer reference, Base58Check',
  // Up to two digits may follow the first one. Those with more, or with a small letter first, are passed over: one in thirty, for the
  // sake of plain numbers.
  anchors: [literal('bc1'), literal('BC1'), [notWord, oneOrThree, capital58, in58], ...[1, 2].map((count) => [notWord, oneOrThree, ...Array.from({ length: count }, () => digit58), letter58, in58])],
  verify(window, at, match) {
    const { bytes, start, end } = window;
    if (runEnd(bytes, at, Math.min(end, at + 16), base62) < at + 16) return false;
    const from = runStart(bytes, at, Math.max(start, at - 7), base62);
    const address = /^(?:[13][1-9A-HJ-NP-Za-km-z]{24,34}|bc1[a-z0-9]{39,59}|BC1[A-Z0-9]{39,59})/.exec(asciiText(bytes, from, end))?.[0];
    if (address === undefined || !alone(window, from, from + address.length)) return false;
    return (/^bc1/i.test(address) ? isSegwit(address) : isBase58Check(address)) && found(match, from, from + address.length, 0.98);
  },
};

/** EIP-55: a letter is a capital where the hash of the small address has a hex digit of 8 or more. */
export function isEip55(hex: string): boolean {
  const hash = keccak256(hex.toLowerCase());
  return [...hex].every((char, i) => /\d/.test(char) || (parseInt(hash[i]!, 16) >= 8) === (char < 'a'));
}

const walletBefore = /(?:eth|ethereum|wallet|address|addr|account|contract|from|to|recipient|sender|owner)["'\\]*\s?[:=]?\s?["'\\]*$/i;

export const ethereumAddress: Detector = {
  name: 'ethereum-address', version: 1, family, check: 'checksum', title: 'Ethereum address', doc: 'Ethereum addresses: with the capitals of EIP-55, or in one case after a word such as wallet.',
  facts: '0x and 40 hex digits; capitals follow Keccak-256 of the small ones.', source: 'ERC-55 (EIP-55)',
  anchors: [[notDigit, ...literal('0x')]],
  verify(window, at, match) {
    const { bytes, start, end } = window;
    const hex = asciiText(bytes, at, end, 41).slice(0, 40);
    if (!/^[0-9a-fA-F]{40}$/.test(hex) || /^(.)\1*$/.test(hex) || !alone(window, at - 2, at + 40)) return false;
    const mixed = /[a-f]/.test(hex) && /[A-F]/.test(hex);
    if (mixed ? !isEip55(hex) : !walletBefore.test(textBefore(bytes, start, at - 2))) return false;
    return found(match, at - 2, at + 40, mixed ? 0.98 : 0.75);
  },
};
