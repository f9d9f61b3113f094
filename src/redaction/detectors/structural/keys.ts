// Private keys that are no PEM: age, PuTTY, WireGuard and JSON Web Keys.
import { anyCase, asciiText, base64url, decodeBase64, literal, matches, runEnd } from '../../bytes.ts';
import type { Detector } from '../../types.ts';
import { bech32Sum, bech32Sums } from '../bech32.ts';
import { found } from '../keyworded.ts';

const family = 'structural' as const;
const agePrefix = 'AGE-SECRET-KEY-1';

const ageKey: Detector = {
  name: 'age-secret-key', version: 1, family, check: 'checksum', title: 'age secret key', doc: 'Secret keys of age, in capitals.',
  facts: 'AGE-SECRET-KEY-1 and 58 Bech32 characters, the last six a checksum; a wrong one lowers the confidence.', source: 'https://github.com/C2SP/C2SP/blob/main/age.md; BIP-173',
  anchors: [literal(agePrefix)], prefixes: [agePrefix],
  verify({ bytes, end }, at, match) {
    const data = /^[02-9AC-HJ-NP-Z]{58}(?![A-Z0-9])/.exec(asciiText(bytes, at, end, 60))?.[0];
    if (data === undefined) return false;
    return found(match, at - agePrefix.length, at + 58, bech32Sum(agePrefix + data) === bech32Sums.bech32 ? 0.99 : 0.75, agePrefix.length);
  },
};

const puttyPrefix = 'PuTTY-User-Key-File-';
const puttyEnding = 'Private-MAC: ';

const puttyKey: Detector = {
  name: 'putty-private-key', version: 1, family, check: 'structure', title: 'PuTTY private key', doc: 'PuTTY key files, whole; one that is cut off is taken to the end.',
  facts: 'PuTTY-User-Key-File-2 or -3, headers, Public-Lines, Private-Lines, and Private-MAC with hex digits.', source: 'PuTTY user manual, appendix C (PPK file format)',
  anchors: [literal(puttyPrefix)],
  verify({ bytes, end }, at, match) {
    if (!/^[123]: /.test(asciiText(bytes, at, end, 3))) return false;
    for (let i = at; i < end; i++) {
      if (bytes[i] !== 0x50 || !matches(bytes, i, end, puttyEnding)) continue;
      return found(match, at - puttyPrefix.length, runEnd(bytes, i + puttyEnding.length, end, base64url), 0.99);
    }
    return found(match, at - puttyPrefix.length, end, 0.8);
  },
};

const wireguardKey: Detector = {
  name: 'wireguard-key', version: 2, family, check: 'structure', title: 'WireGuard key', doc: 'Private and preshared keys of WireGuard configurations.',
  facts: 'PrivateKey or PresharedKey (also with _ or - between), = or :, then 44 characters of base64 that are 32 bytes.', source: 'wg(8), configuration file format',
  anchors: ['PrivateKey', 'PresharedKey', 'Private_Key', 'Preshared_Key', 'Private-Key', 'Preshared-Key'].map(anyCase),
  verify({ bytes, end }, at, match) {
    const hit = /^["']?\s{0,3}[=:]\s{0,3}["']?([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)(?![A-Za-z0-9+/=])/.exec(asciiText(bytes, at, end, 60));
    return hit !== null && found(match, at + hit[0].length - 44, at + hit[0].length, 0.97);
  },
};

/** Members of RFC 7518 that hold what is private: of RSA each of these gives the key away, `k` is a symmetric key itself. */
const jwkMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];
const leastPrivate = 43;
const leastSymmetric = 22;
/** As far as the other members of a key reach: the modulus of RSA with 4096 bits is 683 characters long. */
const jwkReach = 1024;

const jwkKey: Detector = {
  name: 'jwk-private-key', version: 2, family, check: 'structure', title: 'Private JSON Web Key', doc: 'The private parts of a JSON Web Key of kind EC, OKP or RSA, and symmetric ones of kind oct.',
  facts: '"d" (of RSA also "p", "q", "dp", "dq", "qi") with base64url of 32 bytes or more, "k" with 16 or more, in an object that holds "kty" within 1,024 bytes.', source: 'RFC 7517; RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1',
  anchors: ['"', '\''].flatMap((mark) => jwkMembers.map((name) => literal(mark + name + mark))),
  verify({ bytes, start, end }, at, match) {
    const head = /^\s{0,3}:\s{0,24}["']/.exec(asciiText(bytes, at, end, 32))?.[0];
    if (head === undefined) return false;
    const from = at + head.length;
    const last = runEnd(bytes, from, end, base64url);
    const isSymmetric = bytes[at - 2] === 0x6b;
    if (last - from < (isSymmetric ? leastSymmetric : leastPrivate) || bytes[last] !== bytes[from - 1] || decodeBase64(bytes, from, last) === null) return false;
    const around = asciiText(bytes, Math.max(start, at - jwkReach), at, jwkReach) + asciiText(bytes, last, end, jwkReach);
    return (isSymmetric ? /["']kty["']\s{0,3}:\s{0,3}["']oct/ : /["']kty["']/).test(around) && found(match, from, last, 0.98);
  },
};

export const keyDetectors: readonly Detector[] = [ageKey, puttyKey, wireguardKey, jwkKey];
