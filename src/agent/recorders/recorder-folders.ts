// The folders of all recorders on disk, by name. One whose definition was deleted while the agent was away is nobody's: nothing opens it, so it is
// neither shown nor counted, and goes once it is certain that no definition of it is still to come.
import { createHash } from 'node:crypto';
import { readdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecorderShape } from '../../engine/index.ts';
import { DiskStore, type DiskStoreOptions } from './disk-store.ts';

export interface RecorderFoldersOptions extends Pick<DiskStoreOptions, 'freeBytes' | 'keepFreeBytes'> {
  readonly directory: string;
  /** Definitions may come so late after the start. */
  readonly graceMs?: number;
}

const usualGraceMs = 10 * 60_000;
/** No recorder's name is written so: what is named so is on its way out. */
const goneMark = '%gone-';

export class RecorderFolders {
  readonly #options: RecorderFoldersOptions;
  readonly #opened = new Set<string>();
  /** Whether the agent knows which recorders are defined, and has opened them. While it does not, nothing goes. */
  areDefined = false;
  #timer: NodeJS.Timeout | null = null;
  #sweeping: Promise<void> = Promise.resolve();
  #problem = '';

  constructor(options: RecorderFoldersOptions) { this.#options = options; }

  /** For the health report; empty when all is well. */
  get problem(): string { return this.#problem; }

  open({ name, maxBytes, maxKeys }: Pick<RecorderShape, 'name' | 'maxBytes' | 'maxKeys'>): DiskStore {
    const { directory, freeBytes, keepFreeBytes } = this.#options;
    const folder = encodeURIComponent(name);
    this.#opened.add(folder);
    return new DiskStore({ directory: join(directory, folder), maxBytes, maxKeys, freeBytes, keepFreeBytes });
  }

  start(): void { this.#timer = setInterval(() => { this.#sweeping = this.#sweeping.then(() => this.sweep()); }, this.#options.graceMs ?? usualGraceMs); }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#sweeping;
  }

  async sweep(): Promise<void> {
    if (!this.areDefined) return;
    try {
      // None of them is opened between the look and its new name.
      for (const aside of this.#nobodys().map((folder) => this.#aside(folder))) await rm(aside, { recursive: true, force: true });
      this.#problem = '';
    } catch (error) {
      this.#problem = `What recorders had kept that are defined no more could not be deleted: ${error instanceof Error ? error.message : String(error)}. See to the permissions of ${this.#options.directory}.`;
    }
  }

  #nobodys(): readonly string[] {
    try {
      return readdirSync(this.#options.directory, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !this.#opened.has(entry.name)).map(({ name }) => name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** At once under another name: a recorder of this one that is defined in a moment begins in a folder of its own. */
  #aside(folder: string): string {
    const { directory } = this.#options;
    if (folder.startsWith(goneMark)) return join(directory, folder);
    const aside = join(directory, `${goneMark}${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
    renameSync(join(directory, folder), aside);
    return aside;
  }
}
