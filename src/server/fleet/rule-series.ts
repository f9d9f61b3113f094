// The rates of each rule, a point a second for half an hour: a ring of sums per rule, as the fleet's own series keeps them.
import type { RuleHistory, RuleStats } from '../../model/index.ts';
import { overlaps, seriesSeconds } from './fleet-series.ts';

/** Of a second: its Unix seconds, and the sums. */
const fields = 5;
const [covered, matched, removed, emitted, cpuMs] = [0, 1, 2, 3, 4] as const;
interface Ring { readonly seconds: Uint32Array; readonly sums: Float32Array }

/** 43 KB a rule; beyond this the rule that reported longest ago goes. */
const maxRules = 2000;

export class RuleSeries {
  readonly #rings = new Map<string, Ring>();

  /** Spreads what happened between two reports evenly over the time between them. `before` null: the rule began in it. */
  add(id: string, span: { readonly fromMs: number; readonly toMs: number }, after: RuleStats, before: RuleStats | null): void {
    const ring = this.#ring(id);
    const length = span.toMs - span.fromMs;
    const grown = (pick: (stats: RuleStats) => number) => Math.max(0, pick(after) - (before === null ? 0 : pick(before))) / length;
    const rates = [1, grown((s) => s.matched), grown((s) => s.removed), grown((s) => s.emitted), grown((s) => s.cpuMs)];
    for (const [t, overlap] of overlaps(span)) {
      const slot = slotAt(ring, t);
      for (const [i, rate] of rates.entries()) ring.sums[slot * fields + i] = (ring.sums[slot * fields + i] ?? 0) + rate * overlap;
    }
  }

  /** Every whole second in [fromMs, toMs), oldest first; null where no agent reported the rule. */
  points(id: string, fromMs: number, toMs: number): RuleHistory['points'] {
    const ring = this.#rings.get(id);
    const points: RuleHistory['points'] = [];
    for (let t = Math.ceil(fromMs / 1000) * 1000; t + 1000 <= toMs; t += 1000) points.push(pointAt(ring, t));
    return points;
  }

  #ring(id: string): Ring {
    const ring = this.#rings.get(id) ?? { seconds: new Uint32Array(seriesSeconds), sums: new Float32Array(seriesSeconds * fields) };
    // Set anew each time, so that the first of the map is the one unused for longest.
    this.#rings.delete(id);
    this.#rings.set(id, ring);
    const oldest = this.#rings.keys().next();
    if (this.#rings.size > maxRules && oldest.done !== true) this.#rings.delete(oldest.value);
    return ring;
  }
}

const slotOf = (t: number): number => (t / 1000) % seriesSeconds;

/** The slot of a second, emptied when it still holds an older one. */
function slotAt(ring: Ring, t: number): number {
  const slot = slotOf(t);
  if (ring.seconds[slot] === t / 1000) return slot;
  ring.seconds[slot] = t / 1000;
  ring.sums.fill(0, slot * fields, (slot + 1) * fields);
  return slot;
}

function pointAt(ring: Ring | undefined, t: number): RuleHistory['points'][number] {
  const slot = slotOf(t);
  const of = (field: number): number => ring?.sums[slot * fields + field] ?? 0;
  if (ring?.seconds[slot] !== t / 1000 || of(covered) === 0) return { t, matched: null, removed: null, emitted: null, cpuShare: null };
  // Milliseconds of CPU per millisecond reported: the mean of the agents.
  return { t, matched: rounded(of(matched)), removed: rounded(of(removed)), emitted: rounded(of(emitted)), cpuShare: Math.round(of(cpuMs) / of(covered) * 1e5) / 1e5 };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
