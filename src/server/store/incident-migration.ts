// Migration 0007: artifacts' index, action runs, incidents with their timelines and rates. Counts of bytes and Unix milliseconds may pass
// 2^31, so they are doubles.
import type { Kysely } from 'kysely';

// Kysely types a migration's database as `any`, for the schema is not known before it ran.
type Unmigrated = Kysely<never>;

export async function addIncidents(db: Unmigrated): Promise<void> {
  await addArtifacts(db);
  await addActions(db);
  await db.schema.createTable('incidents')
    .addColumn('id', 'text', (c) => c.primaryKey()).addColumn('number', 'integer', (c) => c.notNull().unique()).addColumn('title', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull()).addColumn('opened_at', 'text', (c) => c.notNull()).addColumn('closed_at', 'text')
    .addColumn('opened_by', 'text', (c) => c.notNull()).addColumn('rule', 'text').addColumn('last_trigger_at', 'text').addColumn('triggers', 'integer', (c) => c.notNull())
    .addColumn('agents', 'text', (c) => c.notNull()).addColumn('services', 'text', (c) => c.notNull()).addColumn('imported', 'text').execute();
  await db.schema.createTable('incident_entries')
    .addColumn('incident', 'text', (c) => c.notNull().references('incidents.id')).addColumn('id', 'text', (c) => c.notNull()).addColumn('at', 'text', (c) => c.notNull()).addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull()).addColumn('by', 'text').addColumn('agent', 'text').addColumn('action', 'text').addColumn('artifact', 'text').addColumn('rule', 'text')
    .addPrimaryKeyConstraint('incident_entries_pk', ['incident', 'id']).execute();
  await db.schema.createTable('net_firings')
    .addColumn('agent_id', 'text', (c) => c.notNull()).addColumn('id', 'text', (c) => c.notNull()).addColumn('incident', 'text', (c) => c.notNull()).addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('net_firings_pk', ['agent_id', 'id']).execute();
  // Actions of a net, known from its firing, before or after the actions speak for themselves.
  await db.schema.createTable('incident_actions').addColumn('action', 'text', (c) => c.primaryKey()).addColumn('incident', 'text', (c) => c.notNull()).execute();
  // Of the fleet itself with incident ''; of an imported one under its id.
  await db.schema.createTable('incident_rates')
    .addColumn('incident', 'text', (c) => c.notNull()).addColumn('t', 'double precision', (c) => c.notNull())
    .addColumn('received', 'double precision', (c) => c.notNull()).addColumn('sent', 'double precision', (c) => c.notNull()).addColumn('removed', 'double precision', (c) => c.notNull())
    .addPrimaryKeyConstraint('incident_rates_pk', ['incident', 't']).execute();
}

async function addArtifacts(db: Unmigrated): Promise<void> {
  await db.schema.createTable('artifacts')
    .addColumn('id', 'text', (c) => c.primaryKey()).addColumn('sha256', 'text', (c) => c.notNull()).addColumn('bytes', 'double precision', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull()).addColumn('name', 'text', (c) => c.notNull()).addColumn('created_ms', 'double precision', (c) => c.notNull())
    .addColumn('action', 'text').addColumn('incident', 'text').addColumn('agent_id', 'text').addColumn('agent_name', 'text').addColumn('brought_by', 'text')
    .addColumn('state', 'text', (c) => c.notNull()).addColumn('begun_at', 'text', (c) => c.notNull()).addColumn('stored_at', 'text').addColumn('verified_at', 'text')
    .addColumn('pinned', 'integer', (c) => c.notNull()).addColumn('downloads', 'integer', (c) => c.notNull()).addColumn('meta', 'text', (c) => c.notNull()).execute();
  for (const column of ['sha256', 'incident', 'action', 'begun_at']) await db.schema.createIndex(`artifacts_${column}`).on('artifacts').columns([column] as never).execute();
}

async function addActions(db: Unmigrated): Promise<void> {
  await db.schema.createTable('action_runs')
    .addColumn('id', 'text', (c) => c.primaryKey()).addColumn('agent_id', 'text', (c) => c.notNull()).addColumn('agent_name', 'text', (c) => c.notNull()).addColumn('state', 'text', (c) => c.notNull())
    .addColumn('incident', 'text').addColumn('reason', 'text', (c) => c.notNull()).addColumn('requested_ms', 'double precision', (c) => c.notNull()).addColumn('report', 'text', (c) => c.notNull()).execute();
  for (const column of ['incident', 'requested_ms', 'state']) await db.schema.createIndex(`action_runs_${column}`).on('action_runs').columns([column] as never).execute();
}
