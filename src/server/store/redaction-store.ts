// The redaction audit on disk: what server/redaction keeps in memory, written down as it changes and read once at the start.
// Everything is put whole (never added to), so that writing the same changes twice does no harm.
import type { Database, Tables } from './tables.ts';

type Rows = { readonly [T in keyof Tables as T extends `redaction_${infer Name}` ? Name : never]: readonly Tables[T][] };
type Part = keyof Rows;
export type StoredRedaction = Rows;

/** What came or changed, and what goes. */
export interface RedactionChanges extends Rows {
  readonly gone: {
    /** Of counts, flows and totals. */
    readonly buckets: readonly { readonly width: number; readonly t: number }[];
    readonly sources: readonly number[]; readonly stands: readonly { readonly source: number; readonly agent: number }[];
    /** `printsOnly`: the period itself stays, as a number. */
    readonly periods: readonly { readonly source: number; readonly period: string; readonly printsOnly: boolean }[];
  };
}

/** The columns that say which row it is; all others are replaced. */
const keys = {
  sources: ['no'], ways: ['no'], counts: ['width', 't', 'source', 'agent', 'way'], flows: ['width', 't', 'service'], totals: ['width', 't'],
  stands: ['source', 'agent'], periods: ['source', 'period'], fingerprints: ['source', 'period', 'fingerprint'], agents: ['agent'],
} as const satisfies Record<Part, readonly string[]>;
const parts = Object.keys(keys) as Part[];
/** SQLite takes 32,766 parameters; a row has at most twelve. */
const rowsPerStatement = 500;

export class RedactionStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  async load(): Promise<StoredRedaction> {
    const read = await Promise.all(parts.map(async (part) => [part, await this.#db.selectFrom(`redaction_${part}`).selectAll().execute()] as const));
    return Object.fromEntries(read) as unknown as StoredRedaction;
  }

  /** Call inside a transaction. */
  async apply(changes: RedactionChanges): Promise<void> {
    await this.#remove(changes.gone);
    for (const part of parts) for (let i = 0; i < changes[part].length; i += rowsPerStatement) await this.#put(part, changes[part].slice(i, i + rowsPerStatement));
  }

  async #put(part: Part, rows: readonly Rows[Part][number][]): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    const key: readonly string[] = keys[part];
    const changing = Object.keys(first).filter((column) => !key.includes(column));
    // The rows are those of this table: both were chosen by the same name.
    await this.#db.insertInto(`redaction_${part}`).values(rows as never)
      .onConflict((conflict) => conflict.columns(key as never).doUpdateSet((eb) => Object.fromEntries(changing.map((column) => [column, eb.ref(`excluded.${column}` as never)])) as never)).execute();
  }

  async #remove({ buckets, sources, stands, periods }: RedactionChanges['gone']): Promise<void> {
    for (const { width, t } of buckets)
      for (const part of ['counts', 'flows', 'totals'] as const) await this.#db.deleteFrom(`redaction_${part}`).where('width', '=', width).where('t', '=', t).execute();
    for (const no of sources) await this.#db.deleteFrom('redaction_sources').where('no', '=', no).execute();
    for (const { source, agent } of stands) await this.#db.deleteFrom('redaction_stands').where('source', '=', source).where('agent', '=', agent).execute();
    for (const { source, period, printsOnly } of periods) {
      await this.#db.deleteFrom('redaction_fingerprints').where('source', '=', source).where('period', '=', period).execute();
      if (!printsOnly) await this.#db.deleteFrom('redaction_periods').where('source', '=', source).where('period', '=', period).execute();
    }
  }
}
