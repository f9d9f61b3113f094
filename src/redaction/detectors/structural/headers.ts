// Secrets in HTTP headers beside bearer and basic: keys of APIs, session cookies, AWS signatures, digest responses.
import { anyCase, asciiText, literal } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { Detector } from '../../types.ts';
import { found, lineBefore } from '../keyworded.ts';
import { isUuid } from './value-forms.ts';

const family = 'structural' as const;
const hasDigit = (text: string): boolean => /\d/.test(text);

const apiKeyNames = ['x-api-key', 'x-auth-token', 'x-auth-key', 'x-access-token', 'x-goog-api-key', 'x-functions-key', 'x-vault-token', 'private-token', 'x-gitlab-token', 'subscription-key', 'x-amz-security-token'];

const apiKeyHeader: Detector = {
  name: 'api-key-header', version: 1, family, check: 'context', title: 'API key in a header', doc: 'Values of X-Api-Key, X-Auth-Token, Private-Token and other headers that carry keys.',
  facts: 'The header\'s name, a colon (or =, or quotes as in JSON), then 8 or more of the characters of a token.', source: 'RFC 9110, section 5; https://swagger.io/docs/specification/authentication/api-keys/',
  anchors: apiKeyNames.map(anyCase),
  keys: new RegExp(`(?:^|[._-])(?:${apiKeyNames.join('|')})$`, 'i'),
  verify({ bytes, end }, at, match) {
    const hit = /^\\?["']?\s{0,2}(?:[:=]|=>|,)\s{0,2}\[?\\?["']?([A-Za-z0-9+/=_.~:-]{8,400})/.exec(asciiText(bytes, at, end, 412));
    if (hit === null || isPlaceholder(hit[1]!) || !hasDigit(hit[1]!)) return false;
    return found(match, at + hit[0].length - hit[1]!.length, at + hit[0].length, 0.95);
  },
};

/** Names that frameworks give their session cookie, whatever stands around them. */
const frameworkCookies = ['JSESSIONID=', 'PHPSESSID=', 'connect.sid=', 'ASP.NET_SessionId=', '.ASPXAUTH=', 'laravel_session=', 'authjs.session-token=', 'next-auth.session-token='];
/** Names that say session only inside a cookie header. */
const commonCookies = ['sessionid=', 'session_id=', 'session=', 'sessid=', 'sid=', 'session_token='];
const cookieBefore = /(?:set-)?cookie["'\\]*\s?[:=]/i;

const sessionCookie: Detector = {
  name: 'session-cookie', version: 2, family, check: 'context', title: 'Session cookie', doc: 'Values of session cookies: of known frameworks anywhere, of common names in a Cookie or Set-Cookie header.',
  facts: 'Name=value of RFC 6265 cookie octets, 16 or more with a digit; UUIDs count in a cookie header.', source: 'RFC 6265, section 4.1.1; OWASP session management cheat sheet',
  anchors: [...frameworkCookies.map(literal), ...commonCookies.map(anyCase)],
  verify(window, at, match) {
    // Bullets stand for a part that another policy hid. Of a session's random value the first characters hold a digit.
    if (!/^"?[A-Za-z0-9%+/=_.:~!\xe2\x80\xa2-]{16}/.test(asciiText(window.bytes, at, window.end, 17)) || !hasDigit(asciiText(window.bytes, at, window.end, 48))) return false;
    const value = /^"?([A-Za-z0-9%+/=_.:~!\xe2\x80\xa2-]{16,600})/.exec(asciiText(window.bytes, at, window.end, 602));
    if (value === null || !hasDigit(value[1]!) || isPlaceholder(value[1]!)) return false;
    const before = lineBefore(window, at, 200);
    const inHeader = cookieBefore.test(before);
    if (!inHeader && (!frameworkCookies.some((name) => before.endsWith(name)) || isUuid(value[1]!))) return false;
    return found(match, at + value[0].length - value[1]!.length, at + value[0].length, inHeader ? 0.95 : 0.9);
  },
};

const awsSignature: Detector = {
  name: 'aws-signature', version: 1, family, check: 'structure', title: 'AWS request signature', doc: 'Signatures of AWS requests, in the Authorization header and in presigned addresses, which open what they sign until they expire.',
  facts: 'Signature= and 64 hex digits behind SignedHeaders=, or X-Amz-Signature= and 64 hex digits.', source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html',
  anchors: [literal('Signature=')],
  verify(window, at, match) {
    const { bytes, end } = window;
    if (!/^[0-9a-f]{64}(?![0-9A-Za-z])/.test(asciiText(bytes, at, end, 65))) return false;
    const before = lineBefore(window, at, 240);
    return /X-Amz-Signature=$|(?:SignedHeaders=|AWS4-HMAC-SHA256)[^\n]*Signature=$/.test(before) && found(match, at, at + 64, 0.97);
  },
};

const digestAuth: Detector = {
  name: 'digest-response', version: 1, family, check: 'structure', title: 'Digest credentials', doc: 'The response of a Digest Authorization header, from which weak passwords can be guessed.',
  facts: 'Digest with username, realm, nonce and response="…" of 32 or 64 hex digits.', source: 'RFC 7616, section 3.4',
  anchors: [anyCase('digest username=')],
  verify({ bytes, end }, at, match) {
    if (bytes[at] !== 0x22 && bytes[at] !== 0x5c) return false;
    const text = asciiText(bytes, at, end, 480);
    const hit = /[ ,]response=\\?"([0-9a-f]{64}|[0-9a-f]{32})\\?"/i.exec(text);
    if (hit === null || !text.includes('nonce=')) return false;
    const from = at + hit.index + hit[0].indexOf('"') + 1;
    return found(match, from, from + hit[1]!.length, 0.96);
  },
};

export const headerDetectors: readonly Detector[] = [apiKeyHeader, sessionCookie, awsSignature, digestAuth];
