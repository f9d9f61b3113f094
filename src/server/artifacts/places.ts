// Places in the quota. Uploads of agents have theirs in the index; those of files that people bring are here, for as long as such a file is on
// its way or waits to be taken in. Whoever asks for room does it in turn, so that what one takes the next one finds taken.
export class Places {
  readonly #held = new Map<string, number>();
  #turn: Promise<unknown> = Promise.resolve();

  /** Bytes that are held here, but those of `except`. */
  bytes(except: string | null = null): number {
    let bytes = 0;
    for (const [id, held] of this.#held) if (id !== except) bytes += held;
    return bytes;
  }

  /** One after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  of(id: string): number { return this.#held.get(id) ?? 0; }
  /** So many bytes in all from now on. */
  hold(id: string, bytes: number): void { this.#held.set(id, bytes); }
  letGo(id: string): void { this.#held.delete(id); }
}
