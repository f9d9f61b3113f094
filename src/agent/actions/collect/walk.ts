// Walks what patterns name, and nothing else: bounded over all of them together, and over at once when it is cancelled. Follows no link to a folder.
import { lstat, opendir } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { throwIfAborted } from '../wait.ts';
import type { Pattern } from './pattern.ts';

const mostLooked = 50_000;
const deepest = 40;
/** Between two looks at whether it is over. */
const breathEvery = 256;

export class Walk {
  readonly #signal: AbortSignal;
  readonly #most: number;
  #looked = 0;
  #stopped = false;

  constructor(signal: AbortSignal, most = mostLooked) {
    this.#signal = signal;
    this.#most = most;
  }

  /** Null while nothing was left out. */
  get stoppedAfter(): number | null { return this.#stopped ? this.#looked : null; }

  stop(): void { this.#stopped = true; }

  /** Paths of what is there, be it a file or not, but no folder on the way. */
  async *files({ folder, levels }: Pattern): AsyncGenerator<string> { yield* this.#level(folder, levels, 0); }

  async *#level(folder: string, [level, ...deeper]: readonly string[], depth: number): AsyncGenerator<string> {
    if (level === undefined || this.#stopped || depth > deepest) return;
    if (level === '**' && deeper.length > 0) yield* this.#level(folder, deeper, depth);
    if (!/[*?[\]{}()!+@]/.test(level)) { yield* this.#named(join(folder, level), deeper, depth); return; }
    for await (const entry of this.#entries(folder)) {
      const path = join(folder, entry.name);
      if (level === '**' ? !entry.name.startsWith('.') : matchesGlob(entry.name, level)) {
        if (level === '**' && entry.isDirectory()) yield* this.#level(path, [level, ...deeper], depth + 1);
        else if (deeper.length === 0) yield path;
        else if (level !== '**' && entry.isDirectory()) yield* this.#level(path, deeper, depth + 1);
      }
    }
  }

  async *#named(path: string, deeper: readonly string[], depth: number): AsyncGenerator<string> {
    if (deeper.length > 0) { yield* this.#level(path, deeper, depth + 1); return; }
    this.#count();
    if (await lstat(path).then(() => true, () => false)) yield path;
  }

  /** A folder that may not be read has nothing to give. */
  async *#entries(folder: string): AsyncGenerator<{ readonly name: string; isDirectory(): boolean }> {
    const open = await opendir(folder).catch(() => null);
    if (open === null) return;
    try {
      for (let entry = await open.read(); entry !== null && this.#count(); entry = await open.read()) yield entry;
    } finally {
      await open.close().catch(() => undefined);
    }
  }

  #count(): boolean {
    if (this.#looked++ % breathEvery === 0) throwIfAborted(this.#signal);
    if (this.#looked > this.#most) this.#stopped = true;
    return !this.#stopped;
  }
}
