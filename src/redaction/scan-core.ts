// Runs the automaton over a text and lets detectors look closer where it stops; then once more over what is wrapped in it, where
// the automaton saw a sign of that, one level deep. Findings come as they are found: they may overlap.
import { fallShort } from '../base/index.ts';
import { anchorsOf, standsThere, type Anchor } from './anchors.ts';
import type { ByteDfa } from './byte-dfa.ts';
import { work } from './bytes.ts';
import { dfaOf } from './dfa-cache.ts';
import { anchor, anchorStep, firstAnchor, textMayMatch } from './first-anchor.ts';
import { withoutMarks, type MarkForms } from './marks.ts';
import { PatternScan, type CompiledPattern } from './own-pattern/index.ts';
import type { Detector, Finding, Match, Window } from './types.ts';
import { colourSigns, decodedRun, htmlSigns, htmlUnescaped, jsonSigns, jsonUnescaped, linesStart, mayHoldRun, nextRun, run, uncoloured, urlSign, urlStretches, withoutColours, type Unwrapped } from './wrapped/index.ts';

export class ScanCore {
  readonly #detectors: readonly Detector[];
  readonly #dfa: ByteDfa;
  readonly #anchors: readonly Anchor[];
  /** Null when a team has none of its own. */
  readonly #patterns: PatternScan | null;
  readonly #marks: MarkForms;
  /** Owners behind the detectors: `%XX`, escapes of JSON, references of HTML, then colours of terminals. */
  readonly #urlOwner: number;
  readonly #jsonOwner: number;
  readonly #htmlOwner: number;
  readonly #colourOwner: number;
  /** Where each detector's last finding of the running scan ends; of a wrapping, 1 when its sign was seen. */
  readonly #lastEnds: Int32Array;
  #quietEnd = 0;
  #stoppedAt = 0;
  readonly #match: Match = { start: 0, end: 0, confidence: 0, keep: 0 };

  /** `marks`: what in a wrapped text is no finding; in the text itself that is for the caller to tell. */
  constructor(detectors: readonly Detector[], patterns: readonly CompiledPattern[], marks: MarkForms) {
    this.#detectors = detectors;
    this.#marks = marks;
    this.#patterns = patterns.length === 0 ? null : new PatternScan(patterns);
    this.#urlOwner = detectors.length;
    this.#jsonOwner = detectors.length + 1;
    this.#htmlOwner = detectors.length + 2;
    this.#colourOwner = detectors.length + 3;
    this.#anchors = [...detectors.flatMap((one, i) => anchorsOf(one.anchors, i)), ...anchorsOf([urlSign], this.#urlOwner), ...anchorsOf(jsonSigns, this.#jsonOwner), ...anchorsOf(htmlSigns, this.#htmlOwner), ...anchorsOf(colourSigns, this.#colourOwner)];
    this.#dfa = dfaOf(detectors.map((one) => one.name).join('\n'), this.#anchors);
    this.#lastEnds = new Int32Array(this.#colourOwner + 1);
  }

  mayMatch(bytes: Uint8Array, start: number, end: number): boolean {
    return firstAnchor(this.#dfa, bytes, start, end, this.#dfa.start) >= 0 || nextRun(bytes, start, start, end) || this.#patterns?.mayMatch(bytes, start, end) === true;
  }

  textMayMatch(text: string): boolean {
    return textMayMatch(this.#dfa, text) || mayHoldRun(text) || this.#patterns?.textMayMatch(text) === true;
  }

  /** Up to where the text of the last `scan` has nothing that a detector or a wrapping begins with. */
  get quietEnd(): number { return this.#quietEnd; }

  /** Null when there is nothing. `quietEnd`: before it nothing begins, as was seen in a text that is the same up to there; what is
   *  wrapped in base64 there was looked at and holds nothing. */
  scan(bytes: Uint8Array, start: number, end: number, quietEnd = start): Finding[] | null {
    const from = Math.max(start, quietEnd - this.#dfa.longest);
    let found = this.#plain(bytes, start, end, null, from);
    this.#quietEnd = this.#stoppedAt;
    // What lies within is looked at by the same means, which then forgets what it saw out here.
    const hasUrl = this.#lastEnds[this.#urlOwner] === 1;
    const hasJson = this.#lastEnds[this.#jsonOwner] === 1;
    const hasHtml = this.#lastEnds[this.#htmlOwner] === 1;
    const hasColours = this.#lastEnds[this.#colourOwner] === 1;
    if (hasUrl) for (const inner of urlStretches(bytes, start, end)) found = this.#deeper(withoutColours(inner), found);
    if (hasJson) found = this.#deeper(withoutColours(jsonUnescaped(bytes, start, end)), found);
    if (hasHtml) found = this.#deeper(withoutColours(htmlUnescaped(bytes, start, end)), found);
    if (hasColours) found = this.#inside(uncoloured(bytes, start, end), found);
    return this.#runs({ bytes, start, end }, null, found, from);
  }

  /** What is wrapped in base64, by the offsets outside, `from`, when the text is an unwrapped one. */
  #runs({ bytes, start, end }: Window, from: Int32Array | null, into: Finding[] | null, quietEnd = start): Finding[] | null {
    let found = into;
    for (let at = quietEnd > start ? linesStart(bytes, start, quietEnd) : start, known = 0; nextRun(bytes, start, at, end, known);) {
      const { start: first, mixedEnd } = run;
      known = mixedEnd;
      const inner = decodedRun(bytes, end);
      const last = run.end;
      at = inner === null ? first + 1 : last;
      if (inner !== null) found = this.#insideRun(withoutColours(inner), from?.[first] ?? first, from?.[last] ?? last, found);
    }
    return found;
  }

  /** Adds what is found in an unwrapped text, and in base64 there. */
  #deeper(inner: Unwrapped, into: Finding[] | null): Finding[] | null {
    const found = this.#inside(inner, into);
    if (!nextRun(inner.bytes, 0, 0, inner.length)) return found;
    // Decoding takes the buffer that holds this text.
    return this.#runs({ bytes: inner.bytes.slice(0, inner.length), start: 0, end: inner.length }, inner.from.slice(0, inner.length + 1), found);
  }

  #plain(bytes: Uint8Array, start: number, end: number, into: Finding[] | null, from = start): Finding[] | null {
    const dfa = this.#dfa;
    const lastEnds = this.#lastEnds;
    lastEnds[this.#urlOwner] = 0;
    lastEnds[this.#jsonOwner] = 0;
    lastEnds[this.#htmlOwner] = 0;
    lastEnds[this.#colourOwner] = 0;
    let found = into;
    let at = firstAnchor(dfa, bytes, from, end, dfa.start);
    this.#stoppedAt = at < 0 ? end : at;
    if (at >= 0) {
      lastEnds.fill(-1);
      const window: Window = { bytes, start, end };
      const limit = work.read + mostWork(end - start);
      while (at >= 0) {
        for (let i = at, last = Math.min(end, at + anchorStep), state = anchor.before; i < last; i++) {
          state = dfa.next[state + dfa.classes[bytes[i]!]!]!;
          anchor.before = state;
          if (state < dfa.firstAccepting) continue;
          found = this.#closer(dfa.ends[(state - dfa.firstAccepting) / dfa.classCount]!, window, i + 1, found);
          if (work.read > limit) return tooMuch(window, i + 1, found);
        }
        at = firstAnchor(dfa, bytes, at + anchorStep, end, anchor.before);
      }
    }
    return this.#patterns === null ? found : this.#patterns.scan(bytes, start, end, found);
  }

  /** Asks the owners of the anchors that end before `at`. */
  #closer(ends: readonly number[], window: Window, at: number, into: Finding[] | null): Finding[] | null {
    let found = into;
    for (let i = 0; i < ends.length; i++) {
      const { owner, tail } = this.#anchors[ends[i]!]!;
      if (tail.length > 0 && !standsThere(tail, window.bytes, at, window.end)) continue;
      if (owner >= this.#urlOwner) { this.#lastEnds[owner] = 1; continue; }
      if (this.#verify(owner, window, at + tail.length)) found = this.#noted(owner, found);
    }
    return found;
  }

  /** Whether a detector finds something at an anchor, which is then in `#match`, unless it lies in what that detector found before. */
  #verify(owner: number, window: Window, at: number): boolean {
    if (at <= this.#lastEnds[owner]!) return false;
    if (!this.#detectors[owner]!.verify(window, at, this.#match)) return false;
    this.#lastEnds[owner] = this.#match.end;
    return true;
  }

  #noted(owner: number, into: Finding[] | null): Finding[] {
    const found = into ?? [];
    const { start, end, confidence, keep } = this.#match;
    found.push({ start, end, detector: this.#detectors[owner]!.name, confidence, keep });
    return found;
  }

  #unmarked(bytes: Uint8Array, length: number): readonly Finding[] {
    const found = this.#plain(bytes, 0, length, null);
    return found === null ? none : withoutMarks(found, bytes, 0, length, this.#marks);
  }

  /** Adds what is found in an unwrapped text, by the offsets outside. */
  #inside({ bytes, length, from }: Unwrapped, into: Finding[] | null): Finding[] | null {
    const inner = this.#unmarked(bytes, length);
    if (inner.length === 0) return into;
    const found = into ?? [];
    for (const one of inner) {
      const start = from[one.start]!;
      found.push({ ...one, start, end: from[one.end]!, keep: from[one.start + one.keep]! - start === one.keep ? one.keep : 0 });
    }
    return found;
  }

  /** A run of base64 goes whole, named after the surest of what is in it. */
  #insideRun({ bytes, length }: Unwrapped, start: number, end: number, into: Finding[] | null): Finding[] | null {
    const inner = this.#unmarked(bytes, length);
    if (inner.length === 0) return into;
    const surest = inner.reduce((best, one) => (one.confidence > best.confidence ? one : best));
    const found = into ?? [];
    found.push({ start, end, detector: surest.detector, confidence: surest.confidence, keep: 0 });
    return found;
  }
}

const none: readonly Finding[] = [];
/** Bytes that detectors may read of a text of so many: what ordinary texts cost many times over. */
const mostWork = (length: number): number => 32 * length + 64 * 1024;
/** What the rest of a text is called that is too much work to read. */
const unread = 'high-entropy';

/** The rest from `at` on, hidden as one finding, which is a shortfall. */
function tooMuch({ start, end }: Window, at: number, into: Finding[] | null): Finding[] {
  fallShort(`A text of ${(end - start).toLocaleString('en')} bytes holds so many beginnings of secrets that it is more than detectors may read, so all from byte ${(at - start).toLocaleString('en')} on was hidden.`);
  const found = into ?? [];
  if (at < end) found.push({ start: at, end, detector: unread, confidence: 0.5, keep: 0 });
  return found;
}
