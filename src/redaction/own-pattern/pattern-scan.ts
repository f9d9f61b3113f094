// A team's patterns over a text: an automaton of their own says which of them to run, so that the detectors' is built once and
// serves every set of patterns.
import { anchorsOf, standsThere, type Anchor } from '../anchors.ts';
import type { ByteDfa } from '../byte-dfa.ts';
import { dfaOf } from '../dfa-cache.ts';
import { anchor, anchorStep, firstAnchor, textMayMatch } from '../first-anchor.ts';
import type { Finding } from '../types.ts';
import type { CompiledPattern } from './own-pattern.ts';

export class PatternScan {
  /** Patterns that any text has to be read for. */
  readonly #always: readonly CompiledPattern[];
  readonly #anchored: readonly CompiledPattern[];
  readonly #anchors: readonly Anchor[];
  readonly #dfa: ByteDfa;
  /** 1 for each anchored pattern of which the running text holds a piece. */
  readonly #seen: Uint8Array;

  constructor(patterns: readonly CompiledPattern[]) {
    this.#always = patterns.filter((one) => one.anchors === null);
    this.#anchored = patterns.filter((one) => one.anchors !== null);
    this.#anchors = this.#anchored.flatMap((one, i) => anchorsOf(one.anchors!, i));
    this.#dfa = dfaOf(`patterns\n${this.#anchored.map((one) => one.id).join('\n')}`, this.#anchors);
    this.#seen = new Uint8Array(this.#anchored.length);
  }

  mayMatch(bytes: Uint8Array, start: number, end: number): boolean {
    return this.#always.length > 0 || firstAnchor(this.#dfa, bytes, start, end, this.#dfa.start) >= 0;
  }

  textMayMatch(text: string): boolean { return this.#always.length > 0 || textMayMatch(this.#dfa, text); }

  /** Adds all matches; null stays when there are none. */
  scan(bytes: Uint8Array, start: number, end: number, into: Finding[] | null): Finding[] | null {
    if (!this.mayMatch(bytes, start, end)) return into;
    const found = into ?? [];
    this.#look(bytes, start, end);
    this.#anchored.forEach((one, i) => { if (this.#seen[i] === 1) one.find(bytes, start, end, found); });
    for (const one of this.#always) one.find(bytes, start, end, found);
    return found.length === 0 ? null : found;
  }

  #look(bytes: Uint8Array, start: number, end: number): void {
    const { next, classes, firstAccepting, classCount, ends } = this.#dfa;
    this.#seen.fill(0);
    for (let at = firstAnchor(this.#dfa, bytes, start, end, this.#dfa.start); at >= 0; at = firstAnchor(this.#dfa, bytes, at + anchorStep, end, anchor.before)) {
      for (let i = at, last = Math.min(end, at + anchorStep); i < last; i++) {
        const state = next[anchor.before + classes[bytes[i]!]!]!;
        anchor.before = state;
        if (state >= firstAccepting) this.#note(ends[(state - firstAccepting) / classCount]!, bytes, i + 1, end);
      }
    }
  }

  #note(ended: readonly number[], bytes: Uint8Array, at: number, end: number): void {
    for (const one of ended) {
      const { owner, tail } = this.#anchors[one]!;
      if (standsThere(tail, bytes, at, end)) this.#seen[owner] = 1;
    }
  }
}
