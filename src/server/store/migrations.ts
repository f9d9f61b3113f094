// Numbered migrations; one that has been released never changes. Portable column types only (text, integer, double precision).
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { addIncidents } from './incident-migration.ts';
import { addLifecycle } from './lifecycle-migration.ts';
import { addDocuments } from './document-store.ts';
import { addEvents } from './event-store.ts';
import { addProbes } from './probe-migration.ts';
import { addRedaction } from './redaction-migration.ts';
import type { Tables } from './tables.ts';

// Kysely types a migration's database as `any`, for the schema is not known before it ran.
type Unmigrated = Kysely<never>;

const migrations: Record<string, Migration> = {
  '0001-rules': { up: createRules },
  '0002-agents': { up: createAgents },
  '0003-audit-and-settings': { up: createAuditAndSettings },
  '0004-rule-lifecycle': { up: addLifecycle },
  '0005-no-rate-before': { up: dropRateBefore },
  '0006-redaction': { up: addRedaction },
  '0007-artifacts-actions-incidents': { up: addIncidents },
  '0008-probes': { up: addProbes },
  '0009-documents': { up: addDocuments },
  '0010-events': { up: addEvents },
};

/** Brings the database up to date, or to the migration `last`; throws the first migration's error with its name. */
export async function migrate(database: Kysely<Tables>, last?: string): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last));
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'the migration history';
  throw new Error(`The store could not be brought up to date: ${failed} failed.`, { cause: error });
}

async function createRules(db: Unmigrated): Promise<void> {
  await db.schema.createTable('rules')
    .addColumn('id', 'text', (c) => c.primaryKey()).addColumn('name', 'text', (c) => c.notNull()).addColumn('state', 'text', (c) => c.notNull())
    .addColumn('latest_version', 'integer', (c) => c.notNull()).addColumn('deployed_version', 'integer')
    .addColumn('created_at', 'text', (c) => c.notNull()).addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('deployed_at', 'text').addColumn('deleted_at', 'text').execute();
  await sql`create unique index rules_live_name on rules (name) where deleted_at is null`.execute(db);
  await db.schema.createTable('rule_versions')
    .addColumn('rule_id', 'text', (c) => c.notNull().references('rules.id')).addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('document', 'text', (c) => c.notNull()).addColumn('plan', 'text').addColumn('diagnostics', 'text', (c) => c.notNull())
    .addColumn('content_hash', 'text', (c) => c.notNull()).addColumn('author', 'text', (c) => c.notNull()).addColumn('note', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull()).addPrimaryKeyConstraint('rule_versions_pk', ['rule_id', 'version']).execute();
  await db.schema.createTable('deployments')
    .addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('rule_id', 'text', (c) => c.notNull().references('rules.id'))
    .addColumn('rule_name', 'text', (c) => c.notNull()).addColumn('action', 'text', (c) => c.notNull()).addColumn('version', 'integer')
    .addColumn('revision', 'integer', (c) => c.notNull()).addColumn('author', 'text', (c) => c.notNull()).addColumn('at', 'text', (c) => c.notNull())
    .addColumn('out_before_per_second', 'double precision').execute();
}

/** The fleet's rate before a deployment said nothing about the rule: traffic changes by itself. */
async function dropRateBefore(db: Unmigrated): Promise<void> {
  await db.schema.alterTable('deployments').dropColumn('out_before_per_second').execute();
}

async function createAgents(db: Unmigrated): Promise<void> {
  await db.schema.createTable('agents')
    .addColumn('id', 'text', (c) => c.primaryKey()).addColumn('ordinal', 'integer', (c) => c.notNull().unique()).addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('first_seen_at', 'text', (c) => c.notNull()).addColumn('last_seen_at', 'text', (c) => c.notNull())
    .addColumn('report', 'text', (c) => c.notNull()).execute();
}

async function createAuditAndSettings(db: Unmigrated): Promise<void> {
  await db.schema.createTable('audit_entries')
    .addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('at', 'text', (c) => c.notNull()).addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull()).addColumn('subject', 'text', (c) => c.notNull()).addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('prev_hash', 'text', (c) => c.notNull()).addColumn('hash', 'text', (c) => c.notNull().unique()).execute();
  // Append-only, held by the database itself; only a hand on the file can break the chain, and the hashes show it.
  for (const verb of ['update', 'delete'])
    await sql.raw(`create trigger audit_no_${verb} before ${verb} on audit_entries begin select raise(abort, 'audit entries are append-only'); end`).execute(db);
  await db.schema.createTable('settings').addColumn('key', 'text', (c) => c.primaryKey()).addColumn('value', 'text', (c) => c.notNull()).execute();
}
