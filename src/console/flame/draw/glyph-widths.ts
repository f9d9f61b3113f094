// How wide a text is, from widths of its letters that were measured once each: no measuring while drawing. The canvas draws without
// kerning, so the sum is the width.

const ellipsis = '…';

export class GlyphWidths {
  readonly #measure: (text: string) => number;
  readonly #ascii = new Float64Array(128).fill(Number.NaN);
  /** By code point; texts are a program's names, so there are few. */
  readonly #others = new Map<number, number>();
  readonly #ellipsis: number;

  /** `measure` gives a letter's advance in the unit that `fit` is asked in. */
  constructor(measure: (text: string) => number) {
    this.#measure = measure;
    this.#ellipsis = measure(ellipsis);
  }

  widthOf(text: string): number {
    let sum = 0;
    for (let at = 0; at < text.length;) { const point = text.codePointAt(at)!; sum += this.#of(point); at += point > 0xffff ? 2 : 1; }
    return sum;
  }

  /** The text, or as much of it as fits with an ellipsis; empty when not even one letter does. Looks at no more letters than fit. */
  fit(text: string, room: number): string {
    let sum = 0;
    let cut = 0;
    for (let at = 0; at < text.length;) {
      const point = text.codePointAt(at)!;
      sum += this.#of(point);
      if (sum > room) return cut === 0 ? '' : `${text.slice(0, cut)}${ellipsis}`;
      at += point > 0xffff ? 2 : 1;
      if (sum + this.#ellipsis <= room) cut = at;
    }
    return text;
  }

  #of(point: number): number {
    if (point < 128) {
      const known = this.#ascii[point]!;
      return Number.isNaN(known) ? this.#ascii[point] = this.#measure(String.fromCodePoint(point)) : known;
    }
    let width = this.#others.get(point);
    if (width === undefined) {
      width = this.#measure(String.fromCodePoint(point));
      if (this.#others.size < maxOthers) this.#others.set(point, width);
    }
    return width;
  }
}

/** More letters than any program's names have; beyond it they are measured each time. */
const maxOthers = 20_000;
