// The second opinion: what secrets look like, written down once more and on purpose not from the detectors' tables. Plain
// regular expressions without nested repeats over decoded text; a little too eager rather than too shy. The names are those of the
// detectors that should have caught it, so that a leak and what stops it are one row of the audit.

export interface ResidualPattern {
  readonly detector: string;
  /** Text that has to be there for the pattern to match: one of these, or something that this matches. Of bytes read as Latin-1 too. */
  readonly cue: readonly string[] | RegExp;
  /** Flag g; group 1, where there is one, is the secret. */
  readonly pattern: RegExp;
  /** Whether the match is one at all. */
  readonly sound?: (secret: string, before: string) => boolean;
}

const token = (detector: string, cue: readonly string[], body: string): ResidualPattern => ({ detector, cue, pattern: new RegExp(`(?<![A-Za-z0-9])(?:${body})`, 'g'), sound: varied });

/** Documentation writes `ghp_xxxxxxxx`; what is issued has more than a few different characters. */
function varied(secret: string): boolean {
  return new Set(secret.slice(-20)).size > 5;
}

export function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The networks' first digits with their usual lengths; the full table is the detector's. */
const cardForm = /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|6\d{15}(?:\d{3})?|35\d{14})$/;

function isCard(secret: string, before: string): boolean {
  const digits = secret.replace(/\D/g, '');
  return cardForm.test(digits) && luhnHolds(digits) && !/(?:id|nanos?|timestamp|epoch)["'\\]*\s*[:=]\s*["'\\]*$/i.test(before);
}

function isAddress(secret: string, before: string): boolean {
  const octets = secret.split('.').map(Number);
  if (octets.some((octet, i) => octet > 255 || String(octet) !== secret.split('.')[i])) return false;
  if (octets[0] === 127 || octets.slice(1).every((octet) => octet === 0)) return false;
  if (octets[0]! < 10 && octets[1] === 0 && /(?:^|[^\w.])[A-Z][a-z]{3,15} $/.test(before)) return false;
  return !/(?:\bv|version|release|build|oid|[A-Za-z]\/)["']?\s*[:= ]?\s*["']?$/i.test(before);
}

/** ISO 13616: the first four characters go to the end, letters count from 10, the remainder by 97 is 1. */
function isIban(secret: string): boolean {
  const compact = secret.replace(/ /g, '');
  let rest = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return compact.length >= 15 && rest === 1;
}

/** Blanks, template variables, words: values that stand for a secret. */
const standIn = /^(?:\W*|\$\{.*|\{\{.*|<.*|null|none|nil|undefined|true|false|redacted|\[?redacted\]?|masked|hidden|filtered|changeme)$/i;
export const standsForSecret = (value: string): boolean => standIn.test(value);
const isValue = (secret: string): boolean => secret.length >= 6 && !standsForSecret(secret) && /\d|[^A-Za-z0-9\s]|[a-z][A-Z]/.test(secret);

/** Letters and digits, and no name of several words: a list of names of secrets holds those. */
const isListed = (secret: string): boolean => isValue(secret) && /\d/.test(secret) && /[A-Za-z]/.test(secret) && !/^[a-z0-9]+(?:[-_.][a-z0-9]+)+$/.test(secret);

const secretCue = /passw|passphrase|pwd|secret|api[_-]?key|access[_-]?key|token|[a-z]_?pass|_auth/i;
const secretWord = '(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|token|(?:db|user|smtp|mysql|redis|pg)[_-]?pass|redis(?:cli)?_auth)';
/** Quotes, escaped or not. */
const quotes = `["'\\\\]{0,9}`;
const value = `[^\\s"'\\\\,;&)}\\]]{6,256}`;

const jwtForm = 'eyJ[A-Za-z0-9_-]{10,2000}\\.eyJ[A-Za-z0-9_-]{5,4000}\\.[A-Za-z0-9_-]{0,2000}';

export const residualPatterns: readonly ResidualPattern[] = [
  token('github-token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'], 'gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{60,255}'),
  token('gitlab-token', ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'gloas-', 'glagent-', 'glsoat-', 'glft-', 'glimt-', 'glffct-'], 'gl(?:pat|dt|rt|cbt|ptt|oas|agent|soat|ft|imt|ffct)-[A-Za-z0-9_.-]{20,255}'),
  token('npm-token', ['npm_'], 'npm_[A-Za-z0-9]{36}'),
  token('pypi-token', ['pypi-AgE'], 'pypi-AgE[IN][A-Za-z0-9_-]{50,255}'),
  token('aws-access-key-id', ['AKIA', 'ASIA'], 'A(?:KIA|SIA)[A-Z2-7]{16}(?![A-Z0-9])'),
  token('gcp-api-key', ['AIza'], 'AIza[A-Za-z0-9_-]{35}'),
  token('slack-token', ['xox'], 'xox[abeoprs][-.][A-Za-z0-9-]{10,255}'),
  token('stripe-key', ['_live_', '_test_'], '(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}'),
  token('openai-key', ['T3BlbkFJ'], 'sk-(?:[A-Za-z0-9_-]{0,120})T3BlbkFJ[A-Za-z0-9_-]{16,200}'),
  token('anthropic-key', ['sk-ant-'], 'sk-ant-[A-Za-z0-9_-]{40,200}'),
  token('hugging-face-token', ['hf_', 'api_org_'], '(?:hf|api_org)_[A-Za-z0-9]{30,60}'),
  token('sendgrid-key', ['SG.'], 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}'),
  token('digitalocean-token', ['_v1_'], 'do[opr]_v1_[a-f0-9]{64}'),
  token('shopify-token', ['shpat_', 'shpca_', 'shppa_', 'shpss_'], 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'),
  { detector: 'private-key', cue: ['PRIVATE KEY'], pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g },
  { detector: 'jwt', cue: ['eyJ'], pattern: new RegExp(`(?<![A-Za-z0-9])${jwtForm}`, 'g') },
  { detector: 'bearer-token', cue: /bearer/i, pattern: /\bbearer\s{1,4}([A-Za-z0-9._~+/-]{12,2000})/gi, sound: isValue },
  { detector: 'basic-auth', cue: /basic/i, pattern: /\bbasic\s{1,4}([A-Za-z0-9+/]{12,2000}={0,2})/gi, sound: (secret) => /[A-Z]/.test(secret) && /[a-z]/.test(secret) && secret.length % 4 === 0 },
  { detector: 'url-credentials', cue: /:\/\/[^\s/]{0,513}@/, pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,256}:([^\s/@"'<>]{1,256})@/gi, sound: (secret) => !standsForSecret(secret) },
  { detector: 'secret-assignment', cue: secretCue, pattern: new RegExp(`${secretWord}${quotes}\\s{0,3}(?:=>|[:=])\\s{0,3}(?:(?:some|optional|secret\\w{0,6}|just)[([ ])?${quotes}(${value})`, 'gi'), sound: isValue },
  { detector: 'secret-assignment', cue: /(?:passwords|secrets|tokens|keys)\W/i, pattern: new RegExp(`(?:passwords|secrets|tokens|api[_-]?keys)${quotes}\\s{0,3}[:=]\\s{0,3}(?:\\[\\s{0,3}|- )${quotes}(${value})`, 'gi'), sound: isListed },
  { detector: 'secret-assignment', cue: /--[\w-]{0,24}(?:passw|pwd|secret|api-key|token)/i, pattern: new RegExp(`--[\\w-]{0,24}${secretWord}(?: |["'\\\\]{1,9},\\s{0,3})${quotes}(?!-)(${value})`, 'gi'), sound: isValue },
  { detector: 'secret-assignment', cue: /value/i, pattern: new RegExp(`(?:name|key)${quotes}\\s{0,2}[:=]\\s{0,2}${quotes}[\\w.-]{0,40}${secretWord}${quotes}(?:,|\\n)\\s{0,12}${quotes}value${quotes}\\s{0,2}[:=]\\s{0,2}${quotes}(${value})`, 'gi'), sound: isValue },
  { detector: 'secret-assignment', cue: /pass\w{3,6} (?:is|was)/i, pattern: new RegExp(`(?:password|passphrase) (?:is|was):? (${value})`, 'gi'), sound: (secret) => secret.length >= 8 && isListed(secret) && /[A-Z]/.test(secret) },
  { detector: 'secret-assignment', cue: /<[^<>]{0,40}(?:passw|pwd|secret|api[_-]?key|token)/i, pattern: /<(?:[a-z0-9]{1,20}:)?(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?key|token)(?:\s[^<>]{0,120})?>\s{0,3}([^<\s]{6,256})/gi, sound: isValue },
  { detector: 'secret-assignment', cue: /authorization/i, pattern: /authorization["'\\]{0,3}\s{0,3}[:=]\s{0,3}["'\\]{0,3}(?:token|apikey|api-key|key)\s{1,4}([^\s"'\\,;&)}\]]{8,256})/gi, sound: isValue },
  { detector: 'email', cue: ['@', '%40'], pattern: /(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:@|%40)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.(?!(?:png|jpe?g|gif|svg|webp|css|m?js|ts|json|html|so|py)\b)[A-Za-z]{2,24}(?![A-Za-z0-9])(?!:)/g, sound: (secret) => !secret.startsWith('git@') },
  { detector: 'ipv4', cue: /\d\.\d{1,3}\.\d{1,3}\.\d/, pattern: /(?<![\w.-])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w]|\.\d|-[a-z])/g, sound: isAddress },
  { detector: 'payment-card', cue: /\d{4}[ -]?\d{4}[ -]?\d{4}|3\d{3}[ -]?\d{6}/, pattern: /(?<![\w.-])\d{4}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w-]|\.\d)|(?<![\w.-])3\d{3}[ -]?\d{6}[ -]?\d{4,5}(?![\w-]|\.\d)/g, sound: isCard },
  { detector: 'iban', cue: /[A-Z]{2}\d{2} ?[A-Z0-9]{4}/, pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g, sound: isIban },
];

/** Names of attributes whose value is a secret whatever it looks like. */
export const secretKey = /(?:^|[._-])(?:password|passwd|pwd|secret|client[_-]?secret|api[_-]?key|access[_-]?token|refresh[_-]?token|authorization|cookie)$/i;
