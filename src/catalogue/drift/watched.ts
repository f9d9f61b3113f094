// One event as the watch sees it: its rate of late, its fields some time ago, and what was told already.
import type { MergedEvent } from '../merge/index.ts';
import { RateWindow } from './rate-window.ts';
import { snapshotOf, type Snapshot } from './snapshot.ts';

/** Fields are compared with what they were 20 to 40 seconds ago. */
const snapshotMs = 20_000;

export class Watched {
  readonly event: MergedEvent;
  readonly sinceUnixMs: number;
  /** Null until a record comes. */
  window: RateWindow | null = null;
  /** What was told and is not over. */
  readonly told = new Set<string>();
  /** Not told as new yet: a mined template has to come a few times first. */
  isPending = false;
  /** Seen for the first time while its service was known. */
  isNew = false;
  isGone = false;
  /** Another took its place, by the miner's own word: its silence means nothing. */
  isContinued = false;
  quietUntilUnixMs = 0;
  /** Milliseconds of the longest silence that was followed by a record. */
  longestGapMs = 0;
  #older: Snapshot;
  #newer: Snapshot;
  #atUnixMs: number;

  constructor(event: MergedEvent, nowUnixMs: number) {
    this.event = event;
    this.sinceUnixMs = this.#atUnixMs = nowUnixMs;
    this.#older = this.#newer = snapshotOf(event);
  }

  /** The fields as they were a while ago. */
  before(nowUnixMs: number): Snapshot {
    if (nowUnixMs - this.#atUnixMs >= snapshotMs) {
      this.#older = this.#newer;
      this.#newer = snapshotOf(this.event, this.#newer);
      this.#atUnixMs = nowUnixMs;
    }
    return this.#older;
  }
}
