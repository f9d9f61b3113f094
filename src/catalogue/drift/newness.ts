// Whether an event that was never seen before is one that its service did not have, and not one of the many that just come seldom. Evidence: had
// it always come as often as it does now, chance would hardly have kept all of it out of the time before. What comes in bursts, by the clock or
// in clumps of errors, looks like that, too; so a burst counts as one arrival, and what came without a deployment has to go on for a while.

export interface Arrival {
  readonly records: number;
  /** For how long it has been there, from its first record to its last, and the longest pause between. */
  readonly presentMs: number;
  readonly spanMs: number;
  readonly longestGapMs: number;
  /** How long its service was known before, and with how many records of usual events; and those since. */
  readonly knownMs: number;
  readonly recordsBefore: number;
  readonly recordsSince: number;
  /** Its service got a new version a short time ago, and it is of that. */
  readonly isDeployed: boolean;
}

/** So seldom chance may do as much. A deployment brings new events: less has to speak for them. */
const chance = 1e-4, chanceDeployed = 1e-3;
const leastArrivals = 3;
/** Reports are no finer. */
const stepMs = 2000;
/** What came without a deployment goes on for so long, by how long its service is known. */
const leastSpanMs = 4000, mostSpanMs = 60_000, spanShare = 0.05;

export function isNewToService({ records, presentMs, spanMs, longestGapMs, knownMs, recordsBefore, recordsSince, isDeployed }: Arrival): boolean {
  if (!isDeployed && spanMs < Math.min(mostSpanMs, Math.max(leastSpanMs, knownMs * spanShare))) return false;
  const present = Math.max(stepMs, presentMs);
  const arrivals = Math.min(records, 1 + present / Math.max(stepMs, longestGapMs));
  if (arrivals < leastArrivals) return false;
  // By the clock and by what its service said: a service that hardly spoke shows nothing of what it has.
  const ratio = Math.min((knownMs + present) / present, (recordsBefore + recordsSince) / Math.max(1, recordsSince));
  return arrivals * Math.log(ratio) > -Math.log(isDeployed ? chanceDeployed : chance);
}
