// What became of the records of one signal in this thread, counted in place.
import type { InProcessCounts, Signal } from '../model/index.ts';

export type Tally = { -readonly [K in keyof InProcessCounts]: InProcessCounts[K] };
export const newTally = (signal: Signal): Tally => ({ signal, seen: 0, passed: 0, dropped: 0, sampled: 0, belowLevel: 0, withheld: 0, changed: 0, faults: 0 });
