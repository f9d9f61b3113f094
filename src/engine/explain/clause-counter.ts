// Clauses and operators over many records: how far records come, which clause stops them, and what it saw there.
import { ok, type Clock, type Failure, type Result } from '../../base/index.ts';
import { nearest, type Plan } from '../../kql/index.ts';
import type { Signal } from '../../model/index.ts';
import { codec, type RequestView, type Value } from '../../otlp/index.ts';
import { newFrame, type Frame } from '../expr/index.ts';
import { compiling } from '../filter.ts';
import { groupKey } from '../values/index.ts';
import { maskValue } from './masks.ts';
import { compileProbes, verdict, type Probe, type ProbeClause, type ProbeRead } from './probe.ts';
import type { ClauseCount, Flow, ReadCount } from './types.ts';

/** Failed records per clause whose values are looked at; distinct values kept and told. */
const maxReads = 20_000;
const maxDistinct = 200;
const toldValues = 5;
/** Numbers from here on may be payment cards: they are told masked, never as a bound. */
const leastCard = 1e12;

export interface ClauseCounter {
  /** Every record of the request; those of other signals than the Plan's are left out. */
  add(view: RequestView): void;
  /** One byte per record: 1 where every condition holds. Counts nothing. */
  matching(view: RequestView): Uint8Array;
  counts(): readonly ClauseCount[];
  flow(): Flow;
}

export interface ClauseCounterOptions { readonly plan: Plan; readonly targets?: Plan | null; readonly clock: Clock; readonly agent?: Readonly<Record<string, Value>> }

/** Errors: `plan-invalid`, as when the rule is deployed. */
export function createClauseCounter({ plan, targets = null, clock, agent = {} }: ClauseCounterOptions): Result<ClauseCounter, Failure> {
  const probes = compiling(() => compileProbes(plan, targets, { clock, agent }));
  return probes.ok ? ok(new Counter(plan, probes.value)) : probes;
}

interface Tally { readonly of: ProbeClause; seen: number; isFalse: number; isNull: number; reached: number; passed: number; read: number; readonly reads: readonly ReadTally[] }
interface Asked { readonly clause: ProbeClause; readonly tally: Tally }

class Counter implements ClauseCounter {
  readonly #plan: Plan;
  readonly #probes: ReadonlyMap<Signal, Probe>;
  /** Clauses of several signals that read the same are one. */
  readonly #tallies = new Map<string, Tally>();
  readonly #asked: ReadonlyMap<Signal, readonly Asked[]>;
  /** Records that an operator stopped, by its index; targets are -1. */
  readonly #stopped = new Map<number, number>();
  readonly #frame: Frame = { ...newFrame(), cursor: codec.cursor() };
  #seen = 0;

  constructor(plan: Plan, probes: ReadonlyMap<Signal, Probe>) {
    this.#plan = plan;
    this.#probes = probes;
    this.#asked = new Map([...probes].map(([signal, probe]) => [signal, probe.clauses.map((clause) => ({ clause, tally: this.#tallyOf(clause) }))]));
  }

  #tallyOf(clause: ProbeClause): Tally {
    const key = JSON.stringify([clause.operator, clause.clause, clause.text]);
    const known = this.#tallies.get(key);
    const tally = known ?? { of: clause, seen: 0, isFalse: 0, isNull: 0, reached: 0, passed: 0, read: 0, reads: clause.reads.map(() => new ReadTally()) };
    if (known === undefined) this.#tallies.set(key, tally);
    return tally;
  }

  add(view: RequestView): void {
    const probe = this.#probes.get(view.signal);
    if (probe === undefined) return;
    const asked = this.#asked.get(view.signal)!;
    const frame = this.#frame;
    frame.cursor.reset(view);
    this.#seen += view.recordCount;
    for (let i = 0; i < view.recordCount; i++) {
      frame.cursor.moveTo(i);
      this.#record(probe, asked, frame);
    }
  }

  /** A record on which the rule throws comes no further here; the pipeline counts the error. */
  #record(probe: Probe, asked: readonly Asked[], frame: Frame): void {
    let stoppedAt: number | null = null;
    let at = -1;
    try {
      probe.prepare(frame);
      for (const { clause, tally } of asked) {
        at = clause.operator;
        if (!ask(clause, tally, frame, stoppedAt === null)) stoppedAt ??= at;
      }
    } catch { stoppedAt ??= at; }
    if (stoppedAt !== null) this.#stopped.set(stoppedAt, (this.#stopped.get(stoppedAt) ?? 0) + 1);
  }

  matching(view: RequestView): Uint8Array {
    const found = new Uint8Array(view.recordCount);
    const probe = this.#probes.get(view.signal);
    if (probe === undefined) return found;
    const frame = this.#frame;
    frame.cursor.reset(view);
    for (let i = 0; i < view.recordCount; i++) {
      frame.cursor.moveTo(i);
      if (holds(probe, frame)) found[i] = 1;
    }
    return found;
  }

  counts(): readonly ClauseCount[] {
    const tallies = [...this.#tallies.values()];
    const blamed = this.#seen > 0 && this.flow().reached === 0 ? tallies.find((tally) => tally.passed === 0) : undefined;
    return tallies.map((tally) => {
      const { of, read, reads: counted, ...counts } = tally;
      const reads = of.reads.map((one, r) => counted[r]!.told(one));
      return { text: of.text, operator: of.operator, clause: of.clause, ...counts, read, reads, examples: reads[0]?.values.map(({ value }) => value) ?? [], near: tally.passed === 0 ? nearOf(tally) : null, blamed: tally === blamed };
    });
  }

  flow(): Flow {
    let going = this.#seen - (this.#stopped.get(-1) ?? 0);
    const targeted = going;
    const streaming = Math.max(0, ...[...this.#probes.values()].map((probe) => probe.streaming));
    const operators = this.#plan.operators.slice(0, streaming).map(({ op }, operator) => {
      const before = going;
      going -= this.#stopped.get(operator) ?? 0;
      return { operator, op, in: before, out: going };
    });
    return { seen: this.#seen, targeted, operators, reached: going };
  }
}

/** Told only where it holds no secret: a value that would be masked is no guess. */
function nearOf({ of, reads }: Tally): ClauseCount['near'] {
  for (const { name, text } of of.wanted) {
    const at = of.reads.findIndex((read) => read.name === name);
    const seen = reads[at]?.texts() ?? [];
    const saw = seen.includes(text) ? undefined : nearest(text, seen);
    if (saw !== undefined && maskValue(saw, of.reads[at]!.key ?? '') === saw) return { name, wrote: text, saw };
  }
  return null;
}

/** A record on which a condition throws does not match. */
function holds(probe: Probe, frame: Frame): boolean {
  try {
    probe.prepare(frame);
    return probe.clauses.every((clause) => verdict(clause.run, frame) === true);
  } catch { return false; }
}

/** Whether the record goes on. `alive`: every earlier clause held. */
function ask(clause: ProbeClause, tally: Tally, frame: Frame, alive: boolean): boolean {
  const outcome = verdict(clause.run, frame);
  tally.seen++;
  if (outcome === false) tally.isFalse++;
  else if (outcome === null) tally.isNull++;
  if (!alive) return false;
  tally.reached++;
  if (outcome === true) { tally.passed++; return true; }
  if (tally.read < maxReads) { tally.read++; clause.reads.forEach((read, r) => tally.reads[r]!.add(read.run(frame))); }
  return false;
}

/** The values of one column or attribute, bounded. */
class ReadTally {
  readonly #counts = new Map<string, { readonly value: Value; count: number }>();
  #other = 0;
  #least: number | null = null;
  #most: number | null = null;

  add(value: Value): void {
    const key = groupKey(value);
    const known = this.#counts.get(key);
    if (known !== undefined) known.count++;
    else if (this.#counts.size < maxDistinct) this.#counts.set(key, { value, count: 1 });
    else this.#other++;
    const number = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
    if (!(Math.abs(number) < leastCard)) return;
    if (this.#least === null || number < this.#least) this.#least = number;
    if (this.#most === null || number > this.#most) this.#most = number;
  }

  /** The texts among the values, the most frequent first. */
  texts(): readonly string[] { return [...this.#counts.values()].sort((a, b) => b.count - a.count).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])); }

  told({ name, key }: ProbeRead): ReadCount {
    const sorted = [...this.#counts.values()].sort((a, b) => b.count - a.count);
    const shown = sorted.slice(0, toldValues);
    const rest = sorted.slice(toldValues).reduce((sum, { count }) => sum + count, this.#other);
    return { name, values: shown.map(({ value, count }) => ({ value: maskValue(value, key), count })), other: rest, least: this.#least, most: this.#most };
  }
}
