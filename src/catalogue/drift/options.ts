// What counts as a change, in one place. Times are milliseconds.
export interface DriftOptions {
  /** A service, an event and the watch itself are known for so long before anything is new or stepped. */
  readonly settleMs: number;
  /** Looked-at records without a field before it counts as new. */
  readonly newFieldAfter: number;
  /** All its sights being after the first so many looks had been less likely than this by chance; told for so long after the first. */
  readonly newFieldChance: number;
  readonly newForMs: number;
  /** A field that was in this share of records is missed... */
  readonly missingPresence: number;
  /** ...when it is absent from at least so many, and that had been less likely than this by chance. */
  readonly missingLooks: number;
  readonly missingChance: number;
  /** Distinct values that are told when they are crossed, and how much more they must be than shortly before. */
  readonly cardinalities: readonly number[];
  readonly cardinalityGrowth: number;
  /** A rate is told when it changed by this factor. */
  readonly rateFactor: number;
  /** An event is gone when silence was less likely than this by chance, and longer than the longest gap it had, by this factor. */
  readonly goneChance: number;
  readonly goneFactor: number;
  /** An event is gone only when it had come for so long without a pause that stands out: the end of a burst is none. */
  readonly goneRunMs: number;
  /** Silence shorter than this is none: reports come every two seconds. */
  readonly goneLeastMs: number;
  /** Of one service in a minute; the rest is counted. */
  readonly mostPerMinute: number;
}

export const driftDefaults: DriftOptions = {
  settleMs: 60_000, newFieldAfter: 30, newFieldChance: 1e-6, newForMs: 15 * 60_000, missingPresence: 0.9, missingLooks: 8, missingChance: 1e-4, cardinalities: [100, 10_000], cardinalityGrowth: 2,
  rateFactor: 3, goneChance: 1e-6, goneFactor: 3, goneRunMs: 100_000, goneLeastMs: 8000, mostPerMinute: 60,
};
