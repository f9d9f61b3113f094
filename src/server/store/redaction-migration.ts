// Migration 0006: the redaction audit, as aggregates over time. No table has a place for a value.
import type { Kysely } from 'kysely';

// Kysely types a migration's database as `any`, for the schema is not known before it ran.
type Unmigrated = Kysely<never>;

const texts: Readonly<Record<string, readonly string[]>> = {
  redaction_sources: ['id', 'service', 'durable_id', 'source', 'signal', 'place', 'key', 'detector', 'context'], redaction_ways: ['kind', 'rule_id', 'name', 'action'], redaction_counts: [],
  redaction_flows: ['service'], redaction_totals: ['totals'], redaction_stands: ['stand'], redaction_periods: ['period'], redaction_fingerprints: ['period', 'fingerprint'], redaction_agents: ['seen'],
};
const integers: Readonly<Record<string, readonly string[]>> = {
  redaction_sources: ['no'], redaction_ways: ['no', 'version'], redaction_counts: ['width', 'source', 'agent', 'way'], redaction_flows: ['width'], redaction_totals: ['width'],
  redaction_stands: ['source', 'agent'], redaction_periods: ['source', 'folded'], redaction_fingerprints: ['source'], redaction_agents: ['agent'],
};
const doubles: Readonly<Record<string, readonly string[]>> = {
  redaction_sources: ['first_ms', 'last_ms'], redaction_counts: ['t', 'count', 'records'], redaction_flows: ['t', 'bytes', 'covered_bytes', 'records', 'covered_records'], redaction_totals: ['t'],
  redaction_periods: ['first_ms', 'last_ms', 'more_ms'], redaction_fingerprints: ['last_ms'],
};
const keys: Readonly<Record<string, readonly string[]>> = {
  redaction_sources: ['no'], redaction_ways: ['no'], redaction_counts: ['width', 't', 'source', 'agent', 'way'], redaction_flows: ['width', 't', 'service'], redaction_totals: ['width', 't'],
  redaction_stands: ['source', 'agent'], redaction_periods: ['source', 'period'], redaction_fingerprints: ['source', 'period', 'fingerprint'], redaction_agents: ['agent'],
};

export async function addRedaction(db: Unmigrated): Promise<void> {
  for (const [table, key] of Object.entries(keys)) {
    let create = db.schema.createTable(table);
    for (const [type, columns] of [['integer', integers[table]], ['text', texts[table]], ['double precision', doubles[table]]] as const)
      for (const column of columns ?? []) create = create.addColumn(column, type, (c) => c.notNull());
    await create.addPrimaryKeyConstraint(`${table}_pk`, key as never).execute();
  }
}
