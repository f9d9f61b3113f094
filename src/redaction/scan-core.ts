// Runs the automaton over a text and lets detectors look closer where it stops; then once more over what is wrapped in it, where
// the automaton saw a sign of that, one level deep. Findings come as they are found: they may overlap.
import { anchorsOf, standsThere, type Anchor } from './anchors.ts';
import type { ByteDfa } from './byte-dfa.ts';
import { dfaOf } from './dfa-cache.ts';
import { anchor, anchorStep, firstAnchor, textMayMatch } from './first-anchor.ts';
import type { CompiledPattern } from './own-pattern/index.ts';
import type { Detector, Finding, Match, Window } from './types.ts';
import { decodedRun, jsonSigns, jsonUnescaped, mayHoldRun, nextRun, run, urlSign, urlStretches, type Unwrapped } from './wrapped/index.ts';

export class ScanCore {
  readonly #detectors: readonly Detector[];
  readonly #patterns: readonly CompiledPattern[];
  readonly #dfa: ByteDfa;
  readonly #anchors: readonly Anchor[];
  /** Owners behind the detectors: `%XX`, then escapes of JSON, then own patterns. */
  readonly #urlOwner: number;
  readonly #jsonOwner: number;
  /** Patterns that any text has to be read for. */
  readonly #always: readonly CompiledPattern[];
  /** Where each detector's last finding of the running scan ends; of another owner, 1 when its sign was seen. */
  readonly #lastEnds: Int32Array;
  readonly #match: Match = { start: 0, end: 0, confidence: 0, keep: 0 };

  constructor(detectors: readonly Detector[], patterns: readonly CompiledPattern[]) {
    this.#detectors = detectors;
    this.#patterns = patterns;
    this.#always = patterns.filter((one) => one.anchors === null);
    this.#urlOwner = detectors.length;
    this.#jsonOwner = detectors.length + 1;
    this.#anchors = [
      ...detectors.flatMap((one, i) => anchorsOf(one.anchors, i)),
      ...anchorsOf([urlSign], this.#urlOwner), ...anchorsOf(jsonSigns, this.#jsonOwner),
      ...patterns.flatMap((one, i) => (one.anchors === null ? [] : anchorsOf(one.anchors, this.#jsonOwner + 1 + i))),
    ];
    this.#dfa = dfaOf([...detectors.map((one) => one.name), ...patterns.map((one) => one.id)].join('\n'), this.#anchors);
    this.#lastEnds = new Int32Array(this.#jsonOwner + 1 + patterns.length);
  }

  mayMatch(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#always.length > 0 || firstAnchor(this.#dfa, bytes, start, end, this.#dfa.start) >= 0 || nextRun(bytes, start, start, end);
  }

  textMayMatch(text: string): boolean {
    return this.#always.length > 0 || textMayMatch(this.#dfa, text) || mayHoldRun(text);
  }

  /** Null when there is nothing. */
  scan(bytes: Uint8Array, start: number, end: number): Finding[] | null {
    let found = this.#plain(bytes, start, end, null);
    // What lies within is looked at by the same means, which then forgets what it saw out here.
    const hasUrl = this.#lastEnds[this.#urlOwner] === 1;
    const hasJson = this.#lastEnds[this.#jsonOwner] === 1;
    if (hasUrl) for (const inner of urlStretches(bytes, start, end)) found = this.#inside(inner, found);
    if (hasJson) found = this.#inside(jsonUnescaped(bytes, start, end), found);
    for (let at = start; nextRun(bytes, start, at, end);) {
      const { start: first, end: last } = run;
      const inner = decodedRun(bytes);
      at = inner === null ? first + 1 : last;
      if (inner !== null) found = this.#insideRun(inner, first, last, found);
    }
    return found;
  }

  #plain(bytes: Uint8Array, start: number, end: number, into: Finding[] | null): Finding[] | null {
    const dfa = this.#dfa;
    const lastEnds = this.#lastEnds;
    lastEnds[this.#urlOwner] = 0;
    lastEnds[this.#jsonOwner] = 0;
    let found = into;
    let at = firstAnchor(dfa, bytes, start, end, dfa.start);
    if (at >= 0) {
      lastEnds.fill(-1);
      const window: Window = { bytes, start, end };
      while (at >= 0) {
        for (let i = at, last = Math.min(end, at + anchorStep), state = anchor.before; i < last; i++) {
          state = dfa.next[state + dfa.classes[bytes[i]!]!]!;
          anchor.before = state;
          if (state >= dfa.firstAccepting) found = this.#closer(dfa.ends[(state - dfa.firstAccepting) / dfa.classCount]!, window, i + 1, found);
        }
        at = firstAnchor(dfa, bytes, at + anchorStep, end, anchor.before);
      }
      for (let i = 0; i < this.#patterns.length; i++) if (lastEnds[this.#jsonOwner + 1 + i] === 1) this.#patterns[i]!.find(bytes, start, end, found ??= []);
    }
    for (const one of this.#always) one.find(bytes, start, end, found ??= []);
    return found;
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

  /** Adds what is found in an unwrapped text, by the offsets outside. */
  #inside({ bytes, length, from }: Unwrapped, into: Finding[] | null): Finding[] | null {
    const inner = this.#plain(bytes, 0, length, null);
    if (inner === null || inner.length === 0) return into;
    const found = into ?? [];
    for (const one of inner) {
      const start = from[one.start]!;
      found.push({ ...one, start, end: from[one.end]!, keep: from[one.start + one.keep]! - start === one.keep ? one.keep : 0 });
    }
    return found;
  }

  /** A run of base64 goes whole, named after the surest of what is in it. */
  #insideRun({ bytes, length }: Unwrapped, start: number, end: number, into: Finding[] | null): Finding[] | null {
    const inner = this.#plain(bytes, 0, length, null);
    if (inner === null || inner.length === 0) return into;
    const surest = inner.reduce((best, one) => (one.confidence > best.confidence ? one : best));
    const found = into ?? [];
    found.push({ start, end, detector: surest.detector, confidence: surest.confidence, keep: 0 });
    return found;
  }
}
