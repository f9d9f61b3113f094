// Runs the automaton over a text and lets detectors look closer where it stops. What overlaps becomes one finding over
// the union, so that no part of anything found stays in clear.
import { decodeUtf8, encodeUtf8, failure, ok, type Failure, type Result } from '../base/index.ts';
import { anchor, anchorStep, firstAnchor, textMayMatch } from './first-anchor.ts';
import type { ByteDfa } from './byte-dfa.ts';
import { dfaOf } from './dfa-cache.ts';
import { isSecretName } from './detectors/assignment.ts';
import { detectors as known } from './detectors/index.ts';
import { createMasker, mostMaskBytes, type Masker } from './mask.ts';
import { isPlaceholder } from './plausible.ts';
import { copy, place, reserve, take } from './slab.ts';
import type { Detector, Finding, MaskMode, Match, Scanner, Window } from './types.ts';

export interface ScannerOptions {
  /** Key of the HMAC for mode `hash`; without one, `hash` masks. Rotating it ends joining across the change. */
  readonly hmacKey?: Uint8Array;
}

/** Names as in `detectors()`, or `["*"]` for all. The code of a failure is `unknown-detector`. */
export function createScanner(names: readonly string[], options: ScannerOptions = {}): Result<Scanner, Failure> {
  const wanted = names.includes('*') ? known : known.filter((one) => names.includes(one.name));
  const unknown = names.filter((name) => name !== '*' && !known.some((one) => one.name === name));
  if (unknown.length > 0) return failure('unknown-detector', `There is no detector named ${unknown.join(', ')}.`, `Known detectors: ${known.map((one) => one.name).join(', ')}; "*" means all.`);
  if (wanted.length === 0) return failure('unknown-detector', 'No detector is named, so nothing would be found.', 'Name detectors, or use "*" for all.');
  return ok(new DfaScanner(wanted, createMasker(options.hmacKey ?? null)));
}

/** Attributes that hold identifiers: an all-digit id may look like a card number. */
const identifierName = /(?:^|[._-])(?:trace|span|request|correlation|session|order|event|message|thread|process)?[._-]?id$/i;
/** Attributes that hold versions, of which those with four parts look like an IPv4 address. */
const versionName = /(?:^|[._-])version$/i;

class DfaScanner implements Scanner {
  readonly detectors: readonly string[];
  readonly #detectors: readonly Detector[];
  readonly #dfa: ByteDfa;
  readonly #masker: Masker;
  /** Where each detector's last finding of the running scan ends. */
  readonly #lastEnds: Int32Array;
  /** Findings of the running scan. */
  #found: Finding[] | null = null;
  readonly #match: Match = { start: 0, end: 0, confidence: 0, keep: 0 };

  constructor(detectors: readonly Detector[], masker: Masker) {
    this.#detectors = detectors;
    this.detectors = detectors.map((one) => one.name);
    this.#masker = masker;
    this.#lastEnds = new Int32Array(detectors.length);
    this.#dfa = dfaOf(detectors);
  }

  mayMatch(bytes: Uint8Array, start: number, end: number): boolean {
    return firstAnchor(this.#dfa, bytes, start, end, this.#dfa.start) >= 0;
  }

  scan(bytes: Uint8Array, start: number, end: number): readonly Finding[] {
    const dfa = this.#dfa;
    let at = firstAnchor(dfa, bytes, start, end, dfa.start);
    if (at < 0) return none;
    const window: Window = { bytes, start, end };
    this.#lastEnds.fill(-1);
    this.#found = null;
    while (at >= 0) {
      const state = this.#closer(window, at);
      at = firstAnchor(dfa, bytes, at + anchorStep, end, state);
    }
    return this.#found === null ? none : merged(this.#found);
  }

  /** Byte by byte over the bytes that hold an anchor; the state behind them. */
  #closer(window: Window, from: number): number {
    const { classes, classCount, next, firstAccepting, owners } = this.#dfa;
    const { bytes } = window;
    const end = Math.min(window.end, from + anchorStep);
    let state = anchor.before;
    for (let i = from; i < end; i++) {
      state = next[state + classes[bytes[i]!]!]!;
      if (state < firstAccepting) continue;
      for (const owner of owners[(state - firstAccepting) / classCount]!) this.#verify(owner, window, i + 1);
    }
    return state;
  }

  scanText(text: string, key?: string): readonly Finding[] {
    const bytes = encodeUtf8(text);
    return inUtf16(this.#scanKeyed(bytes, 0, bytes.length, key), bytes, text);
  }

  redactText(text: string, mode: MaskMode, key?: string): { text: string; findings: readonly Finding[] } | null {
    if (!textMayMatch(this.#dfa, text) && (key === undefined || !isSecretName(key))) return null;
    const bytes = encodeUtf8(text);
    const inBytes = this.#scanKeyed(bytes, 0, bytes.length, key);
    if (inBytes.length === 0) return null;
    const findings = inUtf16(inBytes, bytes, text);
    let out = '';
    let at = 0;
    findings.forEach((finding, i) => {
      out += text.slice(at, finding.start) + this.#masker.text(bytes, inBytes[i]!, mode);
      at = finding.end;
    });
    return { text: out + text.slice(at), findings };
  }

  redactBytes(bytes: Uint8Array, start: number, end: number, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null {
    let findings = this.scan(bytes, start, end);
    // The name is made text of only where it can matter.
    if (keyEnd > keyStart && (findings.length > 0 || this.mayMatch(keyBytes, keyStart, keyEnd))) {
      findings = this.#inKey(findings, bytes, start, end, decodeUtf8(keyBytes, keyStart, keyEnd));
    }
    return findings.length === 0 ? null : this.#replaced(bytes, start, end, findings, mode);
  }

  redactInteger(value: number | bigint, mode: MaskMode, keyBytes: Uint8Array, keyStart: number, keyEnd: number): Uint8Array | null {
    if (value < leastCard || value > greatestCard) return null;
    const bytes = encodeUtf8(String(value));
    const [finding, ...others] = this.#scanKeyed(bytes, 0, bytes.length, decodeUtf8(keyBytes, keyStart, keyEnd));
    return finding === undefined || others.length > 0 ? null : this.#replaced(bytes, 0, bytes.length, [finding], mode);
  }

  #replaced(bytes: Uint8Array, start: number, end: number, findings: readonly Finding[], mode: MaskMode): Uint8Array {
    reserve(end - start + findings.length * mostMaskBytes);
    const { into, at } = place;
    let to = at;
    let from = start;
    for (const finding of findings) {
      to = this.#masker.write(into, copy(into, to, bytes, from, finding.start), bytes, finding, mode);
      from = finding.end;
    }
    return take(at, copy(into, to, bytes, from, end));
  }

  /** Adds what one detector finds at one anchor, unless it lies in what that detector found before. */
  #verify(owner: number, window: Window, at: number): void {
    if (at <= this.#lastEnds[owner]!) return;
    const detector = this.#detectors[owner]!;
    const match = this.#match;
    if (!detector.verify(window, at, match)) return;
    this.#lastEnds[owner] = match.end;
    (this.#found ??= []).push({ start: match.start, end: match.end, detector: detector.name, confidence: match.confidence, keep: match.keep });
  }

  #scanKeyed(bytes: Uint8Array, start: number, end: number, key: string | undefined): readonly Finding[] {
    const findings = this.scan(bytes, start, end);
    return key === undefined ? findings : this.#inKey(findings, bytes, start, end, key);
  }

  /** What the name of the attribute makes of the findings: fewer, or that all of the text is a secret. */
  #inKey(findings: readonly Finding[], bytes: Uint8Array, start: number, end: number, key: string): readonly Finding[] {
    let left = findings;
    if (left.length > 0 && identifierName.test(key)) left = left.filter((one) => one.detector !== 'payment-card');
    if (left.length > 0 && versionName.test(key)) left = left.filter((one) => one.detector !== 'ipv4');
    if (!this.detectors.includes('secret-assignment') || !isSecretName(key)) return left;
    const text = decodeUtf8(bytes, start, end);
    if (isPlaceholder(text) || this.#masker.isMasked(text)) return left;
    return merged([...left, { start, end, detector: 'secret-assignment', confidence: 0.8, keep: 0 }]);
  }
}

/** Card numbers have 13 to 19 digits. */
const leastCard = 1_000_000_000_000;
const greatestCard = 9_999_999_999_999_999_999n;

const none: readonly Finding[] = [];

/** In order; overlapping findings become one over both, named after the surer. */
function merged(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const list: Finding[] = [];
  for (const one of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = list.at(-1);
    if (last === undefined || one.start >= last.end) { list.push(one); continue; }
    const surer = one.confidence > last.confidence ? one : last;
    const end = Math.max(last.end, one.end);
    list[list.length - 1] = { start: last.start, end, detector: surer.detector, confidence: surer.confidence, keep: surer.start === last.start ? surer.keep : 0 };
  }
  return list;
}

/** Byte offsets to UTF-16 offsets; the same numbers when the text is all ASCII. */
function inUtf16(findings: readonly Finding[], bytes: Uint8Array, text: string): readonly Finding[] {
  if (bytes.length === text.length) return findings;
  return findings.map((one) => {
    const start = decodeUtf8(bytes, 0, one.start).length;
    return { ...one, start, end: start + decodeUtf8(bytes, one.start, one.end).length };
  });
}
