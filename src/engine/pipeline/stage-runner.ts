// The records of a batch through one stage: in chunks between which the clock is read, so that no rule can hold the agent up
// unseen, and each record past the rules that could match it.
import { durableIdHash } from '../../otlp/index.ts';
import { inChunks, type BudgetKeeper } from '../budget/index.ts';
import type { Batch } from './batch.ts';
import type { SignalRule } from './live-rule.ts';
import { serviceOf } from './redact.ts';
import { passBy, runRule, settle } from './run-rule.ts';
import { Stage } from './stage.ts';

export class StageRunner {
  readonly #batch: Batch;
  readonly #keeper: BudgetKeeper;
  /** Of the record in hand: its resource, and the rules of that resource's service. */
  #resource = -1;
  #dispatch = new Stage([]).dispatch('');
  #idHashes = new Int32Array(1024);

  constructor(batch: Batch, keeper: BudgetKeeper) {
    this.#batch = batch;
    this.#keeper = keeper;
  }

  /** Where the durable id hash of each record belongs, before a stage is run on the view. */
  hashes(): Int32Array {
    const { recordCount } = this.#batch.view;
    if (this.#idHashes.length < recordCount) this.#idHashes = new Int32Array(recordCount * 2);
    return this.#idHashes;
  }

  /** Reads the durable ids of a view that is not counted. */
  note(): void {
    const { cursor, view } = this.#batch;
    const hashes = this.hashes();
    for (let i = 0; i < view.recordCount; i++) {
      cursor.moveTo(i);
      hashes[i] = durableIdHash(cursor) | 0;
    }
  }

  run(stage: Stage): void {
    this.#resource = -1;
    this.#dispatch = stage.dispatch('');
    inChunks(this.#keeper, stage.sampler, stage.rules, this.#batch.view, (from, to, timed) => { this.#runChunk(stage, from, to, timed); });
  }

  /** `timed` is the record to time, or -1. */
  #runChunk(stage: Stage, from: number, to: number, timed: number): void {
    const batch = this.#batch;
    const { view, cursor, outcome, only } = batch;
    let dispatch = this.#dispatch;
    for (let i = from; i < to; i++) {
      if (stage.namesServices && view.resourceOf(i) !== this.#resource) { this.#resource = view.resourceOf(i); dispatch = this.#dispatch = stage.dispatch(this.#serviceOf(i)); }
      if (outcome[i] === false || (only !== null && only[i] === 0)) continue;
      cursor.moveTo(i);
      const rules = dispatch.find(this.#idHashes[i]!, cursor);
      if (rules.length === 0) continue;
      batch.adjustedCount = 1;
      if (i === timed) this.#runTimed(rules, i, stage.sampler.weight); else this.#runRules(rules, i);
      settle(batch, i);
    }
  }

  #runRules(rules: readonly SignalRule[], index: number): void {
    const batch = this.#batch;
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i]!;
      if (rule.meter.attention === 0 ? runRule(batch, rule, index) : this.runWatched(rule, index)) break;
    }
  }

  /** A picked record: each rule's time stands for `weight` records. */
  #runTimed(rules: readonly SignalRule[], index: number, weight: number): void {
    for (const rule of rules) {
      if (rule.meter.attention !== 0) { if (this.runWatched(rule, index)) break; continue; }
      const start = this.#keeper.start();
      const done = runRule(this.#batch, rule, index);
      this.#keeper.sampled(rule.meter, start, weight);
      if (done) break;
    }
  }

  /** A rule that is new or was slow lately is timed at each visit; one that was cut off does not run. */
  runWatched(rule: SignalRule, index: number): boolean {
    if (rule.meter.attention < 0) return passBy(this.#batch, rule, index);
    const start = this.#keeper.start();
    const done = runRule(this.#batch, rule, index);
    this.#keeper.exact(rule.meter, start);
    return done;
  }

  #serviceOf(index: number): string {
    const { cursor } = this.#batch;
    cursor.moveTo(index);
    return serviceOf(cursor);
  }
}
