// What is shown of a hit: a mechanism captures more than was asked for, so that a secret is known as one before anything is cut. Only then is it
// cut to the bounds of the probe. A text that was cut in the process already may end within a secret, which no detector knows any more.
import type { CaptureBounds } from '../../../model/index.ts';
import type { Json } from './redact-values.ts';

const cutMark = '…';
const between = /[\s,;"'<>()[\]{}]/;
const [blockBegins, blockEnds] = ['-----BEGIN ', '-----END '];

/** Before it is redacted, of a hit of which something was cut: each text that is not whole without its last token, or a key whose end is missing. */
export function withoutTails(value: unknown): unknown {
  if (typeof value === 'string') return value.endsWith(cutMark) ? `${withoutTail(value)}${cutMark}` : value;
  if (Array.isArray(value)) return value.map(withoutTails);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [withoutTails(key), withoutTails(each)]));
}

function withoutTail(text: string): string {
  const block = text.lastIndexOf(blockBegins);
  if (block >= 0 && text.indexOf(blockEnds, block) < 0) return text.slice(0, block);
  let end = text.length - cutMark.length;
  while (end > 0 && !between.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

/** After it is redacted. `isCut`: something is missing. */
export function fitted(values: Readonly<Record<string, Json>>, bounds: CaptureBounds): { readonly values: Record<string, Json>; readonly isCut: boolean } {
  const fitting = new Fitting(bounds);
  return { values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fitting.any(value)])), isCut: fitting.isCut };
}

class Fitting {
  readonly #characters: number;
  #left: number;
  isCut = false;

  constructor({ characters, bytes }: CaptureBounds) {
    this.#characters = characters;
    this.#left = bytes;
  }

  any(value: Json): Json {
    if (typeof value === 'string') return this.#text(value);
    this.#left -= 8;
    if (Array.isArray(value)) return this.#kept(value).map((each) => this.any(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(this.#kept(Object.entries(value)).map(([key, each]) => [this.#text(key), this.any(each)]));
  }

  /** Each takes a few bytes at least. */
  #kept<T>(list: readonly T[]): readonly T[] {
    const room = Math.max(0, Math.floor(this.#left / 4));
    if (list.length > room) this.isCut = true;
    return list.slice(0, room);
  }

  #text(text: string): string {
    const most = Math.max(0, Math.min(this.#characters, this.#left - 4));
    const isWhole = text.length <= most || (text.length === this.#characters + 1 && text.endsWith(cutMark));
    const shown = isWhole ? text : `${text.slice(0, most)}${cutMark}`;
    this.#left -= Buffer.byteLength(shown) + 4;
    this.isCut ||= !isWhole;
    return shown;
  }
}
