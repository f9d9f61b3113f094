// Secrets that a name of their own says: OAuth client secrets, one-time and recovery codes, SAML messages, random values
// behind the word key.
import { anyCase, asciiText, decodeBase64 } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { ByteSet, Detector } from '../../types.ts';
import { found, keyworded, lineBefore } from '../keyworded.ts';
import { entropyBits, isHash, isUlid, isUuid } from './value-forms.ts';

const family = 'structural' as const;

const clientSecret = keyworded({
  name: 'oauth-client-secret', version: 1, family, check: 'context', title: 'OAuth client secret', doc: 'Values after client_secret, clientSecret or consumer secret.',
  facts: 'Eight or more of the characters of a URL without escapes, after the name.', source: 'RFC 6749, section 2.3.1',
  words: ['secret'], before: /(?:client|consumer|app)[ _.-]?$/i, rest: '[ _-]?(?:key|value)', value: '[A-Z0-9_.~+/-]{8,64}=?=?', judge: (text) => (isPlaceholder(text) || !/\d|[A-Z].*[a-z]/.test(text) ? 0 : 0.92),
});

const namedCode = keyworded({
  name: 'one-time-code', version: 1, family, check: 'context', title: 'One-time code', doc: 'One-time passwords and verification codes near their name.',
  facts: 'Four to eight digits, also as 3-3, after otp, totp, passcode, or verification, one-time, 2fa or mfa code.', source: 'RFC 4226, section 5.3; RFC 6238',
  words: ['otp', 'totp', 'passcode'], rest: '[ _-]?(?:code|token|pin)', value: '\\d{4,8}|\\d{3}[ -]\\d{3}', judge: () => 0.85,
});
/** `pin` alone names many things in a text, and one thing as an attribute. */
const oneTimeCode: Detector = { ...namedCode, keys: new RegExp(`${namedCode.keys!.source}|(?:^|[._-])pin(?:[._-]?code)?$|[a-z]Pin(?:Code)?$`) };

/** `login code`, `login_code`, `login-code`, `logincode`. */
const codesOf = (...kinds: readonly string[]): string[] => kinds.flatMap((kind) => ['', ' ', '_', '-'].map((between) => `${kind}${between}code`));

const verificationCode = keyworded({
  name: 'verification-code', version: 1, family, check: 'context', title: 'Verification code', doc: 'Codes sent to a person to prove who they are, near their name.',
  facts: 'Four to eight digits, also as 3-3, after verification, one-time, login, security, 2fa or mfa code.', source: 'NIST SP 800-63B, section 5.1.3',
  words: codesOf('verification', 'confirmation', 'one-time', '2fa', 'mfa', 'sms', 'login'), value: '\\d{4,8}|\\d{3}[ -]\\d{3}', judge: () => 0.8,
});

const recoveryCode = keyworded({
  name: 'recovery-code', version: 1, family, check: 'context', title: 'Recovery code', doc: 'Codes that stand in for a second factor, near their name.',
  facts: 'Two or more groups of four to eight letters and digits with dashes between, after recovery or backup code.', source: 'NIST SP 800-63B, section 5.1.2 (look-up secrets)',
  words: codesOf('recovery', 'backup'), rest: 's', value: '[A-Z0-9]{4,8}(?:-[A-Z0-9]{4,8}){1,7}', judge: (text) => (/\d/.test(text) && !isUuid(text) ? 0.88 : 0),
});

const saml: Detector = {
  name: 'saml-message', version: 1, family, check: 'structure', title: 'SAML response', doc: 'SAML responses and assertions in forms and logs, base64 of XML.',
  facts: 'SAMLResponse, = or :, then base64 of 100 characters or more that decodes to XML; also with %2B, %2F and %3D.', source: 'OASIS SAML 2.0 bindings, section 3.5',
  anchors: [anyCase('SAMLResponse'), anyCase('SAMLAssertion')],
  verify({ bytes, end }, at, match) {
    const head = /^\\?["']?\s?[:=]\s?\\?["']?/.exec(asciiText(bytes, at, end, 8))?.[0];
    if (head === undefined) return false;
    let last = at + head.length;
    if (!decodeBase64(bytes, last, Math.min(end, last + 40), 40)?.trimStart().startsWith('<')) return false;
    while (last < end && /[A-Za-z0-9+/=%]/.test(String.fromCharCode(bytes[last]!))) last++;
    return last - at - head.length >= 100 && found(match, at + head.length, last, 0.96);
  },
};

/** Names of keys that are no secrets. */
const publicKeyName = /(?:cache|primary|foreign|partition|routing|sort|group|row|object|public|pub|dedup|idempotency|i18n|translation|message|msg|map|hash|shard|kafka|record|redis|config|registry|index|lookup|composite|s3|storage)[ _.-]?key\W{0,3}$/i;
const mixed = (text: string): boolean => /[a-z].*[a-z]/.test(text) && /[A-Z].*[A-Z]/.test(text) && /\d.*\d/.test(text);
const looksLikePath = (text: string): boolean => /(?:^|\/)[a-z]{3,}\/|\.[a-z]{2,4}$/.test(text) || text.split('/').length > 4;
const afterKey: ByteSet = (byte) => byte === 0x3d || byte === 0x3a || byte === 0x22 || byte === 0x27;

const randomKey: Detector = {
  name: 'high-entropy', version: 1, family, check: 'context', title: 'Random value behind the word key', doc: 'Random values of 24 characters and more behind key, salt, seed or credential; hashes, ids and paths are left.',
  facts: 'Base 64 or base 62 with small letters, capitals and digits, 24 to 256 characters, at least 3.9 bits of Shannon entropy a character.', source: 'C. E. Shannon, A Mathematical Theory of Communication (1948); CWE-532',
  anchors: ['key', 'salt', 'seed'].map((word) => [...anyCase(word), afterKey]),
  verify(window, at, match) {
    const { bytes, end } = window;
    const hit = /^["':=\s\\]{0,5}([A-Za-z0-9+/_.~-]{24,256}={0,2})(?![A-Za-z0-9+/_.~=-])/.exec(asciiText(bytes, at, end, 270));
    if (hit === null) return false;
    const value = hit[1]!;
    if (isHash(value) || isUuid(value) || isUlid(value) || !mixed(value) || looksLikePath(value) || entropyBits(value) < 3.9) return false;
    if (publicKeyName.test(lineBefore(window, at, 32))) return false;
    return found(match, at + hit[0].length - value.length, at + hit[0].length, 0.75);
  },
};

export const namedSecrets: readonly Detector[] = [clientSecret, oneTimeCode, verificationCode, recoveryCode, saml, randomKey];
