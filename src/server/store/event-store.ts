// The catalogue of events at rest: what all agents saw of each, how it changed, when somebody last looked at it, the templates that ids
// are mined by, and which mined id became which. Bodies are JSON whose owner parses them again.
import { sql, type Kysely } from 'kysely';
import { drift as driftSchema, type Drift } from '../../model/index.ts';
import type { Database } from './tables.ts';

export interface StoredEventRow { readonly key: string; readonly lastMs: number; readonly body: unknown }
export interface MinedName { readonly former: string; readonly current: string }
export interface StoredTemplate { readonly key: string; readonly body: unknown }

/** Migration 0010. */
export async function addEvents(db: Kysely<never>): Promise<void> {
  await db.schema.createTable('events').addColumn('key', 'text', (c) => c.primaryKey()).addColumn('last_ms', 'double precision', (c) => c.notNull()).addColumn('body', 'text', (c) => c.notNull()).execute();
  await db.schema.createTable('event_drift').addColumn('id', 'text', (c) => c.primaryKey()).addColumn('at_ms', 'double precision', (c) => c.notNull()).addColumn('body', 'text', (c) => c.notNull()).execute();
  await sql`create index event_drift_at on event_drift (at_ms)`.execute(db);
  await db.schema.createTable('event_reads').addColumn('key', 'text', (c) => c.primaryKey()).addColumn('at_ms', 'double precision', (c) => c.notNull()).execute();
  await db.schema.createTable('mined_names').addColumn('former', 'text', (c) => c.primaryKey()).addColumn('current', 'text', (c) => c.notNull()).addColumn('at_ms', 'double precision', (c) => c.notNull()).execute();
  await db.schema.createTable('templates').addColumn('key', 'text', (c) => c.primaryKey()).addColumn('body', 'text', (c) => c.notNull()).execute();
  await db.schema.createTable('cost_buckets').addColumn('width_ms', 'double precision', (c) => c.notNull()).addColumn('at_ms', 'double precision', (c) => c.notNull()).addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('cost_buckets_pk', ['width_ms', 'at_ms']).execute();
}

/** Bound values of one statement stay far below what a database takes. */
const rowsPerStatement = 100;

/** One piece after another, letting others have their turn between: nothing holds the server up for long. */
export async function inPieces<T>(rows: readonly T[], work: (piece: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsPerStatement) {
    await work(rows.slice(from, from + rowsPerStatement));
    if (from + rowsPerStatement < rows.length) await new Promise((resolve) => { setImmediate(resolve); });
  }
}

export class EventStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  /** Those that were heard of last come last. */
  async rows(): Promise<unknown[]> {
    return (await this.#db.selectFrom('events').select('body').orderBy('last_ms').execute()).map(({ body }) => JSON.parse(body) as unknown);
  }

  async putRows(rows: readonly StoredEventRow[]): Promise<void> {
    await inPieces(rows, (piece) => this.#db.insertInto('events').values(piece.map(({ key, lastMs, body }) => ({ key, last_ms: lastMs, body: JSON.stringify(body) })))
      .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ last_ms: eb.ref('excluded.last_ms'), body: eb.ref('excluded.body') }))).execute());
  }

  /** With when they were last looked at. */
  async removeRows(keys: readonly string[]): Promise<void> {
    await inPieces(keys, async (piece) => {
      await this.#db.deleteFrom('events').where('key', 'in', piece).execute();
      await this.#db.deleteFrom('event_reads').where('key', 'in', piece).execute();
    });
  }

  /** The newest first. */
  async drift(most: number): Promise<Drift[]> {
    const rows = await this.#db.selectFrom('event_drift').select('body').orderBy('at_ms', 'desc').orderBy('id', 'desc').limit(most).execute();
    return rows.map(({ body }) => driftSchema.parse(JSON.parse(body)));
  }

  /** One that is there already is replaced: it may have been closed. Those beyond the newest `keep` go. */
  async addDrift(drifts: readonly Drift[], keep: number): Promise<void> {
    await inPieces(drifts, (piece) => this.#db.insertInto('event_drift').values(piece.map((one) => ({ id: one.id, at_ms: one.at, body: JSON.stringify(one) }))).onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ body: eb.ref('excluded.body') }))).execute());
    await this.#db.deleteFrom('event_drift').where('id', 'in', (eb) => eb.selectFrom('event_drift').select('id').orderBy('at_ms', 'desc').orderBy('id', 'desc').limit(sql<number>`-1`).offset(keep)).execute();
  }

  async removeDrift(ids: readonly string[]): Promise<void> {
    await inPieces(ids, (piece) => this.#db.deleteFrom('event_drift').where('id', 'in', piece).execute());
  }

  async reads(): Promise<ReadonlyMap<string, number>> {
    return new Map((await this.#db.selectFrom('event_reads').selectAll().execute()).map(({ key, at_ms: atMs }) => [key, atMs]));
  }

  async putReads(reads: readonly (readonly [key: string, atMs: number])[]): Promise<void> {
    await inPieces(reads, (piece) => this.#db.insertInto('event_reads').values(piece.map(([key, atMs]) => ({ key, at_ms: atMs })))
      .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ at_ms: eb.ref('excluded.at_ms') }))).execute());
  }

  /** Mined ids that were generalised, and what they are now; the newest `most`. */
  async minedNames(most: number): Promise<MinedName[]> {
    return this.#db.selectFrom('mined_names').select(['former', 'current']).orderBy('at_ms', 'desc').orderBy('former').limit(most).execute();
  }

  async putMinedNames(names: readonly MinedName[], atMs: number): Promise<void> {
    await inPieces(names, (piece) => this.#db.insertInto('mined_names').values(piece.map(({ former, current }) => ({ former, current, at_ms: atMs })))
      .onConflict((conflict) => conflict.column('former').doUpdateSet((eb) => ({ current: eb.ref('excluded.current'), at_ms: eb.ref('excluded.at_ms') }))).execute());
  }

  async templates(): Promise<StoredTemplate[]> {
    return (await this.#db.selectFrom('templates').selectAll().execute()).map(({ key, body }) => ({ key, body: JSON.parse(body) as unknown }));
  }

  async changeTemplates(put: readonly StoredTemplate[], remove: readonly string[]): Promise<void> {
    await inPieces(put, (piece) => this.#db.insertInto('templates').values(piece.map(({ key, body }) => ({ key, body: JSON.stringify(body) })))
      .onConflict((conflict) => conflict.column('key').doUpdateSet((eb) => ({ body: eb.ref('excluded.body') }))).execute());
    await inPieces(remove, (piece) => this.#db.deleteFrom('templates').where('key', 'in', piece).execute());
  }

  /** What was sent, in stretches of time of some width; the oldest first. */
  async costBuckets(): Promise<{ readonly widthMs: number; readonly atMs: number; readonly body: unknown }[]> {
    const rows = await this.#db.selectFrom('cost_buckets').selectAll().orderBy('at_ms').execute();
    return rows.map((row) => ({ widthMs: row.width_ms, atMs: row.at_ms, body: JSON.parse(row.body) as unknown }));
  }

  async putCostBuckets(buckets: readonly { readonly widthMs: number; readonly atMs: number; readonly body: unknown }[]): Promise<void> {
    await inPieces(buckets, (piece) => this.#db.insertInto('cost_buckets').values(piece.map(({ widthMs, atMs, body }) => ({ width_ms: widthMs, at_ms: atMs, body: JSON.stringify(body) })))
      .onConflict((conflict) => conflict.columns(['width_ms', 'at_ms']).doUpdateSet((eb) => ({ body: eb.ref('excluded.body') }))).execute());
  }

  async trimCostBuckets(widthMs: number, beforeMs: number): Promise<void> {
    await this.#db.deleteFrom('cost_buckets').where('width_ms', '=', widthMs).where('at_ms', '<', beforeMs).execute();
  }
}
