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
  name: 'wireguard-key', version: 1, family, check: 'structure', title: 'WireGuard key', doc: 'Private and preshared keys of WireGuard configurations.',
  facts: 'PrivateKey or PresharedKey, =, then 44 characters of base64 that are 32 bytes.', source: 'wg(8), configuration file format',
  anchors: [anyCase('PrivateKey'), anyCase('PresharedKey')],
  verify({ bytes, end }, at, match) {
    const hit = /^["']?\s{0,3}[=:]\s{0,3}["']?([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)(?![A-Za-z0-9+/=])/.exec(asciiText(bytes, at, end, 60));
    return hit !== null && found(match, at + hit[0].length - 44, at + hit[0].length, 0.97);
  },
};

const jwkKey: Detector = {
  name: 'jwk-private-key', version: 1, family, check: 'structure', title: 'Private JSON Web Key', doc: 'The private part, d, of a JSON Web Key of kind EC, OKP or RSA.',
  facts: '"d" with base64url of 32 bytes or more in an object that holds "kty" within 1,024 bytes.', source: 'RFC 7517; RFC 7518, sections 6.2.2 and 6.3.2',
  anchors: [literal('"d":')],
  verify({ bytes, start, end }, at, match) {
    let from = at;
    while (from < at + 3 && bytes[from] === 0x20) from++;
    if (bytes[from] !== 0x22) return false;
    const last = runEnd(bytes, from + 1, end, base64url);
    if (last - from < 43 || bytes[last] !== 0x22 || decodeBase64(bytes, from + 1, last) === null) return false;
    const around = asciiText(bytes, Math.max(start, at - 1024), at, 1024) + asciiText(bytes, last, end, 1024);
    return around.includes('"kty"') && found(match, from + 1, last, 0.98);
  },
};

export const keyDetectors: readonly Detector[] = [ageKey, puttyKey, wireguardKey, jwkKey];
