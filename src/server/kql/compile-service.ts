// KQL compilation off the event loop: one worker thread, started at once, replaced when it dies or hangs.
import { Worker } from 'node:worker_threads';
import type { ColumnHint, Compiled, CompileMode } from '../../kql/index.ts';
import type { KqlCompiler } from '../ports/compiler.ts';
import type { CheckedRule, ConflictRule, RuleConflict } from '../../rules/index.ts';
import type { Call, Question, Questions, Reply } from './protocol.ts';

/** The port of the BFF, and table queries for `weir kql`. */
export interface KqlCompileService extends KqlCompiler {
  compile(text: string, mode: CompileMode, columns?: readonly ColumnHint[]): Promise<Compiled>;
}

interface Pending { readonly resolve: (answer: never) => void; readonly reject: (reason: Error) => void; readonly timer: NodeJS.Timeout }

/** Generous: a compilation takes about 20 ms, the start of a worker one second. */
const defaultTimeoutMs = 15_000;
/** The parser's memory grows with the text; a worker past this is replaced. */
const maxHeapMb = 512;

export function createKqlCompiler(options: { readonly timeoutMs?: number } = {}): KqlCompileService {
  return new WorkerCompiler(options.timeoutMs ?? defaultTimeoutMs);
}

class WorkerCompiler implements KqlCompileService {
  readonly #timeoutMs: number;
  #worker: Worker | null = null;
  #stopped = false;
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#start();
  }

  compile(text: string, mode: CompileMode, columns?: readonly ColumnHint[]): Promise<Compiled> {
    return this.#ask('compile', { text, options: columns === undefined ? { mode } : { mode, columns } });
  }
  check(text: string): Promise<CheckedRule> { return this.#ask('check', { text }); }
  conflicts(rules: readonly ConflictRule[]): Promise<readonly RuleConflict[]> { return this.#ask('conflicts', { rules }); }

  #ask<Q extends Question>(question: Q, ask: Questions[Q]['ask']): Promise<Questions[Q]['answer']> {
    if (this.#stopped) return Promise.reject(new Error('The KQL compiler has been stopped.'));
    const worker = this.#worker ?? this.#start();
    const call = { id: this.#nextId++, question, ask } as Call;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#replace(`The KQL compiler did not answer within ${this.#timeoutMs / 1000} s and was restarted. Shorten the query.`), this.#timeoutMs);
      this.#pending.set(call.id, { resolve, reject, timer });
      worker.ref();
      worker.postMessage(call);
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const worker = this.#worker;
    this.#replace('The KQL compiler has been stopped.');
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(workerUrl(), { name: 'kql', resourceLimits: { maxOldGenerationSizeMb: maxHeapMb } });
    this.#worker = worker;
    worker.unref(); // an idle compiler keeps no program alive
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (cause: unknown) => { if (this.#worker === worker) this.#replace(`The KQL compiler stopped: ${cause instanceof Error ? cause.message : String(cause)}`); });
    worker.on('exit', () => { if (this.#worker === worker) this.#replace('The KQL compiler ended unexpectedly.'); });
    return worker;
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    this.#pending.delete(reply.id);
    clearTimeout(pending.timer);
    if (this.#pending.size === 0) this.#worker?.unref();
    if (reply.ok) pending.resolve(reply.answer as never);
    else pending.reject(new Error(`The KQL compiler failed: ${reply.message}`));
  }

  /** Fails what waits and lets the next call start a new worker. */
  #replace(message: string): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject, timer } of waiting) { clearTimeout(timer); reject(new Error(message)); }
  }
}

/** Beside this file, compiled or not. */
function workerUrl(): URL { return new URL(import.meta.url.endsWith('.ts') ? './compile-worker.ts' : './compile-worker.js', import.meta.url); }
