// One worker thread and the dog that watches it. It ends once: by stop, by the watchdog, or by itself; `onEnd` then says which rule was at
// work, if any, and why.
import { Worker } from 'node:worker_threads';
import { progressPlaces, type FromWorker, type ToWorker, type WorkerSetup } from './protocol.ts';
import type { HostLimits } from './types.ts';
import { Watchdog } from './watchdog.ts';

export interface ThreadEnd { readonly rule: number; readonly kind: 'time' | 'memory' | 'broken'; readonly why: string }
export interface ThreadOptions { readonly limits: HostLimits; readonly monotonicMs: () => number; readonly onMessage: (message: FromWorker) => void; readonly onEnd: (end: ThreadEnd) => void }

/** JavaScript heap of the thread, without the sandboxes' own memory: requests in hand and what becomes of them. */
const heap = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

export class Thread {
  readonly #options: ThreadOptions;
  readonly #worker: Worker;
  readonly #dog: Watchdog;
  readonly #progress: Int32Array;
  #unanswered = 0;
  #ended = false;

  constructor(options: ThreadOptions) {
    this.#options = options;
    const progress = new SharedArrayBuffer(4 * progressPlaces.length);
    this.#progress = new Int32Array(progress);
    const { callMs, loadMs } = options.limits;
    this.#dog = new Watchdog({ progress: this.#progress, callMs, loadMs, monotonicMs: options.monotonicMs, onStuck: (rule, ms, loading) => this.#end({ rule, kind: 'time', why: `${loading ? 'The script' : 'One call'} did not return within ${ms} ms.` }) });
    this.#worker = new Worker(workerUrl(), { name: 'language-rules', workerData: { progress, limits: options.limits } satisfies WorkerSetup, resourceLimits: heap });
    this.#worker.unref();
    this.#worker.on('message', (message: FromWorker) => { if (!this.#ended) { this.#answered(); options.onMessage(message); } });
    this.#worker.on('error', (cause: unknown) => this.#end({ ...this.#atWork(), ...reasonOf(cause) }));
    this.#worker.on('exit', () => this.#end({ ...this.#atWork(), kind: 'broken', why: 'The thread of the language rules ended by itself.' }));
  }

  /** Each message has one answer. `transfer`: buffers that are the thread's from now on. */
  post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    if (this.#ended) return;
    this.#unanswered++;
    this.#dog.start();
    this.#worker.postMessage(message, transfer);
  }

  async stop(): Promise<void> {
    this.#ended = true;
    this.#dog.stop();
    await this.#worker.terminate();
  }

  #answered(): void { if (--this.#unanswered === 0) this.#dog.stop(); }
  #atWork(): { readonly rule: number } { return { rule: Atomics.load(this.#progress, progressPlaces.rule) }; }

  #end(end: ThreadEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#dog.stop();
    void this.#worker.terminate();
    this.#options.onEnd(end);
  }
}

function reasonOf(cause: unknown): { readonly kind: 'memory' | 'broken'; readonly why: string } {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'memory', why: `The thread of the language rules needed more than ${heap.maxOldGenerationSizeMb} MB.` };
  return { kind: 'broken', why: `The thread of the language rules failed: ${cause instanceof Error ? cause.message : String(cause)}` };
}

/** Beside this file, compiled or not. */
function workerUrl(): URL { return new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url); }
