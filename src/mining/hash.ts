// The hashes of templates. Not for secrets; ids need 64 bits that never change from version to version, so the steps are written
// down here: two lanes of 32 bits, each multiplied and rotated per byte, mixed at the end (the finaliser of MurmurHash3, public domain).

const primeA = 0x01000193;
const primeB = 0x85ebca6b;

/** Lanes of a 64-bit hash under way. One object is reused; nothing is allocated per line. */
export class Hash64 {
  high = 0;
  low = 0;

  /** Begins anew with a seed of 32 bits. */
  begin(seed: number): void {
    this.high = Math.imul(seed ^ 0x811c9dc5, primeB) | 0;
    this.low = Math.imul(seed ^ 0x9e3779b9, primeA) | 0;
  }

  /** Takes in bytes[from, to). */
  add(bytes: Uint8Array, from: number, to: number): void {
    let high = this.high;
    let low = this.low;
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!;
      high = Math.imul(high ^ byte, primeA);
      low = Math.imul((low << 13 | low >>> 19) ^ byte, primeB) + 0x52dce729 | 0;
    }
    this.high = high;
    this.low = low;
  }

  /** Takes in 32 bits. */
  addWord(word: number): void {
    this.high = Math.imul(this.high ^ word, primeA) ^ (word >>> 15);
    this.low = Math.imul((this.low << 13 | this.low >>> 19) ^ word, primeB) + 0x52dce729 | 0;
  }

  /** Mixes; after it, `high` and `low` are the hash. */
  finish(): void {
    const high = mixed(this.high ^ (this.low >>> 16));
    this.low = mixed(Math.imul(this.low, 5) + high | 0);
    this.high = high;
  }
}

/** A 64-bit hash of numbers, quicker than the ids' and in no book: what tables in memory find forms by. */
export class Key64 {
  high = 0;
  low = 0;

  /** Of fours[0, count). */
  of(fours: Int32Array, count: number, seed: number): void {
    let high = seed ^ 0x811c9dc5;
    let low = Math.imul(seed ^ 0x9e3779b9, primeA) ^ count;
    for (let i = 0; i < count; i++) {
      const four = fours[i]!;
      high = Math.imul(high ^ four, 0xcc9e2d51);
      high = high << 15 | high >>> 17;
      low = Math.imul((low << 13 | low >>> 19) ^ four, primeB) + 0x52dce729 | 0;
    }
    this.high = mixed(high ^ (low >>> 16));
    this.low = mixed(Math.imul(low, 5) + this.high | 0);
  }
}

function mixed(lane: number): number {
  let x = lane ^ (lane >>> 16);
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  x = Math.imul(x, 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** FNV-1a of an ASCII text, 32 bits, never 0: what an event name of the same bytes hashes to in rule indexes (otlp's `hashBytes`). */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0 || 1;
}

const hex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');

/** The id of a template: `t-` and 64 bits in hex. */
export const idText = (high: number, low: number): string => `t-${hex(high)}${hex(low)}`;

/** The lanes of an id; null when it is none. */
export function idLanes(id: string): { readonly high: number; readonly low: number } | null {
  if (!/^t-[0-9a-f]{16}$/.test(id)) return null;
  return { high: Number.parseInt(id.slice(2, 10), 16) | 0, low: Number.parseInt(id.slice(10), 16) | 0 };
}
