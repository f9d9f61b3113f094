// Which process a thread belongs to: the kernel's events name threads only. A thread that ended meanwhile is found in what the kernel saved.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Proc } from '../../../processes/index.ts';

const mostKept = 8192;

export class Tasks {
  readonly #proc: Proc;
  readonly #root: string;
  readonly #known = new Map<number, number>();
  constructor(proc: Proc, root: string) { this.#proc = proc; this.#root = root; }

  /** Before `processOf` is asked for these. */
  async learn(threads: ReadonlySet<number>): Promise<void> {
    const unknown = [...threads].filter((thread) => !this.#known.has(thread));
    if (unknown.length === 0) return;
    if (this.#known.size + unknown.length > mostKept) this.#known.clear();
    let saved: ReadonlyMap<number, number> | null = null;
    for (const thread of unknown) {
      const running = Number((await this.#proc.status(thread))?.get('Tgid') ?? Number.NaN);
      saved ??= Number.isNaN(running) ? await this.#saved() : null;
      const owner = Number.isNaN(running) ? saved?.get(thread) : running;
      if (owner !== undefined) this.#known.set(thread, owner);
    }
  }

  processOf(thread: number): number | null { return this.#known.get(thread) ?? null; }

  async #saved(): Promise<ReadonlyMap<number, number>> {
    const text = await readFile(join(this.#root, 'saved_tgids'), 'utf8').catch(() => '');
    return new Map(text.split('\n').map((line) => line.trim().split(/\s+/)).filter((words) => words.length === 2).map(([thread, owner]) => [Number(thread), Number(owner)]));
  }
}
