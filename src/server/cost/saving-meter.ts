// How much each rule takes away, by the counters that agents report once a second: differences over the last minutes, agent by agent and by
// each agent's own clock, so that how often somebody reads changes nothing; where that clock was put, they begin anew.
import type { AgentStatus, RuleStats } from '../../model/index.ts';

const markEveryMs = 10_000;
const mostMarks = 30;
/** Rules times agents; beyond, the others are measured. */
const mostMeters = 50_000;
/** An agent that was not heard of for so long saves nothing now. */
const silentMs = 15_000;
/** By so much an agent's clock and the server's may differ over the time of a measurement; more means that one of them was put. */
const mostDriftMs = 5000;

/** By the agent's clock, and when the server heard of it by its own. */
interface Mark { readonly atMs: number; readonly heardMs: number; readonly stats: RuleStats }
interface Meter { readonly startedUnixMs: number; readonly marks: Mark[]; newest: Mark }

/** What a rule did in so many seconds, over all agents. */
export interface MeterReading { readonly seconds: number; readonly removed: number; readonly bytesRemoved: number; readonly changed: number; readonly emitted: number; readonly groups: number; /** Where every agent says so. */ readonly bytesMade: number | undefined; readonly bytesShortened: number | undefined }

export class SavingMeter {
  /** By rule, then by agent. */
  readonly #meters = new Map<string, Map<string, Meter>>();
  #count = 0;

  /** `wanted`: rules whose saving anybody may ask for. */
  note(agent: string, { startedUnixMs, atUnixMs, rules }: AgentStatus, wanted: { has(id: string): boolean }, nowMs: number): void {
    for (const stats of rules) if (wanted.has(stats.id)) this.#note(agent, stats, startedUnixMs, atUnixMs, nowMs);
  }

  /** Null when no agent has reported twice. */
  read(rule: string, nowMs: number): MeterReading | null {
    const rates = [...this.#meters.get(rule)?.values() ?? []].filter(({ newest }) => nowMs - newest.heardMs <= silentMs).flatMap((meter) => rateOf(meter));
    if (rates.length === 0) return null;
    const seconds = Math.max(...rates.map((rate) => rate.seconds));
    const sum = (of: (rate: MeterReading) => number): number => rates.reduce((all, rate) => all + (of(rate) / rate.seconds) * seconds, 0);
    const sumOfAll = (name: 'bytesMade' | 'bytesShortened'): number | undefined => (rates.some((rate) => rate[name] === undefined) ? undefined : sum((rate) => rate[name] ?? 0));
    return {
      seconds, removed: sum(({ removed }) => removed), bytesRemoved: sum(({ bytesRemoved }) => bytesRemoved), changed: sum(({ changed }) => changed), emitted: sum(({ emitted }) => emitted),
      groups: rates.reduce((all, { groups }) => all + groups, 0), bytesMade: sumOfAll('bytesMade'), bytesShortened: sumOfAll('bytesShortened'),
    };
  }

  /** Rules that are gone take no room. */
  keep(wanted: { has(id: string): boolean }): void {
    for (const [rule, meters] of this.#meters) if (!wanted.has(rule)) { this.#count -= meters.size; this.#meters.delete(rule); }
  }

  #note(agent: string, stats: RuleStats, startedUnixMs: number, atMs: number, heardMs: number): void {
    const meters = this.#meters.get(stats.id) ?? new Map<string, Meter>();
    const known = meters.get(agent);
    const mark = { atMs, heardMs, stats };
    if (known === undefined || known.startedUnixMs !== startedUnixMs || !goesOn(known.newest.stats, stats) || isPut(known, mark)) {
      if (known === undefined && this.#count >= mostMeters) return;
      if (known === undefined) this.#count++;
      this.#meters.set(stats.id, meters.set(agent, { startedUnixMs, marks: [mark], newest: mark }));
      return;
    }
    known.newest = mark;
    if (atMs - known.marks.at(-1)!.atMs >= markEveryMs && known.marks.push(mark) > mostMarks) known.marks.shift();
  }
}

const goesOn = (before: RuleStats, after: RuleStats): boolean => before.deployment === after.deployment && before.version === after.version && before.matched <= after.matched;

/** A clock was put since the measurement began: no time between can be told. */
function isPut({ marks, newest }: Meter, { atMs, heardMs }: Mark): boolean {
  const oldest = marks[0]!;
  return atMs < newest.atMs || Math.abs((atMs - oldest.atMs) - (heardMs - oldest.heardMs)) > mostDriftMs;
}

function rateOf({ marks, newest }: Meter): readonly MeterReading[] {
  const oldest = marks[0]!;
  const seconds = (newest.atMs - oldest.atMs) / 1000;
  if (seconds <= 0) return [];
  const delta = (name: 'removed' | 'bytesRemoved' | 'changed' | 'emitted'): number => newest.stats[name] - oldest.stats[name];
  const deltaIfTold = (name: 'bytesMade' | 'bytesShortened'): number | undefined => { const [from, to] = [oldest.stats[name], newest.stats[name]]; return from === undefined || to === undefined ? undefined : to - from; };
  return [{
    seconds, removed: delta('removed'), bytesRemoved: delta('bytesRemoved'), changed: delta('changed'), emitted: delta('emitted'),
    groups: Math.max(...marks.map(({ stats }) => stats.groups ?? 0), newest.stats.groups ?? 0), bytesMade: deltaIfTold('bytesMade'), bytesShortened: deltaIfTold('bytesShortened'),
  }];
}
