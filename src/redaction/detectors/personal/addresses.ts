// Addresses of people and their machines: e-mail (RFC 5321 shapes) and IPv4 (dotted quads, ranges checked).
import { asciiText, textBefore, base62, digits, isDigit, literal, runEnd, runStart, wordBytes } from '../../bytes.ts';
import type { ByteSet, Detector, Window } from '../../types.ts';
import { behindColour } from '../../wrapped/index.ts';

/** Local part and domain; bytes from 0x80 on are letters of internationalised addresses. */
const localBytes = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x80 || base62[byte] === 1 || '._%+-'.includes(String.fromCharCode(byte)) ? 1 : 0));
const domainBytes = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x80 || base62[byte] === 1 || byte === 0x2e || byte === 0x2d ? 1 : 0));
/** Last labels that are files (`icon@2x.png`) and not domains. */
const fileEndings = /\.(?:png|jpe?g|gif|svg|webp|ico|css|js|mjs|ts|json|html|map|so|dll|jar|py|rb|exe)$/i;
/** Units of systemd with an instance: `getty@tty1.service`. */
const unitEndings = /\.(?:service|socket|timer|mount|target|slice)$/;

/** A bullet ends a domain: one of a list, or a mask that stands right behind it. */
function bulletAt(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[i] === 0xe2 && bytes[i + 1] === 0x80 && bytes[i + 2] === 0xa2) return i;
  return end;
}

export const email: Detector = {
  name: 'email', version: 2, family: 'personal', title: 'E-mail address', check: 'shape',
  facts: 'local@domain, local part up to 64 bytes, domain with a top label of letters or xn--; %40 for @.', source: 'RFC 5321, section 4.1.2; RFC 6531',
  doc: 'E-mail addresses, also with %40 for the @ as in URLs.',
  anchors: [literal('@'), literal('%40')],
  verify({ bytes, start, end }, at, match) {
    const sign = bytes[at - 1] === 0x40 ? at - 1 : at - 3;
    let from = behindColour(bytes, start, runStart(bytes, sign, Math.max(start, sign - 64), localBytes), sign);
    while (from < sign && (bytes[from] === 0x2e || bytes[from] === 0x2d || bytes[from] === 0x25)) from++;
    if (from === sign || bytes[sign - 1] === 0x2e) return false;
    let last = bulletAt(bytes, at, runEnd(bytes, at, Math.min(end, at + 254), domainBytes));
    while (last > at && (bytes[last - 1] === 0x2e || bytes[last - 1] === 0x2d)) last--;
    const domain = asciiText(bytes, at, last, 254);
    if (!/^[^.-][^]*\.(?:[A-Za-z]{2,24}|xn--[A-Za-z0-9-]{2,59}|[\x80-\xff]{2,})$/.test(domain) || domain.includes('..') || fileEndings.test(domain) || unitEndings.test(domain)) return false;
    // git@github.com:org/repo is an address of a repository.
    if (asciiText(bytes, from, sign) === 'git' && (bytes[last] === 0x3a || bytes[last] === 0x2f)) return false;
    // The password and host of a URL are not an address of a person; a user name and host may be.
    if (/:\/\/[^\s/@]*:[^\s/@]*$/.test(asciiText(bytes, Math.max(start, from - 64), from))) return false;
    match.start = from;
    match.end = last;
    match.keep = 0;
    match.confidence = 0.95;
    return true;
  },
};

const isDot: ByteSet = (byte) => byte === 0x2e;
const quadBytes = digits.map((is, byte) => (byte === 0x2e ? 1 : is));
/** Words before a quad that make it a version, an object identifier or a place in a document; and a package's name before a bracket. */
const versionBefore = /[^a-z0-9_](?:v|ver|version|versions|release|build|oid|revision|assembly|firmware|sections?|requirements?|clauses?|chapters?)["']?\s*[:=]?\s*["']?v?$|[a-z0-9](?:[+.]?[a-z0-9])*(?:-[a-z0-9.+]+)+ \($/i;

/** `Guile 3.0.5.130`: the plain name of a product, and numbers as small as those of a version. A machine's part, or what was done
 *  with an address, may begin with a capital as well. */
const productBefore = /(?:^|[^A-Za-z0-9_.,:;=<>-] ?)([A-Z][a-z]{3,15}) $/;
const ofMachines = /^(?:.*(?:ed|ing|er|or|host|net|address|from|peer|client|bind|node|route|gateway|mask|dest|destination|source|origin|proxy|interface|local|public|private|internal|external|allow|deny|drop|block|found|accept|reject|ignore|unban|ping|lookup|resolve|machine|device|target|endpoint|visit|with|over|via|into|onto|this|that|when|then|inet|addr|range|pool|static|remote|user|login|connect|disconnect))$/i;
const isVersionOf = (before: string, octets: readonly string[]): boolean => {
  const name = productBefore.exec(before)?.[1];
  return name !== undefined && !ofMachines.test(name) && Number(octets[0]) <= 9 && Number(octets[1]) <= 9 && Number(octets[2]) <= 30 && !isResolver(octets);
};
/** Addresses of public resolvers are made of small numbers. */
const isResolver = (octets: readonly string[]): boolean => ['1.1.1.', '1.0.0.', '8.8.8.', '8.8.4.', '9.9.9.', '4.2.2.'].includes(`${octets.slice(0, 3).join('.')}.`);

/** How what `versionBefore` looks for ends, which costs less to see. */
const mayBeVersion = /(?:[vrnsedyt]["']?\s*[:=]?\s*["']?| \()$/i;

export const ipv4: Detector = {
  name: 'ipv4', version: 2, family: 'network', title: 'IPv4 address', check: 'structure',
  facts: 'Four octets of 0 to 255 without leading zeros, dots between; not next to letters or more dots.', source: 'RFC 791; RFC 6943, section 3.1.1',
  doc: 'IPv4 addresses; not versions (v1.2.3.4, Guile 3.0.5.130), object identifiers, loopback or 0.0.0.0.',
  notKeys: /(?:^|[._-])version$/i,
  // Decimals and dates have one dot; this asks for two.
  anchors: [1, 2, 3].map((octet) => [isDigit, isDot, ...Array.from({ length: octet }, () => isDigit), isDot, isDigit]),
  verify(window, at, match) {
    const { bytes, start, end } = window;
    const from = runStart(bytes, at, Math.max(start, at - 32), quadBytes);
    const last = trimDot(bytes, runEnd(bytes, at, Math.min(end, at + 32), quadBytes));
    const octets = asciiText(bytes, from, last).split('.');
    if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)) return false;
    if (octets[0] === '127' || octets.slice(1).every((octet) => octet === '0') || !standsAlone(window, from, last)) return false;
    const before = textBefore(bytes, start, from);
    if ((mayBeVersion.test(before) && versionBefore.test(before)) || isVersionOf(before, octets)) return false;
    match.start = from;
    match.end = last;
    match.keep = 0;
    match.confidence = 0.85;
    return true;
  },
};

const trimDot = (bytes: Uint8Array, end: number): number => (bytes[end - 1] === 0x2e ? end - 1 : end);

/** Not part of a word, a longer number or a product token such as `Chrome/120.0.6099.71`. */
function standsAlone({ bytes, start, end }: Window, from: number, last: number): boolean {
  const before = from > start ? bytes[from - 1]! : 0x20;
  const after = last < end ? bytes[last]! : 0x20;
  if (wordBytes[before] === 1 || before === 0x2d || before === 0x2e || wordBytes[after] === 1) return false;
  // A dash after it begins a pre-release tag (1.2.3.4-rc1), unless a second address follows (a range).
  if (after === 0x2d && (last + 1 >= end || !isDigit(bytes[last + 1]!))) return false;
  if (before !== 0x2f || from - 2 < start || bytes[from - 2] === 0x2f) return true;
  // host/1.2.3.4:80 is how Java writes an address; Product/1.2.3.4 is a version.
  return wordBytes[bytes[from - 2]!] === 0 || after === 0x3a;
}
