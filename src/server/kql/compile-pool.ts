// KQL compilation off the event loop: a few worker threads, started when somebody asks, ended when nobody does. A question
// that takes too long costs its own thread and nobody else's answer.
import type { CheckedRule, ConflictRule, RuleConflict } from '../../rules/index.ts';
import type { CompileMode, CompileResult, KqlCompiler, Rewording } from '../ports/compiler.ts';
import { CompileThread, type Job } from './compile-thread.ts';
import type { Call, Question, Questions } from './protocol.ts';

export interface CompilePoolOptions { readonly timeoutMs?: number; readonly idleMs?: number; readonly threads?: number; readonly maxWaiting?: number }

/** Ten times what the longest honest rule takes. */
const defaultTimeoutMs = 5000;
const defaultIdleMs = 5 * 60_000;
/** One for hostile texts, one for the others. */
const defaultThreads = 2;
/** Callers ask one question at a time, so this is as many callers. */
const defaultMaxWaiting = 200;
/** Another thread costs a second and 100 MB: it is started when somebody has waited for this long. */
const patienceMs = 250;

export const createKqlCompiler = (options: CompilePoolOptions = {}): KqlCompiler => new CompilePool(options);

class CompilePool implements KqlCompiler {
  readonly #options: Required<CompilePoolOptions>;
  readonly #threads = new Set<CompileThread>();
  #waiting: Job[] = [];
  #impatience: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor({ timeoutMs = defaultTimeoutMs, idleMs = defaultIdleMs, threads = defaultThreads, maxWaiting = defaultMaxWaiting }: CompilePoolOptions) {
    this.#options = { timeoutMs, idleMs, threads, maxWaiting };
  }

  compile(text: string, mode: CompileMode): Promise<CompileResult> { return this.#ask('compile', { text, mode }); }
  check(text: string): Promise<CheckedRule> { return this.#ask('check', { text }); }
  reword(rewording: Rewording): Promise<string> { return this.#ask('reword', rewording); }
  conflicts(rules: readonly ConflictRule[]): Promise<readonly RuleConflict[]> { return this.#ask('conflicts', { rules }); }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#impatience !== null) clearTimeout(this.#impatience);
    const why = stoppedError();
    this.#refuseAll(why);
    await Promise.all([...this.#threads].map((thread) => thread.stop(why)));
  }

  #ask<Q extends Question>(question: Q, ask: Questions[Q]['ask']): Promise<Questions[Q]['answer']> {
    if (this.#stopped) return Promise.reject(stoppedError());
    if (this.#waiting.length >= this.#options.maxWaiting) return Promise.reject(new Error(`The KQL compiler is busy: ${this.#waiting.length} questions wait for it.`));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ call: { question, ask } as Call, resolve: resolve as Job['resolve'], reject });
      this.#hand();
    });
  }

  /** What waits longest goes first. */
  #hand(): void {
    for (const thread of this.#threads) if (thread.isFree) { const job = this.#waiting.shift(); if (job !== undefined) thread.run(job); }
    if (this.#waiting.length === 0) return;
    if (this.#threads.size === 0) this.#start();
    else this.#impatience ??= setTimeout(() => { this.#impatience = null; this.#reinforce(); }, patienceMs);
  }

  #reinforce(): void {
    if (this.#waiting.length === 0 || this.#threads.size >= this.#options.threads || [...this.#threads].some(({ isStarting }) => isStarting)) return;
    this.#start();
  }

  #start(): void {
    const { timeoutMs, idleMs } = this.#options;
    this.#threads.add(new CompileThread({
      timeoutMs, idleMs, onFree: () => this.#hand(),
      onGone: (thread, why) => {
        this.#threads.delete(thread);
        // One that cannot even start will not start for those that wait, either.
        if (why !== null && this.#threads.size === 0) this.#refuseAll(why);
        this.#hand();
      },
    }));
  }

  #refuseAll(why: Error): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { reject } of waiting) reject(why);
  }
}

const stoppedError = (): Error => new Error('The KQL compiler has been stopped.');
