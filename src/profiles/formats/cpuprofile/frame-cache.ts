// A function's callFrame stands in the file byte for byte the same wherever it was called from. So before a callFrame is read, the
// few seen last that began the same are compared with it: equal bytes are the same function, at a quarter of the cost of reading.
// A cache only: what it has forgotten is read again.
import { none } from '../../model.ts';
import type { JsonBytes } from './json-bytes.ts';

const [fewestSets, mostSets] = [1 << 4, 1 << 14];
const ways = 4;
/** A set for each so many bytes of file. */
const bytesPerSet = 1 << 10;
/** Bytes that choose the set: past `{"functionName":"` there is room for most names and a script's id. */
const hashed = 64;

export class FrameCache {
  readonly #json: JsonBytes;
  /** By entry: first byte, the byte after the last (0: free), row of functions. */
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #function: Int32Array;
  readonly #replaceNext: Uint8Array;
  #set = 0;

  constructor(json: JsonBytes) {
    this.#json = json;
    let sets = fewestSets;
    while (sets < mostSets && sets * bytesPerSet < json.bytes.length) sets *= 2;
    this.#start = new Int32Array(sets * ways);
    this.#end = new Int32Array(sets * ways);
    this.#function = new Int32Array(sets * ways);
    this.#replaceNext = new Uint8Array(sets);
  }

  /** Takes the object that is next when it is known: its function, else `none` with nothing taken. */
  take(): number {
    const json = this.#json;
    json.peek();
    this.#set = this.#setAt(json.at);
    for (let entry = this.#set * ways; entry < (this.#set + 1) * ways; entry++) {
      const end = this.#end[entry]!;
      const start = this.#start[entry]!;
      if (end === 0 || !json.same(json.at, json.view, start, end)) continue;
      json.at += end - start;
      return this.#function[entry]!;
    }
    return none;
  }

  /** After a miss: the object was read from `start` to where the reader is. */
  keep(start: number, functionRow: number): void {
    const way = this.#replaceNext[this.#set]!;
    this.#replaceNext[this.#set] = (way + 1) % ways;
    const entry = this.#set * ways + way;
    this.#start[entry] = start;
    this.#end[entry] = this.#json.at;
    this.#function[entry] = functionRow;
  }

  #setAt(at: number): number {
    const { view } = this.#json;
    const end = Math.min(at + hashed, view.byteLength - 3);
    let hash = 0;
    for (; at < end; at += 4) hash = Math.imul(hash ^ view.getInt32(at), 0x85ebca6b) + (hash >>> 15);
    return (hash ^ (hash >>> 13)) & (this.#replaceNext.length - 1);
  }
}
