// Migration 0004: versions keep the text as it was written and what the checker made of it; rules keep mode, expiry and
// deployment number; breaches are remembered. Rows of before have no text: theirs is printed from the document.
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { defaultBounds, ruleDocument } from '../../model/index.ts';
import { printRule } from '../../rules/index.ts';

// Kysely types a migration's database as `any`, for the schema is not known before it ran.
type Unmigrated = Kysely<never>;
interface OldVersion { readonly rule_id: string; readonly version: number; readonly document: string; readonly plan: string | null }

export async function addLifecycle(db: Unmigrated): Promise<void> {
  await addColumns(db);
  const old = await sql<OldVersion>`select rule_id, version, document, plan from rule_versions`.execute(db);
  for (const row of old.rows) await upgradeVersion(db, row);
  await sql`alter table rule_versions drop column plan`.execute(db);
  await sql`update rules set mode = 'live', deployment = coalesce((select max(revision) from deployments where rule_id = rules.id and action = 'deploy'), 0) where deployed_version is not null`.execute(db);
  await sql`update deployments set mode = 'live' where action = 'deploy'`.execute(db);
  await holdVersions(db);
}

async function addColumns(db: Unmigrated): Promise<void> {
  await db.schema.alterTable('rules').addColumn('mode', 'text').execute();
  await db.schema.alterTable('rules').addColumn('expires_at', 'text').execute();
  await db.schema.alterTable('rules').addColumn('deployment', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await db.schema.alterTable('rule_versions').addColumn('text', 'text', (c) => c.notNull().defaultTo('')).execute();
  await db.schema.alterTable('rule_versions').addColumn('compiled', 'text').execute();
  await db.schema.alterTable('rule_versions').addColumn('checker', 'integer', (c) => c.notNull().defaultTo(0)).execute();
  await db.schema.alterTable('deployments').addColumn('mode', 'text').execute();
  await db.schema.alterTable('deployments').addColumn('totals', 'text').execute();
  await db.schema.createTable('rule_breaches')
    .addColumn('rule_id', 'text', (c) => c.notNull().references('rules.id')).addColumn('deployment', 'integer', (c) => c.notNull())
    .addColumn('agent_id', 'text', (c) => c.notNull()).addColumn('agent', 'text', (c) => c.notNull()).addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull()).addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('rule_breaches_pk', ['rule_id', 'deployment', 'agent_id']).execute();
}

/** Positions of old diagnostics meant the KQL alone; checker 0 has the text checked again at the next start. */
async function upgradeVersion(db: Unmigrated, row: OldVersion): Promise<void> {
  const document = ruleDocument.parse(JSON.parse(row.document));
  const text = printRule(document);
  const { name, kind, location, order } = document;
  const compiled = row.plan === null ? null
    : JSON.stringify({ name, kind, location, order, targets: null, bounds: defaultBounds, expiresAfterMs: null, plan: JSON.parse(row.plan) as unknown });
  const hash = createHash('sha256').update(text).digest('hex');
  await sql`update rule_versions set document = ${JSON.stringify(document)}, text = ${text}, content_hash = ${hash}, compiled = ${compiled}, diagnostics = '[]'
    where rule_id = ${row.rule_id} and version = ${row.version}`.execute(db);
}

/** Immutable by the database itself; what a checker makes of a text may be renewed. */
async function holdVersions(db: Unmigrated): Promise<void> {
  await sql`create trigger rule_versions_no_update before update of rule_id, version, document, text, content_hash, author, note, created_at on rule_versions
    begin select raise(abort, 'versions of rules never change'); end`.execute(db);
  await sql`create trigger rule_versions_no_delete before delete on rule_versions begin select raise(abort, 'versions of rules never change'); end`.execute(db);
}
