// Whether a stretch of bytes is one of a few known words, without making a text of it: asked for every dotted name and every key of a line.

const slots = 512;
const step = 0x01000193;

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

export class WordSet {
  /** By hash; words that share one stand in the next free place. Of ASCII. */
  readonly #words: string[] = Array.from({ length: slots }, () => '');
  readonly #longest: number;

  /** Words between blanks, at most a quarter as many as there are places. */
  constructor(words: string) {
    const all = words.split(' ');
    for (const word of all) {
      let hash = word.length;
      for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), step);
      let slot = hash & slots - 1;
      while (this.#words[slot] !== '' && this.#words[slot] !== word) slot = slot + 1 & slots - 1;
      this.#words[slot] = word;
    }
    this.#longest = Math.max(...all.map(({ length }) => length));
  }

  has(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from > this.#longest) return false;
    let hash = to - from;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, step);
    for (let slot = hash & slots - 1; this.#words[slot] !== ''; slot = slot + 1 & slots - 1) if (equals(this.#words[slot]!, bytes, from, to)) return true;
    return false;
  }

  /** In any case; the words of the set are in small letters. */
  hasInAnyCase(bytes: Uint8Array, from: number, to: number): boolean {
    if (to - from > this.#longest) return false;
    let hash = to - from;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ lower(bytes[i]!), step);
    for (let slot = hash & slots - 1; this.#words[slot] !== ''; slot = slot + 1 & slots - 1) if (equalsLower(this.#words[slot]!, bytes, from, to)) return true;
    return false;
  }
}

function equals(word: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}

function equalsLower(word: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== lower(bytes[from + i]!)) return false;
  return true;
}
