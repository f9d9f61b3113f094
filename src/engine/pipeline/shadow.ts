// Shadow mode: a rule runs on every record that is meant for it and changes none. Its sink works on a stand-in for the batch,
// which shows it the record and keeps nothing of what it does; what it would have done is in the tally that the sink counts in.
import type { RecordCursor } from '../../otlp/index.ts';
import type { Frame } from '../expr/index.ts';
import { Batch } from './batch.ts';
import { passOn, type Effect } from './live-rule.ts';

const nothing = new Uint8Array(0);

class ShadowBatch extends Batch {
  readonly real: Batch;
  override readonly cursor: RecordCursor;
  override readonly frame: Frame;

  constructor(real: Batch) {
    super();
    this.real = real;
    this.cursor = real.cursor;
    this.frame = real.frame;
  }

  /** Shows the record in hand; what an earlier record's sink left behind is gone. */
  show(): void {
    const { view, outcome, nowUnixNano } = this.real;
    this.view = view;
    this.outcome = outcome;
    this.nowUnixNano = nowUnixNano;
    this.adjustedCount = 1;
    this.around.clear();
  }

  override cover(): void { /* a shadow covers nothing */ }
  override remove(): void { /* it stays */ }
  override replace(): void { /* it stays as it is */ }
  override write(): void { /* it stays as it is */ }
  override copyTo(): void { /* nobody gets it */ }
  override edited(): Uint8Array { return nothing; }
}

/** The effect without its effects: later rules see the record as if the rule were not there. */
export function shadowed(effect: Effect): Effect {
  let shadow: ShadowBatch | null = null;
  return (batch, index) => {
    if (shadow?.real !== batch) shadow = new ShadowBatch(batch);
    shadow.show();
    effect(shadow, index);
    return passOn;
  };
}
