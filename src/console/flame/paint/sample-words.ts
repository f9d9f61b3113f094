// How many samples there are, in the same words wherever a profile is shown.
import { formatCount, plural } from '../../ui/index.ts';

/** "7,921 samples, 3,100 of them idle". @param all with the idle ones */
export const samplesText = (all: number, idle: number): string => `${plural(all, 'sample')}${idle > 0 ? `, ${formatCount(idle)} of them idle` : ''}`;
