// One supervised part of `weir up`: a child process that reports `ready` or `failed` over the process channel, and is
// started again, after a growing pause, when it dies while the rest runs.
import { spawn, type ChildProcess } from 'node:child_process';
import type { Failure } from '../../base/index.ts';

export interface ChildSpec {
  readonly name: string;
  /** The script and its arguments, for the running Node. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}
/** What a part tells its parent. `ready` carries what the part wants known (ports, URLs). */
export type ChildMessage = { readonly type: 'ready'; readonly [key: string]: unknown } | { readonly type: 'failed'; readonly failure: Failure };

export type Ready = Readonly<Record<string, unknown>>;
const maxPauseMs = 5000;

export class SupervisedChild {
  readonly #spec: ChildSpec;
  readonly #say: (line: string) => void;
  #process: ChildProcess | null = null;
  #stopping = false;
  #pauseMs = 250;
  #restart: NodeJS.Timeout | null = null;

  constructor(spec: ChildSpec, say: (line: string) => void) {
    this.#spec = spec;
    this.#say = say;
  }

  get pid(): number | null { return this.#process?.pid ?? null; }

  /** Starts the part; resolves with its `ready` message, rejects with its Failure. Restarts happen only after that. */
  start(): Promise<Ready> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...this.#spec.args], { env: this.#spec.env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      this.#process = child;
      let ready = false;
      let failed: Failure | null = null;
      child.on('message', (message: ChildMessage) => {
        if (message.type === 'failed') failed = message.failure;
        if (message.type !== 'ready') return;
        ready = true;
        setTimeout(() => { if (this.#process === child) this.#pauseMs = 250; }, 10_000).unref();
        resolve(message);
      });
      child.on('exit', (code, signal) => {
        if (this.#process === child) this.#process = null;
        if (!ready) reject(failed ?? { code: 'up.child-failed', message: `The ${this.#spec.name} ended before it was ready (${signal ?? `exit code ${code}`}).`, help: 'The lines above say why.' } satisfies Failure);
        else if (!this.#stopping) this.#scheduleRestart(signal ?? `exit code ${code}`);
      });
    });
  }

  #scheduleRestart(why: string): void {
    this.#say(`The ${this.#spec.name} ended (${why}); starting it again.`);
    this.#restart = setTimeout(() => {
      this.#pauseMs = Math.min(this.#pauseMs * 2, maxPauseMs);
      this.start().catch((failed: Failure) => { if (!this.#stopping) this.#scheduleRestart(failed.message); });
    }, this.#pauseMs);
  }

  /** SIGTERM, then SIGKILL after `graceMs`. */
  async stop(graceMs = 4000): Promise<void> {
    this.#stopping = true;
    if (this.#restart) clearTimeout(this.#restart);
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await gone;
    clearTimeout(timer);
  }
}
