// Small things that people make and that are read whole: aliases, saved views, toggle themes, suggestions that became rules. One row each,
// JSON that its owner parses again.
import type { Kysely } from 'kysely';
import type { Database } from './tables.ts';

export const documentKinds = ['alias', 'view', 'theme', 'suggestion'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export interface StoredDocument { readonly id: string; readonly name: string; readonly updatedAt: string; readonly body: unknown }

/** Migration 0009. */
export async function addDocuments(db: Kysely<never>): Promise<void> {
  await db.schema.createTable('documents')
    .addColumn('kind', 'text', (c) => c.notNull()).addColumn('id', 'text', (c) => c.notNull()).addColumn('name', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull()).addColumn('body', 'text', (c) => c.notNull()).addPrimaryKeyConstraint('documents_pk', ['kind', 'id']).execute();
}

/** Shared by all DocumentStores of one database, those inside transactions, too. */
export interface DocumentWrites { stamp: number }

export class DocumentStore {
  readonly #db: Database;
  readonly #writes: DocumentWrites;
  constructor(db: Database, writes: DocumentWrites) { this.#db = db; this.#writes = writes; }

  /** Grows with everything that is written: what was read at another stamp may be old. */
  get stamp(): number { return this.#writes.stamp; }

  /** By name, then by id. */
  async list(kind: DocumentKind): Promise<StoredDocument[]> {
    const rows = await this.#db.selectFrom('documents').selectAll().where('kind', '=', kind).orderBy('name').orderBy('id').execute();
    return rows.map(({ id, name, updated_at: updatedAt, body }) => ({ id, name, updatedAt, body: JSON.parse(body) as unknown }));
  }

  /** Inserts, or replaces all but the id. */
  async put(kind: DocumentKind, { id, name, updatedAt, body }: StoredDocument): Promise<void> {
    this.#writes.stamp++;
    const changing = { name, updated_at: updatedAt, body: JSON.stringify(body) };
    await this.#db.insertInto('documents').values({ kind, id, ...changing }).onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(changing)).execute();
  }

  async remove(kind: DocumentKind, id: string): Promise<void> {
    this.#writes.stamp++;
    await this.#db.deleteFrom('documents').where('kind', '=', kind).where('id', '=', id).execute();
  }
}
