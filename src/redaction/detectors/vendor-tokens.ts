// Tokens of cloud and SaaS vendors that are known by a fixed prefix, an alphabet and a length. One table row each; where
// the format has a checksum, failing it lowers the confidence and never lets the value through.
import { base62, base64, literal, runEnd, wordBytes } from '../bytes.ts';
import { crc32, toBase62 } from '../crc32.ts';
import type { Detector, Match, Window } from '../types.ts';

interface Token {
  readonly prefix: string;
  /** The bytes after the prefix: their class, and how many there may be. */
  readonly body: Uint8Array;
  readonly min: number;
  readonly max: number;
  readonly confidence: (bytes: Uint8Array, bodyStart: number, end: number) => number;
  /** What must hold of the body beside its length; true when left out. */
  readonly sound?: (bytes: Uint8Array, bodyStart: number, end: number) => boolean;
}

interface Vendor { readonly name: string; readonly doc: string; readonly tokens: readonly Token[] }

/** No upper bound. So many bytes are read before it is judged whether there is a token, which keeps hostile text linear. */
const long = 512;
const sure = (): number => 0.95;

/** GitHub: the last six characters are the base-62 CRC-32 of the thirty before them. */
function githubChecksum(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 36) return 0.7;
  const sum = toBase62(crc32(bytes, start, start + 30), 6);
  for (let i = 0; i < 6; i++) if (bytes[start + 30 + i] !== sum.charCodeAt(i)) return 0.7;
  return 0.99;
}

/** AWS key ids are base 32 after the prefix: A-Z and 2-7. */
function awsBase32(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) if (bytes[i]! < 0x32 || (bytes[i]! > 0x37 && bytes[i]! < 0x41)) return 0.6;
  return 0.95;
}

const upperOrDigit = Uint8Array.from({ length: 256 }, (_, byte) => ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) ? 1 : 0));
const base62Dash = base62.map((is, byte) => (byte === 0x2d ? 1 : is));
const slackHookBytes = base62.map((is, byte) => (byte === 0x2f ? 1 : is));

const github = (prefix: string): Token => ({ prefix, body: base62, min: 36, max: long, confidence: githubChecksum });
const aws = (prefix: string): Token => ({ prefix, body: upperOrDigit, min: 16, max: 16, confidence: awsBase32 });
const slack = (prefix: string): Token => ({ prefix, body: base62Dash, min: 10, max: long, confidence: sure, sound: hasDigit });
const stripe = (prefix: string): Token => ({ prefix, body: base62, min: 16, max: long, confidence: sure });

function hasDigit(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x30 && bytes[i]! <= 0x39) return true;
  return false;
}

const vendors: readonly Vendor[] = [
  {
    name: 'github-token', doc: 'GitHub personal, OAuth, user, server and refresh tokens, with their CRC-32, and fine-grained tokens.',
    tokens: [...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map(github), { prefix: 'github_pat_', body: wordBytes, min: 82, max: long, confidence: sure }],
  },
  { name: 'aws-access-key-id', doc: 'AWS access key ids, long-lived (AKIA) and temporary (ASIA).', tokens: ['AKIA', 'ASIA'].map(aws) },
  {
    name: 'slack-token', doc: 'Slack bot, user, app and configuration tokens, and incoming-webhook addresses.',
    tokens: [...['xoxb-', 'xoxp-', 'xoxa-', 'xoxo-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.', 'xapp-'].map(slack), { prefix: 'hooks.slack.com/services/', body: slackHookBytes, min: 30, max: long, confidence: sure }],
  },
  {
    name: 'stripe-key', doc: 'Stripe secret and restricted keys, live and test, and webhook signing secrets.',
    tokens: [...['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'].map(stripe), { prefix: 'whsec_', body: base64, min: 24, max: long, confidence: sure }],
  },
];

/** The byte before a token may not belong to a longer word. */
const standsAlone = (window: Window, at: number): boolean => at === window.start || base62[window.bytes[at - 1]!] === 0;

function verify(tokens: readonly Token[], window: Window, at: number, match: Match): boolean {
  const { bytes } = window;
  for (const token of tokens) {
    const from = at - token.prefix.length;
    if (from < window.start || !endsWith(bytes, at, token.prefix) || !standsAlone(window, from)) continue;
    let end = runEnd(bytes, at, Math.min(window.end, at + token.max + 1), token.body);
    const length = end - at;
    if (length < token.min || (length > token.max && token.max < long) || (token.sound !== undefined && !token.sound(bytes, at, end))) continue;
    if (length > token.max) end = runEnd(bytes, end, window.end, token.body);
    match.start = from;
    match.end = end;
    match.keep = token.prefix.length;
    match.confidence = token.confidence(bytes, at, end);
    return true;
  }
  return false;
}

function endsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at - text.length + i] !== text.charCodeAt(i)) return false;
  return true;
}

export const vendorTokens: readonly Detector[] = vendors.map(({ name, doc, tokens }) => ({
  name, doc, version: 1, family: 'cloud-and-saas', anchors: tokens.map((token) => literal(token.prefix)),
  verify: (window, at, match) => verify(tokens, window, at, match),
}));
