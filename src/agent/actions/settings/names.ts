// Which names in a text are those of secrets. Capitals with a line between are an environment's and judged as widely; other names are those of
// configuration files, where a bare `key` or `auth` is mostly something else.
import { isSecretName } from '../../processes/index.ts';

const ofEnvironment = /^[A-Z][A-Z0-9_]{3,}$/;
const bare = /^[A-Z]{3,5}$/;
const inFiles = /(?:^|[_.-])(?:pw|pass|passcode|rootpw|bindpw|requirepass|masterauth|auth[_-]?pass)$|[_.-](?:auth|sk|salt|creds?|pepper)$|secret[_.-]?key[_.-]?base$/i;
const camel = /[a-z0-9](?:Pass|Pw|Salt|Creds?|SecretKeyBase)$/;
/** `cache_key` and `sort_key` are no secrets. */
const keys = /(?:jwt|hmac|sign|signing|encrypt|encryption|crypt|cipher|licen[cs]e|fernet|unseal|app|application|master|session|shared|private|secret|account|access|auth|api|stripe|twilio|cookie|webhook|service|admin|client|token|aes|root)[_.-]?key$/i;
const within = /secret|passw(?:or)?d|passphrase|credential/i;
/** What the detectors judge by themselves, with an eye for prose. */
const known = /(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)$/i;

/** All that names a secret. */
export function namesSecret(name: string): boolean {
  if (ofEnvironment.test(name)) return isSecretName(name) && !bare.test(name);
  return known.test(name) || inFiles.test(name) || camel.test(name) || keys.test(name) || (within.test(name) && isSecretName(name) && !/secrets$/i.test(name));
}

/** Of those, the ones that no detector judges. */
export const namesUnjudged = (name: string): boolean => namesSecret(name) && !known.test(name);

/** Also on a line of its own with the value below. */
export const opensSecret = (name: string): boolean => namesSecret(name) || /(?:^|[_.-]|[a-z](?=T))token$/i.test(name);
