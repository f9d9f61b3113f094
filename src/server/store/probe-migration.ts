// Migration 0008: probes. Unix milliseconds pass 2^31, so they are doubles.
import type { Kysely } from 'kysely';

// Kysely types a migration's database as `any`, for the schema is not known before it ran.
type Unmigrated = Kysely<never>;

export async function addProbes(db: Unmigrated): Promise<void> {
  await db.schema.createTable('probes')
    .addColumn('id', 'text', (c) => c.primaryKey()).addColumn('agent_id', 'text', (c) => c.notNull()).addColumn('agent_name', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull()).addColumn('created_ms', 'double precision', (c) => c.notNull()).addColumn('report', 'text', (c) => c.notNull()).execute();
  for (const column of ['created_ms', 'state']) await db.schema.createIndex(`probes_${column}`).on('probes').columns([column] as never).execute();
}
