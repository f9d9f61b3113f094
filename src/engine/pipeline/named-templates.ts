// The templates that redact rules name by their ids, and what each stands for here and now. What came with the rules is taught to the miner before
// the first record comes, and again whenever the miner has forgotten it: without it a line would be known by an id that nobody named.
import type { TemplateBook } from '../../mining/index.ts';
import type { BodyTemplates } from './body-templates.ts';

export class NamedTemplates {
  readonly #templates: BodyTemplates;
  /** By id: its live number, -1 while it is unknown here. */
  #numbers = new Map<string, number>();
  /** By rule: what came with it. */
  #sent = new Map<string, TemplateBook>();
  /** Templates that were known when teaching did not help: it does not until there are others. */
  #inVainAt = -1;

  constructor(templates: BodyTemplates) { this.#templates = templates; }

  /** Rules that name templates, instead of those before; a rule that comes without a book keeps the one that it had. */
  replace(rules: readonly { readonly id: string; readonly minedIds: readonly string[] }[], sent: ReadonlyMap<string, TemplateBook>): void {
    this.#sent = new Map(rules.flatMap(({ id }) => { const book = sent.get(id) ?? this.#sent.get(id); return book === undefined ? [] : [[id, book] as const]; }));
    this.#numbers = new Map(rules.flatMap(({ minedIds }) => minedIds.map((one) => [one, this.numberOf(one)] as const)));
    this.#teach();
    this.refresh();
  }

  /** Looks again what the ids stand for; whether that is something else than before. */
  refresh(): boolean {
    if (this.#numbers.size === 0) return false;
    if (this.#isAnyUnknown() && this.#templates.miner.stats().templates !== this.#inVainAt) this.#teach();
    let changed = false;
    for (const [id, before] of this.#numbers) {
      const now = this.#templates.miner.find(id);
      if (now === before) continue;
      this.#numbers.set(id, now);
      changed = true;
    }
    return changed;
  }

  #isAnyUnknown(): boolean {
    for (const id of this.#numbers.keys()) if (this.#templates.miner.find(id) < 0) return true;
    return false;
  }

  #teach(): void {
    for (const book of this.#sent.values()) this.#templates.miner.learn(book);
    this.#inVainAt = this.#isAnyUnknown() ? this.#templates.miner.stats().templates : -1;
  }

  /** The number of the template that the id stands for, as `refresh` found it; -1 when nobody knows. */
  numberOf(id: string): number { return this.#numbers.get(id) ?? -1; }
  /** Of a number that is known, the hash that records of it have. */
  hashOf(number: number): number { return this.#templates.hashOf(number) | 0; }
}
