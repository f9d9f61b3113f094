// Values of `service.version` as small numbers, so that counting compares no text. Bounded: later ones are '*'.
import { cutText } from '../../base/index.ts';

/** Numbers of "not set" and of "all others". */
export const noVersion = 0;
export const otherVersion = 1;
const maxVersionTexts = 4096;
const longestVersion = 120;

export class Versions {
  readonly #texts: string[] = ['', '*'];
  readonly #numbers = new Map<string, number>([['', noVersion], ['*', otherVersion]]);

  readonly #told: string[] = [];
  readonly #changed = new Map<number, number>();
  readonly #clean: (text: string) => string;

  constructor(clean: (text: string) => string) { this.#clean = clean; }

  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length >= maxVersionTexts) return otherVersion;
    const kept = cutText(text, longestVersion);
    const number = this.#numbers.get(kept) ?? this.#texts.push(kept) - 1;
    this.#numbers.set(kept, number);
    return number;
  }

  /** As it may be told. */
  text(number: number): string { return this.#told[number] ?? (this.#told[number] = this.#clean(this.#texts[number]!)); }

  /** Rules were deployed: those that are told otherwise now changed in this generation. */
  cleanAgain(generation: number): void {
    const before = this.#told.splice(0);
    before.forEach((text, number) => { if (this.text(number) !== text) this.#changed.set(number, generation); });
  }

  /** The generation in which it was last told otherwise; 0: never. */
  changedIn(number: number): number { return this.#changed.get(number) ?? 0; }
}
