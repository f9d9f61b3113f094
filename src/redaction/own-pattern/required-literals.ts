// Pieces of text of which every match of a pattern must hold one, read from the pattern's text alone and conservatively: what is
// not understood asks for nothing. Runs before the automaton; the pattern itself is judged by RE2.

export interface Required { readonly literals: readonly string[]; readonly anyCase: boolean }

/** Pieces shorter than this are in every text. */
const shortestPiece = 2;
const mostPieces = 32;

/** Of one part of a pattern: one of these is in every match of it; null when there is no telling. */
type Pieces = readonly string[] | null;

/** Null when a match need not hold any piece. */
export function requiredLiterals(pattern: string): Required | null {
  if (/\\[QC]|[\u0080-\uffff]/.test(pattern)) return null;
  const literals = new LiteralReader(pattern).whole();
  if (literals === null || literals.some((piece) => piece.length < shortestPiece)) return null;
  const anyCase = /\(\?[a-zA-Z]*i/.test(pattern);
  // U+017F and U+212A are the letters s and k in another case.
  if (anyCase && literals.some((piece) => /[ks]/i.test(piece))) return shortened(literals);
  return { literals, anyCase };
}

/** Without the letters that have forms beyond ASCII. */
function shortened(literals: readonly string[]): Required | null {
  const parts = literals.map((piece) => piece.split(/[ks]/i).reduce((best, one) => (one.length > best.length ? one : best), ''));
  return parts.some((piece) => piece.length < shortestPiece) ? null : { literals: parts, anyCase: true };
}

const better = (a: Pieces, b: Pieces): Pieces => (a === null ? b : b === null ? a : shortestOf(b) > shortestOf(a) ? b : a);
const shortestOf = (pieces: readonly string[]): number => Math.min(...pieces.map((piece) => piece.length));

/** Recursive descent over the parts that matter; groups nest no deeper than `mostDepth`, beyond which nothing is asked for. */
class LiteralReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) { this.#pattern = pattern; }

  whole(): Pieces {
    const pieces = this.#alternatives(0);
    return this.#at < this.#pattern.length ? null : pieces;
  }

  #alternatives(depth: number): Pieces {
    let all: string[] | null = [];
    for (;;) {
      const one = this.#sequence(depth);
      all = all === null || one === null || all.length + one.length > mostPieces ? null : [...all, ...one];
      if (this.#pattern[this.#at] !== '|') return all;
      this.#at++;
    }
  }

  #sequence(depth: number): Pieces {
    let best: Pieces = null;
    let literal = '';
    const close = (): void => { if (literal !== '') best = better(best, [literal]); literal = ''; };
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern[this.#at]!)) {
      const char = this.#literalChar();
      if (char !== null) {
        if (!this.#quantified()) { literal += char; continue; }
        const least = this.#quantifier();
        if (least > 0) literal += char;
        close();
        continue;
      }
      close();
      const inner = this.#part(depth);
      if (!this.#quantified() || this.#quantifier() > 0) best = better(best, inner);
    }
    close();
    return best;
  }

  /** A character that stands for itself, read; null, unread, when something else stands there. */
  #literalChar(): string | null {
    const char = this.#pattern[this.#at]!;
    if (char === '\\') {
      const escaped = this.#pattern[this.#at + 1] ?? '';
      if (escaped === '' || /[A-Za-z0-9]/.test(escaped)) return null;
      this.#at += 2;
      return escaped;
    }
    if ('.^$*+?{[('.includes(char)) return null;
    this.#at++;
    return char;
  }

  /** A class, a group, an escape or an assertion. */
  #part(depth: number): Pieces {
    const char = this.#pattern[this.#at];
    if (char === '(') return this.#group(depth);
    if (char === '[') { this.#skipClass(); return null; }
    if (char === '\\') { this.#skipEscape(); return null; }
    this.#at++;
    return null;
  }

  #group(depth: number): Pieces {
    this.#at++;
    const head = /^\?(?:P?<[A-Za-z0-9_]+>|[a-zA-Z-]*:|[a-zA-Z-]*(?=\)))/.exec(this.#pattern.slice(this.#at, this.#at + 80));
    if (head !== null) this.#at += head[0].length;
    if (depth > 100) { this.#at = this.#pattern.length + 1; return null; }
    const inner = this.#alternatives(depth + 1);
    this.#at++;
    return head === null || !/^\?[a-zA-Z-]*$/.test(head[0]) ? inner : null;
  }

  #skipClass(): void {
    let at = this.#at + 1;
    if (this.#pattern[at] === '^') at++;
    if (this.#pattern[at] === ']') at++;
    for (; at < this.#pattern.length && this.#pattern[at] !== ']'; at++) {
      if (this.#pattern[at] === '\\') at++;
      else if (this.#pattern.startsWith('[:', at)) { const end = this.#pattern.indexOf(':]', at); if (end > 0) at = end + 1; }
    }
    this.#at = at + 1;
  }

  #skipEscape(): void {
    const rest = /^\\(?:[pPx]\{[^}]*\}|x[0-9A-Fa-f]{2}|[pP].|[0-7]{1,3}|.)/.exec(this.#pattern.slice(this.#at, this.#at + 80));
    this.#at += rest?.[0].length ?? 2;
  }

  #quantified(): boolean { return '*+?{'.includes(this.#pattern[this.#at] ?? ' '); }

  /** Reads quantifiers; the least number of times. */
  #quantifier(): number {
    let least = 1;
    while (this.#quantified()) {
      const counted = /^\{(\d+)(?:,\d*)?\}/.exec(this.#pattern.slice(this.#at, this.#at + 20));
      const char = this.#pattern[this.#at];
      if (char === '{' && counted === null) { this.#at++; return 0; }
      if (char === '*' || (char === '?' && this.#pattern[this.#at - 1] !== '*' && this.#pattern[this.#at - 1] !== '+' && this.#pattern[this.#at - 1] !== '}' && this.#pattern[this.#at - 1] !== '?')) least = 0;
      if (counted !== null) least = Math.min(least, Number(counted[1]));
      this.#at += counted?.[0].length ?? 1;
    }
    return least;
  }
}
