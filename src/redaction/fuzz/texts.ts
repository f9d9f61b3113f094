// Hostile texts by seed. A case is bytes, since what arrives need not be UTF-8.
import { encodeUtf8 } from '../../base/index.ts';
import { generators, type Random } from '../generate/index.ts';

/** Anchors of detectors, signs of wrapping, and what opens something and never closes it. */
export const units: readonly string[] = [
  'token=', 'password="', 'secret:', 'api_key=\\"', '://', 'a://b:c@', '@', 'a@b.', '%40', '%2', '%25', '\\n', '\\u00', '\\"', 'eyJ', '.eyJ', 'bearer ', 'basic YTpi', '-----BEGIN ', '-----BEGIN PRIVATE KEY-----',
  'xoxb-', 'ghp_', 'sk_live_', 'AKIA', '4111 1111 ', '1.2.3', '1.2.3.4 ', '::', 'fe80:', '0x', '+49 ', '1', '1-', 'A1', 'aB3', '"', "'", '[', '{', ' ', '\u2022', '\u2022\u2022\u2022\u2022', 'email#', '0123456789abcdef', 'YWJjZGVm', '/', '=', '\u00e9', '\u{1f600}',
];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1));
const repeated = (unit: string, bytes: number): string => unit.repeat(Math.ceil(bytes / unit.length));

/** A secret of any generator in its line, cut, changed or wrapped. */
function mutated(random: Random): string {
  const sample = pick(random, generators).positive(random);
  const at = upTo(random, sample.text.length);
  return pick(random, [
    () => sample.text, () => sample.secret, () => sample.text.slice(0, at), () => sample.text.slice(at),
    () => sample.text.slice(0, at) + pick(random, units) + sample.text.slice(at),
    () => sample.secret + sample.secret, () => encodeURIComponent(sample.text.toWellFormed()), () => JSON.stringify(JSON.stringify(sample.text)),
  ])();
}

const randomBytes = (random: Random, most: number): Uint8Array => Uint8Array.from({ length: upTo(random, most) }, () => Math.floor(random() * 256));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

/** One text of some kilobytes at most. */
export function hostileText(random: Random): Uint8Array {
  const part = (): Uint8Array => pick(random, [
    () => encodeUtf8(mutated(random)), () => encodeUtf8(mutated(random)), () => encodeUtf8(repeated(pick(random, units), upTo(random, 200))),
    () => encodeUtf8(pick(random, units) + pick(random, units)), () => randomBytes(random, 40),
  ])();
  return joined(Array.from({ length: 1 + upTo(random, 6) }, part));
}

export interface GrowingText { readonly unit: string; readonly text: (bytes: number) => Uint8Array }

/** A text that can be doubled: a pattern of units in a row. */
export function growingText(random: Random): GrowingText {
  const unit = Array.from({ length: 1 + upTo(random, 2) }, () => (random() < 0.15 ? mutated(random).slice(0, 60) : pick(random, units))).join('') || 'a';
  return { unit, text: (bytes) => encodeUtf8(repeated(unit, bytes)) };
}
