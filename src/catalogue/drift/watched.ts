// One event as the watch sees it: its rate of late, its fields some time ago, and what was told already.
import type { MergedEvent } from '../merge/index.ts';
import type { OpenFieldRename } from './field-rename-watch.ts';
import { RateWindow } from './rate-window.ts';
import { snapshotOf, type Snapshot } from './snapshot.ts';

/** Fields are compared with what they were 20 to 40 seconds ago. */
const snapshotMs = 20_000;
/** A pause stands out when it is a third of the time before it: a burst ended, and another began. */
const leastPauseMs = 6000, pauseShare = 1 / 3;

export class Watched {
  readonly event: MergedEvent;
  readonly sinceUnixMs: number;
  /** Null until a record comes. */
  window: RateWindow | null = null;
  /** What was told and is not over. */
  readonly told = new Set<string>();
  /** Not told as new yet: it may be one of those that come seldom. */
  isPending = false;
  /** Seen for the first time a short time ago, while its service was known: it may be a new name. */
  isNew = false;
  /** Met when the catalogue knew its service for a while. */
  isSettled = false;
  /** For how long its service was known then, and with how many records. */
  serviceKnownMs = 0;
  serviceRecords = 0;
  /** Records whose fields were looked at when they were last compared. */
  compared = -1;
  /** When that was; null: not since it was met. */
  comparedUnixMs: number | null = null;
  /** Renames of its fields that were found and are still looked at. */
  readonly fieldRenames = new Map<string, OpenFieldRename>();
  isGone = false;
  /** Told as renamed from this one. */
  renamedFrom: string | null = null;
  /** Another took its place, by the miner's own word: its silence means nothing. */
  isContinued = false;
  quietUntilUnixMs = 0;
  /** Milliseconds of the longest silence that was followed by a record. */
  longestGapMs = 0;
  /** When its last record was told of, the longest time between two since it was met, and since when it has come without a pause that stands out. */
  countedUnixMs: number;
  longestPauseMs = 0;
  runSinceUnixMs: number;
  #older: Snapshot;
  #newer: Snapshot;
  #atUnixMs: number;

  constructor(event: MergedEvent, nowUnixMs: number) {
    this.event = event;
    this.sinceUnixMs = this.#atUnixMs = this.countedUnixMs = this.runSinceUnixMs = nowUnixMs;
    this.#older = this.#newer = snapshotOf(event);
  }

  /** Records of it came. */
  count(nowUnixMs: number): void {
    const pauseMs = nowUnixMs - this.countedUnixMs;
    this.longestPauseMs = Math.max(this.longestPauseMs, pauseMs);
    if (pauseMs > leastPauseMs && pauseMs > pauseShare * (nowUnixMs - this.runSinceUnixMs)) this.runSinceUnixMs = nowUnixMs;
    this.countedUnixMs = nowUnixMs;
  }

  /** What was told of its fields holds no more: rules hide some of them now. */
  renewFields(): void {
    this.told.clear();
    this.fieldRenames.clear();
    this.#older = this.#newer = new Map();
    this.compared = -1;
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
