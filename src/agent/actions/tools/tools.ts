// Programs that actions start: found on PATH, never through a shell, ended when the run is cancelled or too long, output bounded. Each is
// noted while it runs, so that the next start ends what a killed agent left.
import { spawn, type ChildProcess } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { failure, ok, type Result } from '../../../base/index.ts';
import { howToGet } from './packages.ts';

export interface ToolRun {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** What is kept of each stream; more is thrown away and counted. Default 256 KiB. */
  readonly maxBytes?: number;
  /** Takes standard output as it comes instead of keeping it. A promise holds the tool back. */
  readonly onOutput?: (chunk: Buffer) => void | Promise<void>;
  /** How it is asked to end; what does not is killed. */
  readonly stopSignal?: NodeJS.Signals;
  readonly env?: NodeJS.ProcessEnv;
}
export interface ToolEnd { readonly code: number | null; readonly stdout: string; readonly stderr: string; /** Bytes that were not kept. */ readonly lost: number; readonly timedOut: boolean }

/** Told of each program as it starts and when it has ended. */
export interface StartedTools { started(pid: number): Promise<void>; ended(pid: number): Promise<void> }

const killAfterMs = 3000;

export class Tools {
  readonly #searchPath: string;
  readonly #started: StartedTools;

  constructor(searchPath: string, started: StartedTools) {
    this.#searchPath = searchPath;
    this.#started = started;
  }

  /** Its absolute path, or null. */
  async find(name: string): Promise<string | null> {
    for (const folder of this.#searchPath.split(':')) {
      if (!isAbsolute(folder)) continue;
      const path = join(folder, name);
      if (await access(path, constants.X_OK).then(() => stat(path)).then((found) => found.isFile(), () => false)) return path;
    }
    return null;
  }

  async run(name: string, args: readonly string[], options: ToolRun): Promise<Result<ToolEnd>> {
    const path = await this.find(name);
    if (path === null) return failure('action.missing-tool', `${name} is not installed, or not on the PATH of Weir.`, howToGet(name));
    const env = { PATH: this.#searchPath, LC_ALL: 'C', TERM: 'dumb', ...options.env };
    const child = closed(() => spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], env }));
    const ended = endOf(child, options);
    if (child.pid !== undefined) await this.#started.started(child.pid);
    try {
      return await ended.then(ok, (failed: Error) => failure('action.tool-failed', `${name} could not be run: ${failed.message}.`, howToGet(name)));
    } finally {
      if (child.pid !== undefined) await this.#started.ended(child.pid);
    }
  }
}

/** What a tool writes is for nobody else: cores and packets are memory. A child takes the mask as it stands when it is started. */
function closed<T>(start: () => T): T {
  const before = process.umask(0o077);
  try { return start(); } finally { process.umask(before); }
}

function endOf(child: ChildProcess, options: ToolRun): Promise<ToolEnd> {
  const kept = { stdout: new KeptOutput(options.maxBytes), stderr: new KeptOutput(options.maxBytes) };
  let timedOut = false;
  const stop = stopper(child, options.stopSignal ?? 'SIGTERM');
  const deadline = setTimeout(() => { timedOut = true; stop(); }, options.timeoutMs);
  options.signal.addEventListener('abort', stop);
  if (options.signal.aborted) stop();
  const taken = takeOutput(child, options.onOutput ?? ((chunk) => { kept.stdout.add(chunk); }));
  // Who takes the output may fail on it: the tool is ended, and the failure told when it has.
  taken.catch(stop);
  child.stderr?.on('data', (chunk: Buffer) => { kept.stderr.add(chunk); });
  return new Promise<number | null>((resolve, reject) => { child.once('error', reject); child.once('close', resolve); })
    .then(async (code) => {
      await taken;
      return { code, stdout: kept.stdout.text(), stderr: kept.stderr.text(), lost: kept.stdout.lost + kept.stderr.lost, timedOut };
    })
    .finally(() => { clearTimeout(deadline); stop.done(); options.signal.removeEventListener('abort', stop); });
}

async function takeOutput(child: ChildProcess, take: (chunk: Buffer) => void | Promise<void>): Promise<void> {
  if (child.stdout === null) return;
  for await (const chunk of child.stdout) await take(chunk as Buffer);
}

/** Asks once, kills what does not listen. */
function stopper(child: ChildProcess, signal: NodeJS.Signals): { (): void; done(): void } {
  let timer: NodeJS.Timeout | null = null;
  const stop = (): void => {
    if (timer !== null) return;
    child.kill(signal);
    timer = setTimeout(() => { child.kill('SIGKILL'); }, killAfterMs);
  };
  return Object.assign(stop, { done: () => { if (timer !== null) clearTimeout(timer); } });
}

class KeptOutput {
  readonly #chunks: Buffer[] = [];
  #left: number;
  lost = 0;
  constructor(maxBytes = 256 * 1024) { this.#left = maxBytes; }

  add(chunk: Buffer): void {
    const part = chunk.subarray(0, this.#left);
    if (part.length > 0) this.#chunks.push(part);
    this.#left -= part.length;
    this.lost += chunk.length - part.length;
  }

  text(): string { return Buffer.concat(this.#chunks).toString('utf8'); }
}

/** The last lines of what a tool complained of, for a person. */
export const lastWords = ({ stderr, stdout }: Pick<ToolEnd, 'stderr' | 'stdout'>): string =>
  (stderr.trim() || stdout.trim()).split('\n').slice(-4).join(' ').slice(-600) || 'it said nothing';
