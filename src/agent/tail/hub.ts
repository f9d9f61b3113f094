// All tails of this agent: says what the pipeline should tap, and feeds what it tapped to the subscriptions.
import { failure, ok, type Clock, type Result } from '../../base/index.ts';
import type { CompileFilter } from '../../engine/index.ts';
import type { Plan } from '../../kql/index.ts';
import type { AgentStatus, Signal, TailSubscribe } from '../../model/index.ts';
import type { Codec } from '../../otlp/index.ts';
import type { TailTaps } from '../pipeline/index.ts';
import { unixMs } from '../ports/index.ts';
import { TailSubscription, type RecordFilter, type SendFrame } from './subscription.ts';

export interface TailHubOptions { readonly codec: Codec; readonly compileFilter: CompileFilter; readonly send: SendFrame; readonly clock: Clock }

const gatherMs = 50;
const maxSubscriptions = 64;
const nothing = { in: false, out: false };

export class TailHub implements TailTaps {
  readonly #options: TailHubOptions;
  readonly #subscriptions = new Map<number, TailSubscription>();
  readonly #past = { sentRecords: 0, shedRecords: 0 };
  #wanted = new Map<Signal, { in: boolean; out: boolean }>();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: TailHubOptions) { this.#options = options; }

  /** A subscription with the number of an open one replaces it. */
  subscribe(request: TailSubscribe): Result<void> {
    if (this.#subscriptions.size >= maxSubscriptions && !this.#subscriptions.has(request.subscription))
      return failure('agent.too_many_tails', `This agent already serves ${maxSubscriptions} tails.`, 'Close a tail and try again.');
    const filters = this.#filters(request);
    if (!filters.ok) return filters;
    this.unsubscribe(request.subscription);
    const { codec, send, clock } = this.#options;
    this.#subscriptions.set(request.subscription, new TailSubscription(request, filters.value, codec, send, unixMs(clock)));
    this.#changed();
    return ok(undefined);
  }

  unsubscribe(id: number): void {
    const gone = this.#subscriptions.get(id);
    if (gone === undefined) return;
    this.#past.sentRecords += gone.sentRecords;
    this.#past.shedRecords += gone.shedRecords;
    this.#subscriptions.delete(id);
    this.#changed();
  }

  /** The server that asked for them is gone; it will ask again. */
  clear(): void { for (const id of this.#subscriptions.keys()) this.unsubscribe(id); }

  wants(signal: Signal): { readonly in: boolean; readonly out: boolean } { return this.#wanted.get(signal) ?? nothing; }

  offer(signal: Signal, stage: 'in' | 'out', bytes: Uint8Array): void {
    const view = this.#options.codec.walk(signal, bytes);
    if (!view.ok || view.value.recordCount === 0) return;
    const nowMs = unixMs(this.#options.clock);
    for (const subscription of this.#subscriptions.values())
      if (subscription.stage === stage && subscription.signals.has(signal)) subscription.offer(signal, view.value, nowMs);
  }

  status(): AgentStatus['tail'] {
    const open = [...this.#subscriptions.values()];
    return {
      subscriptions: open.length,
      sentRecords: open.reduce((sum, one) => sum + one.sentRecords, this.#past.sentRecords),
      shedRecords: open.reduce((sum, one) => sum + one.shedRecords, this.#past.shedRecords),
    };
  }

  #filters({ plan, signals }: TailSubscribe): Result<Map<Signal, RecordFilter>> {
    const filters = new Map<Signal, RecordFilter>();
    if (plan === null || plan === undefined) return ok(filters);
    for (const signal of signals) {
      // The engine checks the plan's shape itself; to this folder it is opaque.
      const filter = this.#options.compileFilter(plan as Plan, signal, this.#options.clock);
      if (!filter.ok) return filter;
      filters.set(signal, filter.value);
    }
    return ok(filters);
  }

  #changed(): void {
    this.#wanted = new Map();
    for (const { stage, signals } of this.#subscriptions.values())
      for (const signal of signals) this.#wanted.set(signal, { ...(this.#wanted.get(signal) ?? nothing), [stage]: true });
    if (this.#subscriptions.size > 0) this.#timer ??= setInterval(() => this.#flush(), gatherMs);
    else if (this.#timer !== null) { clearInterval(this.#timer); this.#timer = null; }
  }

  #flush(): void {
    const nowMs = unixMs(this.#options.clock);
    for (const subscription of this.#subscriptions.values()) subscription.flush(nowMs);
  }
}
