// What a probe did stays known when the agent that knew it was killed: the next one says that it is over, and nothing else of it.
import type { ProbeReport } from '../../model/index.ts';

/** `told` with what was known before, where it is the word of an agent that knows only that it ended. */
export function withHistory(told: ProbeReport, before: ProbeReport): ProbeReport {
  if (told.end !== 'agent-crashed' || told.places.length + told.hits > 0 || before.places.length + before.hits === 0) return told;
  const { hits, emitted, suppressed, notes, expiresUnixMs } = before;
  const places = before.places.map((place) => ({ ...place, state: told.state, why: place.why ?? told.why, cpuShare: null, pausedUntilUnixMs: null }));
  return { ...told, hits, emitted, suppressed, expiresUnixMs, places, notes: [...notes, 'Counts and values are those of the last second that was heard of it.'].slice(-20) };
}
