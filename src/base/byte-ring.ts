// Byte-capped first-in first-out stores that evict the oldest and count what they evict: never unbounded, never silent.

/** A queue of items with a known size; beyond either bound the oldest goes first. For exporters and recorders. */
export class BoundedQueue<T> {
  readonly maxBytes: number;
  readonly maxItems: number;
  readonly #sizeOf: (item: T) => number;
  readonly #onEvict: ((item: T) => void) | null;
  #items: (T | undefined)[] = [];
  #head = 0;
  #bytes = 0;
  #evicted = 0;
  #evictedBytes = 0;

  /** `sizeOf` must give the same answer every time for an item. `onEvict` sees what bounds pushed out, not what was shifted. */
  constructor(options: { maxBytes: number; maxItems?: number; sizeOf: (item: T) => number; onEvict?: (item: T) => void }) {
    this.maxBytes = options.maxBytes;
    this.maxItems = options.maxItems ?? Number.MAX_SAFE_INTEGER;
    this.#sizeOf = options.sizeOf;
    this.#onEvict = options.onEvict ?? null;
  }

  get length(): number { return this.#items.length - this.#head; }
  get bytes(): number { return this.#bytes; }
  /** Items and bytes that the bounds pushed out since the beginning. */
  get evicted(): number { return this.#evicted; }
  get evictedBytes(): number { return this.#evictedBytes; }

  /** Appends, then evicts the oldest until the bounds hold. An item larger than the whole queue evicts itself only. */
  push(item: T): void {
    const size = this.#sizeOf(item);
    if (size > this.maxBytes || this.maxItems < 1) return this.#count(item, size);
    this.#items.push(item);
    this.#bytes += size;
    while (this.#bytes > this.maxBytes || this.length > this.maxItems) {
      const oldest = this.shift()!;
      this.#count(oldest, this.#sizeOf(oldest));
    }
  }

  /** Takes the oldest; undefined when empty. */
  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head]!;
    this.#items[this.#head++] = undefined;
    this.#bytes -= this.#sizeOf(item);
    // Moving the rest down once per 64 at least keeps a shift constant time on average and memory in step.
    if (this.#head >= 64 && this.#head * 2 >= this.#items.length) { this.#items = this.#items.slice(this.#head); this.#head = 0; }
    return item;
  }

  /** The oldest, left where it is. */
  peek(): T | undefined { return this.#items[this.#head]; }
  clear(): void { this.#items = []; this.#head = 0; this.#bytes = 0; }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = this.#head; i < this.#items.length; i++) yield this.#items[i]!;
  }

  #count(item: T, size: number): void {
    this.#evicted++;
    this.#evictedBytes += size;
    this.#onEvict?.(item);
  }
}

/** Slices copied end to end into one fixed piece of memory, each with a number beside it (a time, say); oldest evicted. */
export class ByteRing {
  readonly maxBytes: number;
  readonly #memory: Uint8Array;
  /** Per slice: start, length, tag. A slice never wraps: what does not fit before the end of memory starts again at 0. */
  readonly #slices: BoundedQueue<{ start: number; length: number; tag: number }>;
  #write = 0;
  #bytes = 0;
  #evicted = 0;
  #evictedBytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
    this.#memory = new Uint8Array(maxBytes);
    this.#slices = new BoundedQueue({ maxBytes: Number.MAX_SAFE_INTEGER, sizeOf: (slice) => slice.length });
  }

  get length(): number { return this.#slices.length; }
  get bytes(): number { return this.#bytes; }
  get evicted(): number { return this.#evicted; }
  get evictedBytes(): number { return this.#evictedBytes; }
  /** The number beside the oldest slice, or null when empty. */
  get oldestTag(): number | null { return this.#slices.peek()?.tag ?? null; }

  /** Copies bytes[start, end) in, evicting the oldest for room. False, and counted, when it is larger than the ring. */
  push(bytes: Uint8Array, start = 0, end = bytes.length, tag = 0): boolean {
    const length = end - start;
    const room = footprint(length);
    if (room > this.maxBytes) { this.#evicted++; this.#evictedBytes += length; return false; }
    if (this.#write + room > this.maxBytes) { this.#evictFrom(this.#write, this.maxBytes); this.#write = 0; }
    this.#evictFrom(this.#write, this.#write + room);
    this.#memory.set(bytes.subarray(start, end), this.#write);
    this.#slices.push({ start: this.#write, length, tag });
    this.#write += room;
    this.#bytes += length;
    return true;
  }

  /** Oldest first. The slices are views into the ring: copy what must outlive the next push. */
  *[Symbol.iterator](): Iterator<{ bytes: Uint8Array; tag: number }> {
    for (const slice of this.#slices) yield { bytes: this.#memory.subarray(slice.start, slice.start + slice.length), tag: slice.tag };
  }

  clear(): void { this.#slices.clear(); this.#write = 0; this.#bytes = 0; }

  /** Slices lie in memory in order of age from the write position on, so the oldest are always the next to be overwritten. */
  #evictFrom(from: number, to: number): void {
    for (let oldest = this.#slices.peek(); oldest !== undefined; oldest = this.#slices.peek()) {
      if (oldest.start >= to || oldest.start + footprint(oldest.length) <= from) return;
      this.#slices.shift();
      this.#bytes -= oldest.length;
      this.#evicted++;
      this.#evictedBytes += oldest.length;
    }
  }
}

/** An empty slice takes one byte, so that no two slices share a place. */
const footprint = (length: number): number => Math.max(1, length);
