// Credentials as HTTP carries them: bearer tokens (RFC 6750), Basic credentials (RFC 7617) and passwords in URLs
// (RFC 3986, user-info).
import { anyCase, asciiText, base64, decodeBase64, literal, runEnd, token68, wordBytes } from '../../bytes.ts';
import { isPlaceholder, looksRandom } from '../../plausible.ts';
import type { Detector } from '../../types.ts';

const dot = 0x2e;
const equals = 0x3d;

export const bearer: Detector = {
  name: 'bearer-token', version: 1, family: 'structural', title: 'Bearer token', check: 'context',
  facts: 'Bearer, a space (or %20, +), then 12 or more of A-Z a-z 0-9 - . _ ~ + / and padding.', source: 'RFC 6750, section 2.1',
  doc: 'What follows "Bearer" in an Authorization header, when it can be a token and not a word.',
  anchors: [anyCase('bearer '), anyCase('bearer%20'), anyCase('bearer+')],
  verify({ bytes, end }, at, match) {
    let last = runEnd(bytes, at, end, token68);
    while (last < end && bytes[last] === equals) last++;
    // A sentence may end with the token.
    while (last > at && bytes[last - 1] === dot) last--;
    if (last - at < 12 || !looksRandom(bytes, at, last)) return false;
    match.start = at;
    match.end = last;
    match.keep = 0;
    match.confidence = 0.9;
    return true;
  },
};

export const basicAuth: Detector = {
  name: 'basic-auth', version: 1, family: 'structural', title: 'Basic credentials', check: 'structure',
  facts: 'Basic, a space, then base64 that decodes to printable text with a colon.', source: 'RFC 7617',
  doc: 'Basic credentials: base64 that decodes to user:password.',
  anchors: [anyCase('basic ')],
  verify({ bytes, end }, at, match) {
    let last = runEnd(bytes, at, end, base64);
    const decoded = last - at >= 4 ? decodeBase64(bytes, at, last) : null;
    if (decoded === null || !/^[\x20-\x7e\x80-\xff]*:[\x20-\x7e\x80-\xff]*$/.test(decoded)) return false;
    // Base64 of so many characters cannot end there, and a word of small letters is one.
    if ((last - at) % 4 === 1 || (bytes[last] !== equals && /^[a-z]*$/.test(asciiText(bytes, at, last)))) return false;
    while (last < end && bytes[last] === equals) last++;
    match.start = at;
    match.end = last;
    match.keep = 0;
    match.confidence = 0.95;
    return true;
  },
};

/** Ends the authority of a URL, or shows that what follows is no URL. */
const endsAuthority = Uint8Array.from({ length: 256 }, (_, byte) => (byte <= 0x20 || '/?#"\'<>\\`{}|^'.includes(String.fromCharCode(byte)) ? 1 : 0));

export const urlCredentials: Detector = {
  name: 'url-credentials', version: 1, family: 'structural', title: 'Password in a URL', check: 'structure',
  facts: 'scheme://user:password@host; the last @ before the authority ends separates.', source: 'RFC 3986, section 3.2.1',
  doc: 'The password in scheme://user:password@host, or a long user name that is a token.',
  anchors: [literal('://')],
  verify({ bytes, start, end }, at, match) {
    if (at - 3 <= start || wordBytes[bytes[at - 4]!] === 0) return false;
    let colon = -1;
    let sign = -1;
    // Passwords may hold an unescaped @: the last one before the authority ends separates.
    for (let i = at; i < end && i < at + 2048 && endsAuthority[bytes[i]!] === 0; i++) {
      if (bytes[i] === 0x3a && colon < 0) colon = i;
      else if (bytes[i] === 0x40) sign = i;
    }
    if (sign < 0) return false;
    const hasPassword = colon >= 0 && colon < sign;
    const from = hasPassword ? colon + 1 : at;
    if (from >= sign || isPlaceholder(asciiText(bytes, from, sign))) return false;
    if (!hasPassword && (sign - from < 20 || !looksRandom(bytes, from, sign))) return false;
    match.start = from;
    match.end = sign;
    match.keep = 0;
    match.confidence = hasPassword ? 0.95 : 0.7;
    return true;
  },
};
