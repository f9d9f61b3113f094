// The fleet's rates, a point a second for half an hour, as a ring of sums. A step of an agent is spread evenly over the
// seconds that it covers; a second that no agent covers stays a gap.
import type { FleetPoint } from '../../model/index.ts';
import { countNames, type Counts, type Step } from './status-delta.ts';

export const seriesSeconds = 1800;

interface Second {
  t: number;
  readonly counts: Record<keyof Counts, number>;
  /** Milliseconds covered, summed over agents. */
  covered: number;
  /** Gauges times the milliseconds that they held. */
  cpuShareMs: number; rssByteMs: number;
}

export interface Gauges { readonly cpuShare: number; readonly rssBytes: number }

export class FleetSeries {
  readonly #seconds: (Second | undefined)[] = Array.from({ length: seriesSeconds });

  add(step: Step, gauges: Gauges): void {
    const length = step.toMs - step.fromMs;
    for (const [t, overlap] of overlaps(step)) {
      const second = this.#at(t);
      for (const name of countNames) second.counts[name] += step.counts[name] * overlap / length;
      second.covered += overlap;
      second.cpuShareMs += gauges.cpuShare * overlap;
      second.rssByteMs += gauges.rssBytes * overlap;
    }
  }

  /** Records that the BFF itself shed from tails; counted beside the agents' own. */
  addTailShed(atMs: number, records: number): void { this.#at(Math.floor(atMs / 1000) * 1000).counts.tailShed += records; }

  /** Whole seconds in [fromMs, toMs), oldest first. CPU share is the mean of the agents, memory their sum. */
  points(fromMs: number, toMs: number): FleetPoint[] {
    const points: FleetPoint[] = [];
    for (let t = Math.ceil(fromMs / 1000) * 1000; t + 1000 <= toMs; t += 1000) {
      const second = this.#seconds[slotOf(t)];
      if (second?.t === t && second.covered > 0) points.push(toPoint(second));
    }
    return points;
  }

  #at(t: number): Second {
    const slot = slotOf(t);
    const known = this.#seconds[slot];
    if (known?.t === t) return known;
    const counts = Object.fromEntries(countNames.map((name) => [name, 0])) as Record<keyof Counts, number>;
    return this.#seconds[slot] = { t, counts, covered: 0, cpuShareMs: 0, rssByteMs: 0 };
  }
}

const slotOf = (t: number): number => (t / 1000) % seriesSeconds;

/** The seconds that a span of time touches, each with the milliseconds of it that lie inside. */
export function* overlaps({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): Generator<[t: number, overlapMs: number]> {
  for (let t = Math.floor(fromMs / 1000) * 1000; t < toMs; t += 1000) yield [t, Math.min(t + 1000, toMs) - Math.max(t, fromMs)];
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function toPoint({ t, counts, covered, cpuShareMs, rssByteMs }: Second): FleetPoint {
  const rates = Object.fromEntries(countNames.map((name) => [name, rounded(counts[name])])) as Record<keyof Counts, number>;
  return { t, ...rates, cpuShare: Math.round(cpuShareMs / covered * 1e5) / 1e5, rssBytes: Math.round(rssByteMs / 1000) };
}
