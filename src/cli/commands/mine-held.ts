// Lines that were read and not yet printed: the ordinals of their templates, four bytes each, and in their place a negative number for
// a line without one.
import type { TemplateMiner } from '../../mining/index.ts';
import type { Problem } from './mine-line.ts';

const problems: readonly Problem[] = ['not-json', 'not-object', 'too-long', 'blank', 'no-text'];
const said: Readonly<Record<Problem, string>> = { 'not-json': 'not JSON', 'not-object': 'not a JSON object', 'too-long': 'too long', blank: 'blank line', 'no-text': 'no text in the field' };
/** Characters printed at a time. */
const batch = 256 * 1024;

export class HeldLines {
  readonly #miner: TemplateMiner;
  #ordinals = new Int32Array(64 * 1024);
  #size = 0;

  constructor(miner: TemplateMiner) { this.#miner = miner; }

  get size(): number { return this.#size; }

  add(ordinal: number): void {
    if (this.#size === this.#ordinals.length) {
      const larger = new Int32Array(this.#size * 2);
      larger.set(this.#ordinals);
      this.#ordinals = larger;
    }
    this.#ordinals[this.#size++] = ordinal;
  }

  addProblem(problem: Problem): void { this.add(-1 - problems.indexOf(problem)); }

  /** The output for the lines held, in parts; they are let go. */
  * take(): Generator<string> {
    const printed = new Map<number, string>();
    let out = '';
    for (let i = 0; i < this.#size; i++) {
      out += this.#lineOf(this.#ordinals[i]!, printed);
      if (out.length < batch) continue;
      yield out;
      out = '';
    }
    this.#size = 0;
    if (out !== '') yield out;
  }

  #lineOf(ordinal: number, printed: Map<number, string>): string {
    if (ordinal < 0) return `${JSON.stringify({ durableId: null, template: null, error: said[problems[-1 - ordinal]!] })}\n`;
    const current = this.#miner.current(ordinal);
    let line = printed.get(current);
    if (line !== undefined) return line;
    const { id, template } = this.#miner.describe(current);
    line = `${JSON.stringify({ durableId: id, template })}\n`;
    printed.set(current, line);
    return line;
  }
}
