// IPv4 functions over dotted text with an optional prefix length; text that is no address gives null.
import type { Value } from '../../otlp/index.ts';
import { isArray } from '../values/index.ts';
import { anyCount, plain, type FunctionTable } from './registry.ts';

interface Network { readonly address: number; readonly bits: number }

const form = /^\s*(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?\s*$/;

/** `a.b.c.d[/bits]` as an unsigned 32-bit number and a prefix length (32 when none is given). */
export function parseNetwork(text: Value | undefined): Network | null {
  const match = typeof text === 'string' ? form.exec(text) : null;
  if (match === null) return null;
  const parts = match.slice(1, 5).map(Number);
  const bits = Number(match[5] ?? 32);
  if (parts.some((part) => part > 255) || bits > 32) return null;
  return { address: parts.reduce((sum, part) => sum * 256 + part, 0), bits };
}

const masked = (address: number, bits: number): number => (bits === 0 ? 0 : (address & (-1 << (32 - bits))) >>> 0);
const inside = (one: Network, range: Network): boolean => masked(one.address, range.bits) === masked(range.address, range.bits) && one.bits >= range.bits;

/** RFC 1918, as KQL's ipv4_is_private counts. */
const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((range) => parseNetwork(range)!);

const dotted = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

/** A number or text as a network under the shorter of its own prefix and the one given; null when it is none. */
function formatted(value: Value | undefined, bits: Value | undefined): Network | null {
  const one = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32 ? { address: value, bits: 32 } : parseNetwork(value);
  if (one === null || (bits !== undefined && !(typeof bits === 'number' && bits >= 0 && bits <= 32))) return null;
  const kept = Math.min(one.bits, typeof bits === 'number' ? Math.trunc(bits) : 32);
  return { address: masked(one.address, kept), bits: kept };
}

function anyRange(address: Value | undefined, ranges: readonly Value[]): Value {
  const one = parseNetwork(address);
  if (one === null) return null;
  return ranges.flatMap((range) => (isArray(range) ? [...range] : [range])).some((range) => { const network = parseNetwork(range); return network !== null && inside(one, network); });
}

/** Compared under the shorter of the two prefixes and the one given. */
function compare(a: Value | undefined, b: Value | undefined, prefix: Value): Value {
  const [x, y] = [parseNetwork(a), parseNetwork(b)];
  if (x === null || y === null || typeof prefix !== 'number' || prefix < 0 || prefix > 32) return null;
  const bits = Math.min(x.bits, y.bits, Math.trunc(prefix));
  return Math.sign(masked(x.address, bits) - masked(y.address, bits));
}

export const addresses: FunctionTable = {
  parse_ipv4: plain(1, 1, ([text]) => { const one = parseNetwork(text); return one === null ? null : masked(one.address, one.bits); }),
  parse_ipv4_mask: plain(2, 2, ([text, bits]) => { const one = parseNetwork(text); return one === null || typeof bits !== 'number' || bits < 0 || bits > 32 ? null : masked(one.address, bits); }),
  format_ipv4: plain(1, 2, ([value, bits]) => { const network = formatted(value, bits); return network === null ? '' : dotted(network.address); }),
  format_ipv4_mask: plain(1, 2, ([value, bits]) => { const network = formatted(value, bits); return network === null ? '' : `${dotted(network.address)}/${network.bits}`; }),
  ipv4_is_private: plain(1, 1, ([text]) => { const one = parseNetwork(text); return one === null ? null : privateRanges.some((range) => inside(one, range)); }),
  ipv4_is_in_range: plain(2, 2, ([text, range]) => { const network = parseNetwork(range); const one = parseNetwork(text); return one === null || network === null ? null : inside(one, network); }),
  ipv4_is_in_any_range: plain(2, anyCount, ([text, ...ranges]) => anyRange(text, ranges)),
  ipv4_is_match: plain(2, 3, ([a, b, prefix = 32]) => { const result = compare(a, b, prefix); return result === null ? null : result === 0; }),
  ipv4_compare: plain(2, 3, ([a, b, prefix = 32]) => compare(a, b, prefix)),
  ipv4_netmask_suffix: plain(1, 1, ([text]) => parseNetwork(text)?.bits ?? null),
};
