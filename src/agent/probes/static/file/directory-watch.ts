// Hints that something changed in a folder. They come late, twice or never (network file systems, containers), so nothing depends on them: files are
// looked at by the clock as well.
import { watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';

const mostWatches = 64;

export class DirectoryWatch {
  readonly #watches = new Map<string, FSWatcher>();
  readonly #hint: (path: string, isName: boolean) => void;

  /** `isName`: a name appeared or went away. */
  constructor(hint: (path: string, isName: boolean) => void) { this.#hint = hint; }

  /** Watches the folders of these files and no others. */
  over(paths: Iterable<string>): void {
    const wanted = new Set<string>();
    for (const path of paths) if (wanted.size < mostWatches) wanted.add(dirname(path));
    for (const [folder, watcher] of this.#watches) if (!wanted.has(folder)) { watcher.close(); this.#watches.delete(folder); }
    for (const folder of wanted) if (!this.#watches.has(folder)) this.#open(folder);
  }

  close(): void {
    for (const watcher of this.#watches.values()) watcher.close();
    this.#watches.clear();
  }

  #open(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (event, name) => { if (name !== null) this.#hint(join(folder, name), event === 'rename'); });
      watcher.on('error', () => { watcher.close(); this.#watches.delete(folder); });
      this.#watches.set(folder, watcher);
    } catch { /* The clock looks at it. */ }
  }
}
