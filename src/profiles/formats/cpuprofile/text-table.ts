// Texts of the file, each kept and decoded once: a function's name and URL stand in a file as often as the function was called from
// somewhere else. Open addressing by the bytes' hash; equal texts that are written differently (escapes) get one row.
import { IntColumn } from '../../build/index.ts';
import type { JsonBytes } from './json-bytes.ts';

export class TextTable {
  readonly strings: string[] = [];
  readonly #rowOfText = new Map<string, number>();
  /** Per spelling: where its bytes are, their hash, the text's row. */
  readonly #start = new IntColumn();
  readonly #end = new IntColumn();
  readonly #hash = new IntColumn();
  readonly #row = new IntColumn();
  /** Spelling + 1; 0 is free. At most half full. */
  #slots = new Int32Array(256);

  /** The row of a text that is not in the file. */
  rowOf(text: string): number {
    const known = this.#rowOfText.get(text);
    if (known !== undefined) return known;
    this.#rowOfText.set(text, this.strings.length);
    return this.strings.push(text) - 1;
  }

  /** Reads a string; its row. */
  read(json: JsonBytes): number {
    json.takeText();
    const mask = this.#slots.length - 1;
    for (let slot = spread(json.hash) & mask; ; slot = (slot + 1) & mask) {
      const spelling = this.#slots[slot]! - 1;
      if (spelling < 0) return this.#add(slot, json);
      if (this.#hash.at(spelling) === json.hash && this.#same(spelling, json)) return this.#row.at(spelling);
    }
  }

  #same(spelling: number, { bytes, textStart, textEnd }: JsonBytes): boolean {
    let other = this.#start.at(spelling);
    if (this.#end.at(spelling) - other !== textEnd - textStart) return false;
    for (let at = textStart; at < textEnd; at++, other++) if (bytes[at] !== bytes[other]) return false;
    return true;
  }

  #add(slot: number, json: JsonBytes): number {
    const row = this.rowOf(json.text());
    this.#slots[slot] = this.#start.count + 1;
    this.#start.push(json.textStart);
    this.#end.push(json.textEnd);
    this.#hash.push(json.hash);
    this.#row.push(row);
    if (this.#start.count * 2 > this.#slots.length) this.#grow();
    return row;
  }

  #grow(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let spelling = 0; spelling < this.#start.count; spelling++) {
      let slot = spread(this.#hash.at(spelling)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = spelling + 1;
    }
    this.#slots = slots;
  }
}

/** FNV's low bits are its weakest. */
const spread = (hash: number): number => hash ^ (hash >>> 15);
