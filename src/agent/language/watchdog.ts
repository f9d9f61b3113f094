// Looks from outside whether a call in the thread comes to an end. A call is stuck when it is the same one over many looks and for all its
// time: a machine that gives neither thread any time makes few looks, and is no reason to end a rule.
import { progressPlaces } from './protocol.ts';

export interface WatchdogOptions { readonly progress: Int32Array; readonly callMs: number; readonly loadMs: number; readonly monotonicMs: () => number; readonly onStuck: (rule: number, ms: number, loading: boolean) => void }

const looksPerCall = 5;

export class Watchdog {
  readonly #options: WatchdogOptions;
  #timer: NodeJS.Timeout | null = null;
  #rule = 0;
  #call = 0;
  #since = 0;
  #looks = 0;

  constructor(options: WatchdogOptions) { this.#options = options; }

  start(): void {
    if (this.#timer !== null) return;
    this.#rule = 0;
    this.#timer = setInterval(() => this.#look(), this.#options.callMs / looksPerCall);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(): void {
    const { progress, callMs, loadMs, monotonicMs, onStuck } = this.#options;
    const rule = Atomics.load(progress, progressPlaces.rule);
    const call = Atomics.load(progress, progressPlaces.call);
    const now = monotonicMs();
    if (rule === 0 || rule !== this.#rule || call !== this.#call) {
      [this.#rule, this.#call, this.#since, this.#looks] = [rule, call, now, 0];
      return;
    }
    const loading = Atomics.load(progress, progressPlaces.loading) === 1;
    const most = loading ? loadMs : callMs;
    if (++this.#looks < looksPerCall || now - this.#since < most) return;
    this.stop();
    onStuck(rule, most, loading);
  }
}
