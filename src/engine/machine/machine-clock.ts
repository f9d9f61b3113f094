// What time it is for a machine. Records carry it forward by their own time, never back; a record from the future by no more than a bounded
// lead over the wall clock, so that one wrong clock cannot fire all timers. Where no records come the wall clock does, held back by how
// late records lately were: those that are on their way still find the machine at their time. It never lags the wall clock by more than
// that, whatever the first record claims.

/** A record further ahead of the wall clock than this counts as of this much ahead. */
export const maxLeadNanos = 2_000_000_000n;
/** Records that come later than this no longer hold the wall clock back. */
export const maxLagNanos = 15_000_000_000n;
/** How long a late record holds it back: at least one such span, at most two. */
const lagSpanNanos = 30_000_000_000n;
/** Set back by more than this, the wall clock was set; machine time goes on. */
const setBackNanos = 5_000_000_000n;

export class MachineClock {
  #now = 0n;
  #wall = 0n;
  /** Added to every time since the wall clock was set back. */
  #offset = 0n;
  #at = 0n;
  #lag = 0n;
  #lagBefore = 0n;
  #spanStart = 0n;

  get nowUnixNano(): bigint { return this.#now; }
  /** The wall clock as far as it was seen, never back: what limits go by. */
  get wallUnixNano(): bigint { return this.#wall; }
  /** When the last record happened by its own time, as far as that is believed: never after machine time. */
  get atUnixNano(): bigint { return this.#at < this.#now ? this.#at : this.#now; }

  /** A record of that time (null: it has none) that arrived at `wall`. Gives the machine's time. */
  record(recordUnixNano: bigint | null, wallUnixNano: bigint): bigint {
    const wall = this.#seeWall(wallUnixNano);
    const said = recordUnixNano === null ? wall : recordUnixNano + this.#offset;
    const time = said > wall + maxLeadNanos ? wall + maxLeadNanos : said;
    // Without a time of its own it happened when it came, which is machine time.
    this.#at = recordUnixNano === null ? wall + maxLeadNanos : time;
    const lag = wall - time;
    if (lag > this.#lag) this.#lag = lag > maxLagNanos ? maxLagNanos : lag;
    return this.#reach(time < wall - maxLagNanos ? wall - maxLagNanos : time);
  }

  /** Nothing came until `wall`. */
  wall(wallUnixNano: bigint): bigint {
    const wall = this.#seeWall(wallUnixNano);
    return this.#reach(wall - (this.#lag > this.#lagBefore ? this.#lag : this.#lagBefore));
  }

  #reach(time: bigint): bigint {
    if (time > this.#now) this.#now = time;
    return this.#now;
  }

  #seeWall(given: bigint): bigint {
    if (given + this.#offset < this.#wall - setBackNanos) this.#offset = this.#wall - given;
    const wall = given + this.#offset;
    if (wall > this.#wall) this.#wall = wall;
    if (this.#wall - this.#spanStart >= lagSpanNanos) {
      this.#lagBefore = this.#wall - this.#spanStart >= 2n * lagSpanNanos ? 0n : this.#lag;
      this.#lag = 0n;
      this.#spanStart = this.#wall;
    }
    return this.#wall;
  }
}
