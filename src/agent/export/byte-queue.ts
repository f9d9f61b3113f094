/** A first-in first-out queue that knows how many bytes and records it holds. Taking from the front and putting back are O(1). */
export interface Sized { readonly bytes: Uint8Array; readonly records: number }

const compactAt = 1024;

export class ByteQueue<T extends Sized> {
  #items: (T | undefined)[] = [];
  #head = 0;
  bytes = 0;
  records = 0;

  get length(): number { return this.#items.length - this.#head; }

  push(item: T): void {
    this.#items.push(item);
    this.#count(item, 1);
  }

  /** Back to the front: what failed goes first again. */
  putBack(item: T): void {
    if (this.#head > 0) this.#items[--this.#head] = item;
    else this.#items.unshift(item);
    this.#count(item, 1);
  }

  peek(): T | undefined { return this.#items[this.#head]; }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (item === undefined) return undefined;
    this.#items[this.#head++] = undefined;
    this.#count(item, -1);
    if (this.#head === this.#items.length) { this.#items = []; this.#head = 0; }
    else if (this.#head >= compactAt && this.#head * 2 > this.#items.length) { this.#items = this.#items.slice(this.#head); this.#head = 0; }
    return item;
  }

  #count(item: T, sign: 1 | -1): void {
    this.bytes += sign * item.bytes.length;
    this.records += sign * item.records;
  }
}
