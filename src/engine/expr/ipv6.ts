// IPv6 addresses and prefixes; an IPv4 address stands for its mapped form ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2), its prefix for 96 bits more.
import type { Value } from '../../otlp/index.ts';
import { parseNetwork } from './ipv4.ts';
import { plain, type FunctionTable } from './registry.ts';

interface Network6 { readonly address: bigint; readonly bits: number }

const all = (1n << 128n) - 1n;
const mask = (bits: number): bigint => all ^ ((1n << BigInt(128 - bits)) - 1n);
const masked = ({ address }: Network6, bits: number): bigint => address & mask(bits);

/** Null when the text is neither an IPv6 nor an IPv4 address, with or without `/bits`. */
function parseNetwork6(text: Value | undefined): Network6 | null {
  const four = parseNetwork(text);
  if (four !== null) return { address: (0xffffn << 32n) | BigInt(four.address), bits: 96 + four.bits };
  const match = typeof text === 'string' ? /^\s*([0-9a-fA-F:.]{2,45})(?:\/(\d{1,3}))?\s*$/.exec(text) : null;
  const address = match === null ? null : parseAddress(match[1]!);
  const bits = Number(match?.[2] ?? 128);
  return address === null || bits > 128 ? null : { address, bits };
}

function parseAddress(text: string): bigint | null {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const four = dotted === null ? null : parseNetwork(dotted[2]);
  if (dotted !== null && four === null) return null;
  const plainText = four === null || dotted === null ? text : `${dotted[1]}${(four.address >>> 16).toString(16)}:${(four.address & 0xffff).toString(16)}`;
  const halves = plainText.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head!.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...head!, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) : null;
}

/** All eight groups, four digits each, in lower case. */
const full = (address: bigint): string => address.toString(16).padStart(32, '0').replace(/.{4}(?=.)/g, '$&:');

/** Compared under the shortest of the two prefixes and the one given. */
function compare(a: Value | undefined, b: Value | undefined, prefix: Value): number | null {
  const [x, y] = [parseNetwork6(a), parseNetwork6(b)];
  if (x === null || y === null || typeof prefix !== 'number' || prefix < 0 || prefix > 128) return null;
  const bits = Math.min(x.bits, y.bits, Math.trunc(prefix));
  const [left, right] = [masked(x, bits), masked(y, bits)];
  return left < right ? -1 : left === right ? 0 : 1;
}

function inRange(text: Value | undefined, range: Value | undefined): boolean | null {
  const [one, network] = [parseNetwork6(text), parseNetwork6(range)];
  if (one === null || network === null) return null;
  return one.bits >= network.bits && masked(one, network.bits) === masked(network, network.bits);
}

export const addresses6: FunctionTable = {
  parse_ipv6: plain(1, 1, ([text]) => { const one = parseNetwork6(text); return one === null ? null : full(masked(one, one.bits)); }),
  ipv6_compare: plain(2, 3, ([a, b, prefix = 128]) => compare(a, b, prefix)),
  ipv6_is_match: plain(2, 3, ([a, b, prefix = 128]) => { const order = compare(a, b, prefix); return order === null ? null : order === 0; }),
  ipv6_is_in_range: plain(2, 2, ([text, range]) => inRange(text, range)),
};
