// One piece of work for all who ask for it while it is under way, and for some time after.

interface Held<T> { readonly value: Promise<T>; /** Null while it is under way. */ doneMs: number | null }

export class Shared<T> {
  readonly #goodMs: number;
  readonly #nowMs: () => number;
  readonly #held = new Map<string, Held<T>>();

  constructor(goodMs: number, nowMs: () => number) {
    this.#goodMs = goodMs;
    this.#nowMs = nowMs;
  }

  /** What was made for `key` of late, or `make`'s. A failure is told to those who wait, and not kept. */
  get(key: string, make: () => Promise<T>): Promise<T> {
    for (const [known, { doneMs }] of this.#held) if (doneMs !== null && Math.abs(this.#nowMs() - doneMs) >= this.#goodMs) this.#held.delete(known);
    const known = this.#held.get(key);
    if (known !== undefined) return known.value;
    const held: Held<T> = { value: make(), doneMs: null };
    this.#held.set(key, held);
    held.value.then(() => { held.doneMs = this.#nowMs(); }, () => { if (this.#held.get(key) === held) this.#held.delete(key); });
    return held.value;
  }
}
