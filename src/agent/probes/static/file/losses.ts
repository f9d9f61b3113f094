// What went away before it was read: counted once nobody holds a part of it in hand any more, so that what was handed over after all is not counted.
import type { Reached } from './follower.ts';

interface Gone { readonly at: Reached; /** Bytes that it had when it was last seen. */ readonly size: number }

export class Losses {
  #gone: Gone[] = [];
  #bytes = 0;
  /** Files of which nobody can say how much they held. */
  files = 0;

  /** Bytes that were seen and are gone. */
  get bytes(): number { return this.#bytes; }

  /** Nothing more of it can be read. */
  add(at: Reached, size: number): void { if (size > at.offset) this.#gone.push({ at, size }); }

  /** `inHand`: of a turn that is not over; it may still move. */
  settle(inHand: Reached | null): void {
    for (const { at, size } of this.#gone) if (at !== inHand) this.#bytes += Math.max(0, size - at.offset);
    this.#gone = this.#gone.filter(({ at }) => at === inHand);
  }
}
