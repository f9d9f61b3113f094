// Calls to one worker and their answers. The worker starts at the first call; a line with a watch ends it when a script in it does not come
// back, and the next call starts another.
import type { FromRulesWorker, RulesCallName, RulesCalls, RulesEndpoint, ToRulesWorker } from './protocol.ts';
import type { WorkOptions } from './types.ts';

type Endpoint = RulesEndpoint<ToRulesWorker, FromRulesWorker>;
interface Waiting { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void; readonly progress: ((share: number) => void) | undefined }

/** How long nothing may come from a worker that has begun to call a script. Looked at in steps: a machine that gives neither side any time makes
 *  few looks, and is no reason to end a worker. */
export interface Watch { readonly silentMs: number }
const looks = 5;

export class WorkerLine {
  readonly #connect: () => Endpoint;
  readonly #watch: Watch | null;
  readonly #waiting = new Map<number, Waiting>();
  /** Reads that nobody waits for any more: what they come to is let go. */
  readonly #abandoned = new Set<number>();
  #endpoint: Endpoint | null = null;
  #nextCall = 1;
  #timer: ReturnType<typeof setInterval> | null = null;
  #silentLooks = 0;

  constructor(connect: () => Endpoint, watch: Watch | null = null) {
    this.#connect = connect;
    this.#watch = watch;
  }

  call<N extends RulesCallName>({ signal, progress }: WorkOptions, name: N, ...args: RulesCalls[N]['args']): Promise<RulesCalls[N]['answer']> {
    return new Promise((resolve, reject) => {
      const id = this.#nextCall++;
      if (signal?.aborted === true) { reject(signal.reason as Error); return; }
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, progress });
      signal?.addEventListener('abort', () => { if (this.#waiting.delete(id)) { this.#cancel(id, name); reject(signal.reason as Error); } }, { once: true });
      this.#started().post({ kind: 'call', id, name, args });
    });
  }

  release(source: number): void { this.#endpoint?.post({ kind: 'release', source }); }

  /** Ends the worker; whoever waits is told why. */
  end(why: string): void {
    this.#endpoint?.end?.();
    this.#endpoint = null;
    this.#rest();
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#abandoned.clear();
    for (const { reject } of waiting) reject(new Error(why));
  }

  #started(): Endpoint {
    if (this.#endpoint === null) {
      const endpoint = this.#connect();
      this.#endpoint = endpoint;
      endpoint.listen((message) => { if (this.#endpoint === endpoint) this.#receive(message); });
    }
    return this.#endpoint;
  }

  /** A script that is being called hears no message: the watch ends it, if it does not come back. */
  #cancel(id: number, name: RulesCallName): void {
    if (name === 'read') this.#abandoned.add(id);
    this.#endpoint?.post({ kind: 'cancel', id });
  }

  #receive(message: FromRulesWorker): void {
    this.#silentLooks = 0;
    if (message.kind === 'beat') { this.#look(); return; }
    const call = this.#waiting.get(message.id);
    if (message.kind === 'progress') { call?.progress?.(message.share); return; }
    this.#waiting.delete(message.id);
    // What is left is queued behind nothing: its own beat starts the watch again.
    this.#rest();
    if (this.#abandoned.delete(message.id) && message.kind === 'answer') this.release((message.value as RulesCalls['read']['answer']).id);
    if (message.kind === 'answer') call?.resolve(message.value); else call?.reject(new Error(message.message));
  }

  #look(): void {
    const watch = this.#watch;
    if (watch === null || this.#timer !== null) return;
    this.#timer = setInterval(() => {
      if (++this.#silentLooks > looks) this.end(`The script did not come back within ${watch.silentMs / 1000} s, so its sandbox was ended. An agent would turn the rule off. Calls of the language itself over very large arrays or texts do that: they are not interrupted.`);
    }, watch.silentMs / looks);
  }

  #rest(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#silentLooks = 0;
  }
}
