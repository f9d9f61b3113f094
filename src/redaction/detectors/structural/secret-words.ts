// Words that name a secret: `password`, `token`, `api_key`, `db_pass`; and how much each of them says.
import { encodeUtf8 } from '../../../base/index.ts';
import { anyCase, asciiText, base62, literal } from '../../bytes.ts';
import type { Shape, Window } from '../../types.ts';

const strong = ['password', 'passwd', 'passphrase', 'secret', 'pwd', 'passwort', 'kennwort', 'mot_de_passe', 'contrase\u00f1a', 'contrasena', 'redis_auth', 'rediscli_auth'];
const weak = ['token', 'api_key', 'apikey', 'api-key', 'access_key', 'accesskey', 'private_key', 'credential', 'credentials', 'authorization', 'cookie', 'signing_key', 'encryption_key', 'account_key', 'accountkey', 'auth_key', 'authkey', 'master_key'];
const strongBytes = strong.map(encodeUtf8);
const passBytes = encodeUtf8('pass');
/** The rest of a name after the keyword that leaves it the name of a secret: `secret_key`, `password1`, `tokenValue`. */
const restOfName = /^(?:[_-]?(?:key|value|access[_-]?key|text|hash|\d{1,3}))?$/i;

/** What has a password that programs call `pass`: `pass` alone names what was passed as well. */
const opened = '(?:db|database|sql|maria|pg|postgres|postgresql|mongo|mongodb|redis|oracle|elastic|rabbit|rabbitmq|amqp|mqtt|ldap|bind|smtp|imap|pop3|mail|ftp|ssh|user|usr|username|admin|root|sudo|login|auth|https?|basic|keystore|truststore|wifi|vpn|registry|docker)';
const openedPass = new RegExp(`${opened}[_.-]?pass$`, 'i');
const barePass = /(?:^|[^A-Za-z0-9_.-]|--)pass$/i;
const notAlphanumeric = (byte: number): boolean => byte < 0x80 && base62[byte] === 0;

/** The words; `pass` has the byte behind it too, for it begins many others. */
export const secretWords: readonly Shape[] = [
  ...[...strong, ...weak].map((word) => [...encodeUtf8(word)].flatMap((byte) => (byte < 0x80 ? anyCase : literal)(String.fromCharCode(byte)))),
  [...anyCase('pass'), notAlphanumeric],
];

/** `cred` and `salt` say so only as a word of their own, or behind what has one (`dbCreds`, `passwordSalt`): they end others, such as basalt. */
const salted = `(?:^|[^A-Za-z0-9]|${opened}|password|passwd|pass|pwd|hash|api|app|aws|gcp|azure|cloud|client|service|session|token|jwt|encryption)(?:creds?|salt)$`;

/** Names of attributes: a keyword, then the rest of a name. */
export const secretKeys = new RegExp(`(?:${[...strong, ...weak].join('|')})${restOfName.source.slice(1)}|(?:^|[^A-Za-z0-9]|[a-z0-9](?=[A-Z]))${opened}[_.-]?pass$|${salted}`, 'i');

/** `strong` says secret whatever the value; `weak` (token, key) names counts, kinds and identifiers too; `bare`, `pass` alone, names
 *  sentences as well; `many` names a list. */
export type SecretWord = 'strong' | 'weak' | 'bare' | 'many';

/** What a keyword that ends at `at` says, with the rest of its name up to `nameEnd`; null when that names something else. */
export function secretWord({ bytes, start }: Window, at: number, nameEnd: number): SecretWord | null {
  if (endsWith(bytes, start, at, passBytes)) {
    const before = asciiText(bytes, Math.max(start, at - 24), at);
    return nameEnd > at ? null : openedPass.test(before) ? 'strong' : barePass.test(before) ? 'bare' : null;
  }
  if (nameEnd - at === 1 && (bytes[at]! | 0x20) === 0x73) return 'many';
  if (nameEnd > at && !restOfName.test(asciiText(bytes, at, nameEnd))) return null;
  return strongBytes.some((word) => endsWith(bytes, start, at, word)) ? 'strong' : 'weak';
}

/** Whether the word, in small letters, ends at `at`, in any case. */
function endsWith(bytes: Uint8Array, start: number, at: number, word: Uint8Array): boolean {
  const from = at - word.length;
  if (from < start) return false;
  for (let i = word.length - 1; i >= 0; i--) if (bytes[from + i] !== word[i] && (bytes[from + i]! | 0x20) !== word[i]) return false;
  return true;
}

/** Whether the keyword that ends at `at` is that of the HTTP header. */
export const isAuthorization = ({ bytes, start }: Window, at: number): boolean => endsWith(bytes, start, at, authorizationBytes);
const authorizationBytes = encodeUtf8('authorization');
