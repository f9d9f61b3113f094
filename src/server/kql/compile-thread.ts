// One worker thread of the compile pool: takes one question at a time and gives it up past its time or memory, with the thread.
import { Worker } from 'node:worker_threads';
import { CompileLimit } from '../ports/compiler.ts';
import type { Call, Questions, Question, Reply } from './protocol.ts';

export interface Job { readonly call: Call; readonly resolve: (answer: Questions[Question]['answer']) => void; readonly reject: (reason: Error) => void }

export interface ThreadOptions {
  /** For one question, once the thread is ready. */
  readonly timeoutMs: number;
  /** A thread that nobody asks anything for this long ends; the parser takes some 100 MB. */
  readonly idleMs: number;
  /** It can take a job. */
  readonly onFree: () => void;
  /** It is gone. `why` is set when it had no job that could be told: it could not start, or died by itself. */
  readonly onGone: (thread: CompileThread, why: Error | null) => void;
}

/** Loading takes about a second; much longer on a busy machine. */
const startMs = 60_000;
/** The parser's memory grows with the text. */
const maxHeapMb = 384;
/** Short-lived objects get less room than by default, which spares the process 60 MB. */
const maxYoungMb = 8;

export class CompileThread {
  readonly #options: ThreadOptions;
  readonly #worker: Worker;
  #ready = false;
  #gone = false;
  #job: Job | null = null;
  #timer: NodeJS.Timeout;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#timer = setTimeout(() => this.#end(new Error(`The KQL compiler did not start within ${startMs / 1000} s.`)), startMs);
    this.#worker = new Worker(workerUrl(), { name: 'kql', resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: maxYoungMb } });
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on('error', (cause: unknown) => this.#end(reasonOf(cause)));
    this.#worker.on('exit', () => this.#end(new Error('The KQL compiler ended unexpectedly.')));
  }

  get isFree(): boolean { return this.#ready && !this.#gone && this.#job === null; }
  get isStarting(): boolean { return !this.#ready && !this.#gone; }

  run(job: Job): void {
    const { timeoutMs } = this.#options;
    this.#job = job;
    this.#setTimer(timeoutMs, () => this.#end(new CompileLimit(`did not finish within ${timeoutMs / 1000} s`)));
    this.#worker.ref();
    this.#worker.postMessage(job.call);
  }

  async stop(why: Error): Promise<void> {
    this.#end(why);
    await this.#worker.terminate();
  }

  #receive(reply: Reply): void {
    if (this.#gone) return;
    this.#ready = true;
    const job = this.#job;
    this.#job = null;
    this.#rest();
    if (reply.kind === 'answer') job?.resolve(reply.answer);
    else if (reply.kind === 'failed') job?.reject(new Error(`The KQL compiler failed: ${reply.message}`));
    this.#options.onFree();
  }

  /** An idle compiler keeps no program alive. */
  #rest(): void {
    this.#worker.unref();
    this.#setTimer(this.#options.idleMs, () => this.#end(null));
    this.#timer.unref();
  }

  #setTimer(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }

  #end(why: Error | null): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#timer);
    void this.#worker.terminate();
    const job = this.#job;
    this.#job = null;
    if (why !== null) job?.reject(why);
    this.#options.onGone(this, job === null ? why : null);
  }
}

/** What one question did to the thread is a limit, not the end of the compiler. */
function reasonOf(cause: unknown): Error {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') return new CompileLimit(`needed more than ${maxHeapMb} MB of memory`);
  return new Error(`The KQL compiler stopped: ${cause instanceof Error ? cause.message : String(cause)}`);
}

/** Beside this file, compiled or not. */
function workerUrl(): URL { return new URL(import.meta.url.endsWith('.ts') ? './compile-worker.ts' : './compile-worker.js', import.meta.url); }
