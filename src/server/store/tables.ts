// The tables as Kysely sees them. Times are ISO 8601 in UTC; documents, plans and details are JSON text, so that the same
// schema serves SQLite and PostgreSQL.
import type { Generated, Kysely } from 'kysely';

export interface RulesTable {
  id: string; name: string; state: 'draft' | 'deployed' | 'disabled'; latest_version: number; deployed_version: number | null;
  created_at: string; updated_at: string; deployed_at: string | null;
  /** A deleted rule keeps its row and versions for the audit; its name is free again. */
  deleted_at: string | null;
}
/** Immutable: rows are inserted, never updated. `plan` alone may be renewed when the Plan format changes. */
export interface RuleVersionsTable {
  rule_id: string; version: number; document: string; plan: string | null; diagnostics: string; content_hash: string; author: string; note: string; created_at: string;
}
export interface DeploymentsTable {
  id: Generated<number>; rule_id: string; rule_name: string; action: 'deploy' | 'disable' | 'delete'; version: number | null; revision: number; author: string; at: string;
  /** Fleet-wide records a second that left the rules just before; null when nothing had been measured. */
  out_before_per_second: number | null;
}
interface AgentsTable {
  id: string; ordinal: number; kind: 'weir' | 'opamp'; first_seen_at: string; last_seen_at: string;
  /** JSON of what the agent last said about itself (fleet/agent-report.ts). */
  report: string;
}
export interface AuditEntriesTable { id: number; at: string; actor: string; action: string; subject: string; detail: string; prev_hash: string; hash: string }
interface SettingsTable { key: string; value: string }

export interface Tables {
  rules: RulesTable; rule_versions: RuleVersionsTable; deployments: DeploymentsTable;
  agents: AgentsTable; audit_entries: AuditEntriesTable; settings: SettingsTable;
}
export type Database = Kysely<Tables>;
