// How long a process will stand still, said as a range: what was measured on machines at rest, and what the same took on busy ones.
import { type Run, seconds } from './contract.ts';

/** Where every core was taken, pauses were up to five times as long: 2.1 s were expected of one snapshot, 10 s were measured. */
const busyFactor = 5;

export interface Pause { readonly pauseMs: number; readonly pauseMostMs: number }

export const pauseOf = (restMs: number): Pause => ({ pauseMs: restMs, pauseMostMs: restMs * busyFactor });

/** "about 2.1 s, up to 10.5 s where the machine is busy". */
export const pauseWords = ({ pauseMs, pauseMostMs }: Pause): string => `about ${seconds(pauseMs)}, up to ${seconds(pauseMostMs)} where the machine is busy`;

/** Written down with the run before it starts, so that what is measured can be held against it. The same figures go with the artifact. */
export function promise(run: Pick<Run, 'figure'>, { pauseMs, pauseMostMs }: Pause): Readonly<Record<string, number>> {
  const figures = { estimatedPauseMs: pauseMs, estimatedPauseMostMs: pauseMostMs };
  for (const [name, value] of Object.entries(figures)) run.figure(name, value);
  return figures;
}
