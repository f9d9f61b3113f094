// Strings of the ring as small integers: services, durable ids. Keys are compared as UTF-8 bytes, so that a known
// name costs a hash and a compare and no decoding. Bounded: id 0 says "not in the dictionary", the row decodes its own.
import { decodeUtf8, encodeUtf8 } from '../../../../base/index.ts';

const maxKeyBytes = 512;

export class ByteDictionary {
  readonly #limit: number;
  #keys: Uint8Array[] = [new Uint8Array(0)];
  #tags: number[] = [0];
  #texts: (string | null)[] = [''];
  #slots = new Int32Array(256);

  /** `limit`: entries at most; a hostile source cannot grow it past that. */
  constructor(limit = 65_000) { this.#limit = limit; }

  /** Entries plus one: every id is below it. */
  get size(): number { return this.#keys.length; }

  /** The id of bytes[start, end) under a small tag (its kind), made when new; 0 when full or too long. */
  idOf(tag: number, bytes: Uint8Array, start: number, end: number): number {
    if (end - start > maxKeyBytes) return 0;
    const mask = this.#slots.length - 1;
    let slot = hash(tag, bytes, start, end) & mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id === 0) return this.#add(slot, tag, bytes.slice(start, end));
      if (this.#equals(id, tag, bytes, start, end)) return id;
      slot = (slot + 1) & mask;
    }
  }

  idOfText(tag: number, text: string): number {
    const bytes = encodeUtf8(text);
    return this.idOf(tag, bytes, 0, bytes.length);
  }

  text(id: number): string { return this.#texts[id] ??= decodeUtf8(this.#keys[id]!, 0, this.#keys[id]!.length); }
  tag(id: number): number { return this.#tags[id] ?? 0; }

  #equals(id: number, tag: number, bytes: Uint8Array, start: number, end: number): boolean {
    const key = this.#keys[id]!;
    if (this.#tags[id] !== tag || key.length !== end - start) return false;
    for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false;
    return true;
  }

  #add(slot: number, tag: number, key: Uint8Array): number {
    if (this.#keys.length > this.#limit) return 0;
    const id = this.#keys.push(key) - 1;
    this.#tags.push(tag);
    this.#texts.push(null);
    this.#slots[slot] = id;
    if (this.#keys.length * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let id = 1; id < this.#keys.length; id++) {
      const key = this.#keys[id]!;
      let slot = hash(this.#tags[id]!, key, 0, key.length) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = id;
    }
  }
}

/** FNV-1a, 32 bits. */
function hash(tag: number, bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5 ^ tag;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  return h ^ (h >>> 15);
}
