// Values by name in the order of their last use. Using one, letting the oldest go and looking it up cost the same however many there are and
// however fast they change: a Map alone, from which the first is taken again and again, looks through all that went before it.

interface Entry<Value> { readonly name: string; readonly value: Value; before: Entry<Value> | null; after: Entry<Value> | null }

export class LeastUsed<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  #oldest: Entry<Value> | null = null;
  #newest: Entry<Value> | null = null;

  get size(): number { return this.#entries.size; }
  /** The one that was quiet longest. */
  get oldest(): { readonly name: string; readonly value: Value } | null { return this.#oldest; }
  get newest(): { readonly name: string; readonly value: Value } | null { return this.#newest; }

  /** Looking is no use. */
  get(name: string): Value | undefined { return this.#entries.get(name)?.value; }
  /** In no order. */
  keys(): Iterator<string> { return this.#entries.keys(); }

  /** It is the last used from now on; made where there is none. */
  use(name: string, make: () => Value): Value {
    const known = this.#entries.get(name);
    if (known !== undefined && known === this.#newest) return known.value;
    const entry = known ?? { name, value: make(), before: null, after: null };
    if (known === undefined) this.#entries.set(name, entry); else this.#unlink(entry);
    entry.before = this.#newest;
    entry.after = null;
    if (this.#newest === null) this.#oldest = entry; else this.#newest.after = entry;
    this.#newest = entry;
    return entry.value;
  }

  delete(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    this.#unlink(entry);
  }

  clear(): void {
    this.#entries.clear();
    this.#oldest = this.#newest = null;
  }

  /** Quiet longest first. */
  *[Symbol.iterator](): Iterator<readonly [string, Value]> {
    for (let entry = this.#oldest; entry !== null; entry = entry.after) yield [entry.name, entry.value];
  }

  #unlink({ before, after }: Entry<Value>): void {
    if (before === null) this.#oldest = after; else before.after = after;
    if (after === null) this.#newest = before; else after.before = before;
  }
}
