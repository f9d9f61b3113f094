// The tables as Kysely sees them. Times are ISO 8601 in UTC; documents, plans and details are JSON text, so that the same
// schema serves SQLite and PostgreSQL.
import type { Generated, Kysely } from 'kysely';
import type { ActionState, BreachKind, IncidentEntry, RuleMode, ProbeState } from '../../model/index.ts';

export interface RulesTable {
  id: string; name: string; state: 'draft' | 'deployed' | 'disabled'; latest_version: number; deployed_version: number | null;
  created_at: string; updated_at: string; deployed_at: string | null;
  /** Of the deployed version; null when none is. */
  mode: RuleMode | null; expires_at: string | null;
  /** The revision at which the rule was last deployed; 0: never. */
  deployment: number;
  /** A deleted rule keeps its row and versions for the audit; its name is free again. */
  deleted_at: string | null;
}
/** Immutable, held by triggers: rows are inserted, never updated or deleted, but for what the checker made of the text
 *  (`compiled`, `diagnostics`, `checker`), which is renewed when its format changes. */
export interface RuleVersionsTable {
  rule_id: string; version: number; document: string;
  /** YAML as it was written; the document and the hash follow from it. */
  text: string; content_hash: string;
  /** JSON of rules/ CompiledRule; null when the text has errors. */
  compiled: string | null; diagnostics: string;
  /** The format that `compiled` and `diagnostics` have; 0: made before checkers were numbered. */
  checker: number;
  author: string; note: string; created_at: string;
}
export interface DeploymentsTable {
  id: Generated<number>; rule_id: string; rule_name: string; action: 'deploy' | 'disable' | 'delete' | 'expire'; version: number | null; revision: number; author: string; at: string;
  /** Of a deployment; null for an end. */
  mode: RuleMode | null;
  /** Of an end: JSON of what the rule had done by then (fleet/ RuleTotals); null for a deployment. */
  totals: string | null;
}
/** One row per rule, deployment and agent: the agent turned the rule off because it passed a bound. */
export interface RuleBreachesTable { rule_id: string; deployment: number; agent_id: string; agent: string; kind: BreachKind; reason: string; at: string }
interface AgentsTable {
  id: string; ordinal: number; kind: 'weir' | 'opamp'; first_seen_at: string; last_seen_at: string;
  /** JSON of what the agent last said about itself (fleet/agent-report.ts). */
  report: string;
}
export interface AuditEntriesTable { id: number; at: string; actor: string; action: string; subject: string; detail: string; prev_hash: string; hash: string }
interface SettingsTable { key: string; value: string }

/** The redaction audit: aggregates only. Times are Unix milliseconds, counts may pass 2^31; both are doubles for that. */
interface RedactionSourcesTable {
  no: number; id: string; service: string; durable_id: string; source: string; signal: string; place: string; key: string; detector: string; context: string; first_ms: number; last_ms: number;
}
/** A rule with version and action, or an exporter. */
interface RedactionWaysTable { no: number; kind: 'rule' | 'exporter'; rule_id: string; name: string; version: number; action: string }
interface RedactionCountsTable { width: number; t: number; source: number; agent: number; way: number; count: number; records: number }
interface RedactionFlowsTable { width: number; t: number; service: string; bytes: number; covered_bytes: number; records: number; covered_records: number }
/** JSON: what was scanned, what overflowed, what was refused. */
interface RedactionTotalsTable { width: number; t: number; totals: string }
/** JSON: how a source stands on an agent. */
interface RedactionStandsTable { source: number; agent: number; stand: string }
interface RedactionPeriodsTable { source: number; period: string; folded: number; first_ms: number; last_ms: number; more_ms: number }
/** First 64 bits of a keyed hash; useless without the key of its period. */
interface RedactionFingerprintsTable { source: number; period: string; fingerprint: string; last_ms: number }
/** JSON: what an agent scanned, and which rules it applied. */
interface RedactionAgentsTable { agent: number; seen: string }

/** The file is known by its hash; `meta` is JSON of ArtifactMeta, the columns beside it are for looking things up. */
export interface ArtifactsTable {
  id: string; sha256: string; bytes: number; kind: string; name: string; created_ms: number; action: string | null; incident: string | null;
  agent_id: string | null; agent_name: string | null; brought_by: string | null; state: 'uploading' | 'stored' | 'damaged' | 'lost';
  begun_at: string; stored_at: string | null; verified_at: string | null; pinned: number; downloads: number; meta: string;
}
/** `report` is JSON of ActionReport. */
export interface ActionRunsTable { id: string; agent_id: string; agent_name: string; state: ActionState; incident: string | null; reason: string; requested_ms: number; report: string }
/** `report` is JSON of ProbeReport. */
export interface ProbesTable { id: string; agent_id: string; agent_name: string; state: ProbeState; created_ms: number; report: string }
/** `body` is JSON of whatever the kind is. */
export interface DocumentsTable { kind: string; id: string; name: string; updated_at: string; body: string }
interface EventsTable { key: string; last_ms: number; body: string }
interface EventDriftTable { id: string; at_ms: number; body: string }
interface EventReadsTable { key: string; at_ms: number }
interface MinedNamesTable { former: string; current: string; at_ms: number }
interface TemplatesTable { key: string; body: string }
/** `body`: what was sent in the stretch that begins at `at_ms`, by service and signal. */
interface CostBucketsTable { width_ms: number; at_ms: number; body: string }
export interface IncidentsTable {
  id: string; number: number; title: string; state: 'open' | 'closed'; opened_at: string; closed_at: string | null; opened_by: string; rule: string | null;
  last_trigger_at: string | null; triggers: number; agents: string; services: string; imported: string | null;
}
export interface IncidentEntriesTable extends IncidentEntry { incident: string }
interface NetFiringsTable { agent_id: string; id: string; incident: string; at: string }
interface IncidentActionsTable { action: string; incident: string }
/** Records a second in the bucket that begins at `t`, Unix milliseconds. */
export interface IncidentRatesTable { incident: string; t: number; received: number; sent: number; removed: number }

export interface Tables {
  artifacts: ArtifactsTable; action_runs: ActionRunsTable; incidents: IncidentsTable; incident_entries: IncidentEntriesTable; net_firings: NetFiringsTable; incident_actions: IncidentActionsTable; incident_rates: IncidentRatesTable; probes: ProbesTable; documents: DocumentsTable;
  events: EventsTable; event_drift: EventDriftTable; event_reads: EventReadsTable; mined_names: MinedNamesTable; templates: TemplatesTable; cost_buckets: CostBucketsTable;
  rules: RulesTable; rule_versions: RuleVersionsTable; deployments: DeploymentsTable; rule_breaches: RuleBreachesTable;
  agents: AgentsTable; audit_entries: AuditEntriesTable; settings: SettingsTable;
  redaction_sources: RedactionSourcesTable; redaction_ways: RedactionWaysTable; redaction_counts: RedactionCountsTable; redaction_flows: RedactionFlowsTable; redaction_totals: RedactionTotalsTable;
  redaction_stands: RedactionStandsTable; redaction_periods: RedactionPeriodsTable; redaction_fingerprints: RedactionFingerprintsTable; redaction_agents: RedactionAgentsTable;
}
export type Database = Kysely<Tables>;
