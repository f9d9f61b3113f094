// A child process under `--import weir/register`, told what to do over IPC.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const register = pathToFileURL(join(import.meta.dirname, '../weir-register.mjs')).href;
type Answer = { readonly id?: number; readonly ready?: boolean; readonly value?: unknown; readonly error?: string };

export class TestApp {
  readonly child: ChildProcess;
  stderr = '';
  stdout = '';
  #id = 0;
  readonly #waiting = new Map<number, (answer: Answer) => void>();

  private constructor(child: ChildProcess) {
    this.child = child;
    child.stderr!.on('data', (chunk: Buffer) => { this.stderr += chunk.toString(); });
    child.stdout!.on('data', (chunk: Buffer) => { this.stdout += chunk.toString(); });
    child.on('message', (answer: Answer) => { if (answer.id !== undefined) { this.#waiting.get(answer.id)?.(answer); this.#waiting.delete(answer.id); } });
  }

  /** `file`: of testing/apps, or an absolute path. */
  static spawn(file: string, env: Readonly<Record<string, string>>, byOptions = false): TestApp {
    const path = resolve(import.meta.dirname, 'apps', file);
    const clean = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(WEIR_|OTEL_|NODE_OPTIONS|VITEST|NODE_DEBUG)/.test(key)));
    return new TestApp(spawn(process.execPath, byOptions ? [path] : ['--import', register, path], { env: { ...clean, ...env, ...(byOptions && { NODE_OPTIONS: `--import ${register}` }) }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }));
  }

  static async start(file: string, env: Readonly<Record<string, string>>, byOptions = false): Promise<TestApp> {
    const app = TestApp.spawn(file, env, byOptions);
    const failed = once(app.child, 'exit').then(() => { throw new Error(`The app ended: ${app.stderr}`); });
    await Promise.race([failed, new Promise<void>((resolve) => { app.child.on('message', (answer: Answer) => { if (answer.ready === true) resolve(); }); })]);
    failed.catch(() => { /* it ends some day */ });
    return app;
  }

  /** `to`: a worker by number, of with-worker.cjs. */
  async act(act: string, given: object = {}, to?: number): Promise<unknown> {
    const id = ++this.#id;
    const answer = await new Promise<Answer>((resolve) => { this.#waiting.set(id, resolve); this.child.send({ id, act, ...given, ...(to !== undefined && { to }) }); });
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.send({ id: 0, act: 'exit' });
    await ended;
  }
}
