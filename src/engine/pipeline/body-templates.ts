// Who names log records by their body in this pipeline: one miner for all of them. It learns from what redaction left, never from a body
// that redaction has yet to see; such a body is only looked up.
import { TemplateMiner, type BookEntry, type MinerOptions, type TemplateBook } from '../../mining/index.ts';
import type { TemplateNames } from '../../otlp/index.ts';

export class BodyTemplates implements TemplateNames {
  readonly miner: TemplateMiner;
  /** Whether bodies that come now have been past redaction. */
  learns = true;
  /** Ids by number, made once: a live number never gets another until `makeRoom`. */
  readonly #ids: (string | undefined)[] = [];

  constructor(options?: MinerOptions) { this.miner = new TemplateMiner(options); }

  numberOf(bytes: Uint8Array, start: number, end: number, scope: number): number {
    return this.learns ? this.miner.mine(bytes, start, end, scope) : this.miner.look(bytes, start, end, scope);
  }

  /** Forgets up to `most` templates when room grows short (mining/), between batches. What was given out by their numbers is forgotten with them. */
  makeRoom(most: number): void { for (const number of this.miner.makeRoom(most)) this.#ids[number] = undefined; }

  idOf(number: number): string { return (this.#ids[number] ??= this.miner.describe(number).id); }
  hashOf(number: number): number { return this.miner.hash(number); }
  describe(number: number): ReturnType<TemplateMiner['describe']> { return this.miner.describe(number); }

  /** What may leave this process: `tell` gives a template's text as it may be told, and what it changes stays here. */
  book(tell: (template: string) => string): TemplateBook {
    const all = this.miner.book();
    const mayLeave = ({ template }: BookEntry): boolean => tell(template) === template;
    return { ...all, templates: all.templates.filter(mayLeave), passed: all.passed.filter(mayLeave) };
  }
}
