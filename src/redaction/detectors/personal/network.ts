// Addresses of machines that name a person's device: IPv6 and hardware addresses.
import { asciiText, hexDigits, literal, runEnd, runStart } from '../../bytes.ts';
import type { ByteSet, Detector, Shape } from '../../types.ts';
import { found, alone } from '../keyworded.ts';

const hex: ByteSet = (byte) => hexDigits[byte] === 1;
const colon: ByteSet = (byte) => byte === 0x3a;
const addressBytes = hexDigits.map((is, byte) => (byte === 0x3a || byte === 0x2e ? 1 : is));
const groups = (count: number): Shape => [colon, ...Array.from({ length: count }, () => hex), colon];

/** Value of the eight groups of an address of RFC 4291, section 2.2 (also with an IPv4 tail); null when it is none. */
export function parseIpv6(text: string): readonly number[] | null {
  const halves = withoutQuad(text)?.split('::');
  if (halves === undefined || halves.length > 2) return null;
  const [left, right] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined];
  const all = [...left, ...(right ?? [])];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) || (right === undefined ? all.length !== 8 : all.length > 7)) return null;
  return [...left, ...Array.from({ length: 8 - all.length }, () => '0'), ...(right ?? [])].map((group) => parseInt(group, 16));
}

/** A dotted quad at the end as two groups; null when there are dots that are none. */
function withoutQuad(text: string): string | null {
  if (!text.includes('.')) return text;
  const quad = /^(.*:)(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const octets = quad?.slice(2).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return null;
  return `${quad![1]}${(octets[0]! * 256 + octets[1]!).toString(16)}:${(octets[2]! * 256 + octets[3]!).toString(16)}`;
}

/** In a range that is given out: global unicast, unique local, link local, multicast, and IPv4 mapped or translated. Words of C++
 *  and Ruby that happen to be hex lie outside, and those that do not have no digit. */
function isGivenOut(text: string, parsed: readonly number[]): boolean {
  const first = parsed[0]!;
  const mapped = parsed.slice(0, 5).every((group) => group === 0) && parsed[5] === 0xffff;
  return /\d/.test(text) && (first >> 13 === 1 || first >> 9 === 0x7e || first >> 6 === 0x3fa || first >> 8 === 0xff || first === 0x64 || mapped);
}

export const ipv6: Detector = {
  name: 'ipv6', version: 1, family: 'network', check: 'structure', title: 'IPv6 address', doc: 'IPv6 addresses; not ::, ::1, times, hardware addresses or C++ scopes.',
  facts: 'Eight groups of up to four hex digits, one run of zero groups as ::, the last two also as a dotted quad; in a range that is given out.', source: 'RFC 4291, section 2.2; RFC 5952',
  anchors: [literal('::'), groups(4), groups(3), [...groups(1), hex, colon]],
  verify(window, at, match) {
    const { bytes, start, end } = window;
    const from = runStart(bytes, at, Math.max(start, at - 48), addressBytes);
    let last = runEnd(bytes, at, Math.min(end, at + 48), addressBytes);
    while (last > from && (bytes[last - 1] === 0x2e || (bytes[last - 1] === 0x3a && bytes[last - 2] !== 0x3a))) last--;
    if (last - from > 45 || !alone(window, from, last)) return false;
    const text = asciiText(bytes, from, last);
    const parsed = parseIpv6(text);
    return parsed !== null && isGivenOut(text, parsed) && found(match, from, last, 0.9);
  },
};

const macForm = /^[0-9a-f]{2}([:-])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$/i;
const macShape = (separator: number): Shape => {
  const is: ByteSet = (byte) => byte === separator;
  return [is, hex, hex, is, hex, hex, is];
};

export const macAddress: Detector = {
  name: 'mac-address', version: 1, family: 'network', check: 'shape', title: 'Hardware address (MAC)', doc: 'Hardware addresses of 48 bits; not all zeros or ones, nor part of a longer fingerprint.',
  facts: 'Six groups of two hex digits, all with colons or all with dashes between.', source: 'IEEE 802-2014, section 8.1',
  anchors: [macShape(0x3a), macShape(0x2d)],
  verify(window, at, match) {
    const { bytes } = window;
    const from = at - 9;
    const last = from + 17;
    if (from < window.start || last > window.end || !alone(window, from, last) || bytes[last] === 0x3a || (from > window.start && bytes[from - 1] === 0x3a && hex(bytes[from - 2] ?? 0))) return false;
    const text = asciiText(bytes, from, last);
    if (!macForm.test(text) || /^(?:00[:-]){5}00$|^(?:ff[:-]){5}ff$/i.test(text)) return false;
    return found(match, from, last, 0.9);
  },
};
