// PEM private keys (RFC 7468) and PGP private key blocks, from the BEGIN line to the END line. A block that is cut off
// is taken to the end of the text: half a key is still a leak.
import { asciiText, literal, matches } from '../../bytes.ts';
import type { Detector } from '../../types.ts';

/** A form of the web writes + for a blank. */
const label = /^[A-Z0-9 +]{0,40}PRIVATE[ +]KEY(?:[ +]BLOCK)?-----/;
const ending = '-----END';
const endingLength = ending.length + 1;

export const privateKey: Detector = {
  name: 'private-key', version: 1, family: 'structural', title: 'Private key', check: 'structure',
  facts: '-----BEGIN (RSA, EC, OPENSSH, ENCRYPTED …) PRIVATE KEY( BLOCK)-----, base64 lines, and the END line of the same form.', source: 'RFC 7468; RFC 9580, section 6.2',
  doc: 'PEM and PGP private key blocks, whole, on one line or many.',
  anchors: [literal('-----BEGIN '), literal('-----BEGIN+')],
  verify({ bytes, end }, at, match) {
    if (!label.test(asciiText(bytes, at, end, 80))) return false;
    match.start = at - '-----BEGIN '.length;
    match.end = end;
    match.keep = 0;
    match.confidence = 0.8;
    for (let i = at; i < end; i++) {
      if (bytes[i] !== 0x2d || !matches(bytes, i, end, ending)) continue;
      const tail = label.exec(asciiText(bytes, i + endingLength, end, 80));
      match.end = Math.min(end, i + endingLength + (tail?.[0].length ?? 0));
      match.confidence = 0.99;
      return true;
    }
    return true;
  },
};
