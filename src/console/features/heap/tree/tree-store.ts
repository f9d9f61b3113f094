// An open tree: lines come page by page as they are wanted, and what is open stays in one flat list of rows. Not React.
import type { Line, TreeSource } from './lines.ts';

/** A row that is drawn: a line, or in `rest` what of a level has not come yet. */
export interface TreeRow {
  readonly path: string; /** From 1. */ readonly level: number;
  readonly line: Line | null; readonly opens: boolean; readonly open: boolean;
  /** Among its siblings, from 1, and how many there are. */
  readonly position: number; readonly siblings: number;
  readonly rest: Rest | null;
}
export interface Rest { /** Whose lines are missing: its path. */ readonly of: string; readonly left: number; readonly failure: string | null }

interface Branch { readonly parent: Line | null; readonly lines: readonly Line[]; readonly total: number | null; readonly failure: string | null }

/** Lines that are asked for at once. */
const pageLines = 200;

export class TreeStore {
  readonly #source: TreeSource;
  readonly #branches = new Map<string, Branch>();
  readonly #open = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #rows: readonly TreeRow[] = [];

  constructor(source: TreeSource) { this.#source = source; }

  readonly rows = (): readonly TreeRow[] => this.#rows;

  /** The first listener starts it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#branches.has('')) { this.#branches.set('', { parent: null, lines: [], total: null, failure: null }); void this.more(''); }
    return () => { this.#listeners.delete(listener); };
  };

  /** How many lines the first level has; null while nobody knows. */
  get total(): number | null { return this.#branches.get('')?.total ?? null; }

  toggle(row: TreeRow): void {
    if (row.line === null || !row.opens) return;
    if (this.#open.delete(row.path)) { this.#changed(); return; }
    this.#open.add(row.path);
    if (!this.#branches.has(row.path)) { this.#branches.set(row.path, { parent: row.line, lines: [], total: null, failure: null }); void this.more(row.path); }
    this.#changed();
  }

  /** Asks for the next lines of a level; once at a time. */
  async more(path: string): Promise<void> {
    const branch = this.#branches.get(path);
    if (branch === undefined || this.#asked.has(path) || branch.lines.length === branch.total) return;
    this.#asked.add(path);
    try {
      const { total, lines } = await this.#source.load(branch.parent, { start: branch.lines.length, count: pageLines });
      // A level that grew shorter than it said ends here, or it would be asked for for ever.
      this.#branches.set(path, { ...branch, lines: [...branch.lines, ...lines], total: lines.length === 0 ? branch.lines.length : total, failure: null });
    } catch (error) {
      this.#branches.set(path, { ...branch, failure: error instanceof Error ? error.message : String(error) });
    } finally { this.#asked.delete(path); }
    this.#changed();
  }

  #changed(): void {
    const rows: TreeRow[] = [];
    this.#append('', 1, rows);
    this.#rows = rows;
    for (const listener of this.#listeners) listener();
  }

  /** Levels are opened by hand one by one, so that this is never deep. */
  #append(path: string, level: number, rows: TreeRow[]): void {
    const branch = this.#branches.get(path);
    if (branch === undefined) return;
    const siblings = branch.total ?? branch.lines.length;
    branch.lines.forEach((line, at) => {
      const own = `${path}/${line.key}`;
      const open = this.#open.has(own);
      rows.push({ path: own, level, line, opens: this.#source.opens(line), open, position: at + 1, siblings, rest: null });
      if (open) this.#append(own, level + 1, rows);
    });
    if (branch.lines.length !== branch.total) rows.push({ path: `${path}/+`, level, line: null, opens: false, open: false, position: branch.lines.length + 1, siblings, rest: { of: path, left: (branch.total ?? 0) - branch.lines.length, failure: branch.failure } });
  }
}
