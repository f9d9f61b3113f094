// Who may still come in when a miner fills up. The first half of its room is anybody's; after that a statement must be met again before it
// gets a place, and the less room there is, the more often. So bodies that never repeat cannot push out those that do. Fixed memory:
// a place in a table for each statement that waits; who meets another's place wears its count down before taking it.

const places = 1 << 16;
/** From which share of the room on, and how often a statement must have been met then; the fullest first. */
const steps = [[0.9, 4], [0.75, 3], [0.5, 2]] as const;

/** How often a statement must be met before it is given a place; 1 where there is room enough. `fill` in [0, 1]. */
export const sightingsNeeded = (fill: number): number => steps.find(([from]) => fill >= from)?.[1] ?? 1;

export class Admission {
  static readonly bytes = places * 5;
  readonly #tags = new Int32Array(places);
  readonly #counts = new Uint8Array(places);

  /** How often the statement with these lanes was met, this time included; 0 while another has its place. */
  meet(high: number, low: number): number {
    const place = low & places - 1;
    const tag = Math.imul(high, 0x9e3779b1) ^ low;
    if (this.#tags[place] !== tag && this.#counts[place]! > 0) {
      this.#counts[place] = this.#counts[place]! - 1;
      if (this.#counts[place]! > 0) return 0;
    }
    this.#tags[place] = tag;
    return this.#counts[place] = Math.min(this.#counts[place]! + 1, 255);
  }
}
