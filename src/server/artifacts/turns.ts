// One sender at a time per upload, and the newest wins: when a connection is lost the server may learn of it minutes later, and the
// agent that comes back must not wait for that.
import type { Readable } from 'node:stream';

interface Turn { readonly body: Readable | null; readonly over: Promise<unknown> }

export class Turns {
  readonly #turns = new Map<string, Turn>();

  /** Cuts the body that is being read for `id`, waits until that work has ended, then runs this. */
  async take<T>(id: string, body: Readable | null, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(id);
    before?.body?.destroy(new Error('taken over by a newer connection'));
    const running = (before?.over ?? Promise.resolve()).then(work);
    const turn: Turn = { body, over: running.catch(() => undefined) };
    this.#turns.set(id, turn);
    try {
      return await running;
    } finally {
      if (this.#turns.get(id) === turn) this.#turns.delete(id);
    }
  }

  /** Cuts all, and waits. */
  async end(): Promise<void> {
    for (const { body } of this.#turns.values()) body?.destroy(new Error('the server stops'));
    await Promise.all([...this.#turns.values()].map(({ over }) => over));
  }
}
