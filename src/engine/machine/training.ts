// The measured bounds of one machine: each record that the machine looks at and that has the value is learned from, after its guards
// were asked, so that what is out of bounds does not move the bound that it is measured by.
import type { Value } from '../../otlp/index.ts';
import type { Fn, Frame } from '../expr/index.ts';
import { isNumeric } from '../values/index.ts';
import type { From } from './guard-scope.ts';
import { idOf, textOf } from './key-text.ts';
import { TrainedBound, type TrainedState, type TrainedValue } from './trained-bound.ts';
import type { MachinePlanTraining } from './types.ts';

export interface LiveTraining { readonly plan: MachinePlanTraining; readonly value: (from: From) => Fn; readonly by: readonly ((from: From) => Fn)[] }
export interface TrainingReport { readonly plan: MachinePlanTraining; readonly values: readonly TrainedValue[]; readonly more: number }

interface Entry { readonly live: LiveTraining; bound: TrainedBound }

export class Training {
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(live: readonly LiveTraining[]) {
    this.#entries = new Map(live.map((one) => [one.plan.name, { live: one, bound: new TrainedBound(one.plan.percentile, BigInt(one.plan.overNanos)) }]));
  }

  get isEmpty(): boolean { return this.#entries.size === 0; }
  get bytes(): number { let sum = 0; for (const { bound } of this.#entries.values()) sum += bound.bytes; return sum; }

  learn(from: From, frame: Frame, nowUnixNano: bigint): void {
    for (const { live, bound } of this.#entries.values()) {
      const value = live.value(from)(frame);
      if (!isNumeric(value) || !Number.isFinite(Number(value))) continue;
      const key = keyOf(live, from, frame);
      bound.learn(idOf(key), textOf(key), Number(value), nowUnixNano);
    }
  }

  /** For the record in hand; null while it is not adopted, or not known yet. */
  adopted(name: string, from: From, frame: Frame, nowUnixNano: bigint): number | null {
    const entry = this.#entries.get(name);
    return entry === undefined || !entry.live.plan.adopted ? null : entry.bound.value(idOf(keyOf(entry.live, from, frame)), nowUnixNano);
  }

  report(nowUnixNano: bigint, limit: number): readonly TrainingReport[] {
    return [...this.#entries.values()].map(({ live: { plan }, bound }) => ({ plan, ...bound.values(nowUnixNano, limit) }));
  }

  state(): readonly TrainedState[] { return [...this.#entries.values()].map(({ live: { plan: { name, text } }, bound }) => ({ name, text: measureOf(text), keys: bound.state() })); }

  /** The bounds themselves of another machine of the same document. */
  takeUp(before: Training): void {
    for (const [name, entry] of this.#entries) entry.bound = before.#entries.get(name)?.bound ?? entry.bound;
  }

  /** What was measured in the same way goes on; what is measured otherwise by now begins anew. */
  restore(states: readonly TrainedState[]): void {
    for (const { name, text, keys } of states) {
      const entry = this.#entries.get(name);
      if (entry !== undefined && measureOf(entry.live.plan.text) === text) entry.bound.restore(keys);
    }
  }
}

/** Adopting a bound changes nothing of how it is measured. */
const measureOf = (text: string): string => text.replace(/\s+adopted\s*$/, '');
const keyOf = ({ by }: LiveTraining, from: From, frame: Frame): readonly Value[] => by.map((fn) => fn(from)(frame));
