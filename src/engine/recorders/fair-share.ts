// Who gives when all together have too much: one that holds more than an equal part. Looks round from where it stopped last, so that
// the search costs little on average and nobody is always asked first.

interface Ids<Id> { readonly size: number; keys(): Iterator<Id> }

export class FairShare<Id> {
  #cursor: Iterator<Id> | null = null;

  /** One whose `bytes` are at least `fair`; one with anything at all when there is none such; null when all are empty. */
  pick(ids: Ids<Id>, bytesOf: (id: Id) => number, fair: number): Id | null {
    let any: Id | null = null;
    for (let looked = 0; looked <= ids.size; looked++) {
      const id = this.#next(ids);
      if (id === null) return any;
      const bytes = bytesOf(id);
      if (bytes > 0 && bytes >= fair) return id;
      if (bytes > 0) any = id;
    }
    return any;
  }

  #next(ids: Ids<Id>): Id | null {
    for (let turn = 0; turn < 2; turn++) {
      this.#cursor ??= ids.keys();
      const { done, value } = this.#cursor.next();
      if (done !== true) return value;
      this.#cursor = null;
    }
    return null;
  }
}
