// Work in turn by key: what is about one process waits for what is about it already; others do not.

export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => undefined).finally(() => { if (this.#last.get(key) === settled) this.#last.delete(key); });
    this.#last.set(key, settled);
    return mine;
  }
}
