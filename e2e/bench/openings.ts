// What many openings of one file come to: medians, whole numbers; and how many times as long another page takes.
import { cpus, loadavg } from 'node:os';
import { percentile, type Opening } from './measured-tab.ts';

export type Runs = readonly (Opening | string)[];

const isOpening = (run: Opening | string): run is Opening => typeof run !== 'string';
const median = (values: readonly number[]): number => Math.round(percentile(values, 0.5));

/** Medians of the runs that came to an end; the words of those that did not. */
export function summary(runs: Runs): Record<string, unknown> {
  const done = runs.filter(isOpening);
  const of = (figure: (run: Opening) => number): number => median(done.map(figure));
  const failed = runs.filter((run) => !isOpening(run));
  if (done.length === 0) return { runs: runs.length, failed };
  const peaks = done.map(({ peakMb }) => peakMb).filter((peak) => peak !== null);
  return {
    runs: runs.length, ms: of(({ readyMs }) => readyMs), ...(done.some(({ laterMs }) => laterMs !== null) && { allMs: of(({ laterMs }) => laterMs ?? 0) }), leastMs: Math.round(Math.min(...done.map(({ readyMs }) => readyMs))), longestTaskMs: of(({ longestTaskMs }) => longestTaskMs), longestTaskCpuMs: of(({ longestTaskCpuMs }) => longestTaskCpuMs),
    frameP95Ms: of(({ frameP95Ms }) => frameP95Ms), longestFrameMs: of(({ longestFrameMs }) => longestFrameMs), cpuMs: of(({ cpuMs }) => cpuMs), peakMb: peaks.length === 0 ? null : median(peaks),
    ...(failed.length > 0 && { failed }),
  };
}

/** How many times of ours it is; null where one of the two did not come to an end. */
export function timesOurs(ours: Record<string, unknown>, theirs: Record<string, unknown>): Record<string, number> | null {
  const figures = (['ms', 'cpuMs', 'longestTaskMs', 'longestTaskCpuMs', 'peakMb'] as const).flatMap((name) => {
    const [own, other] = [ours[name], theirs[name]];
    return typeof own === 'number' && typeof other === 'number' && own > 0 ? [[name, Math.round(other / own * 10) / 10] as const] : [];
  });
  return figures.length === 0 ? null : Object.fromEntries(figures);
}

export const machine = (): object => ({ cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: Math.round(loadavg()[0]! * 10) / 10, node: process.version });
