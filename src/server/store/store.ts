// The store as the rest of the BFF sees it, and the embedded SQLite that implements it.
import { Kysely, SqliteDialect } from 'kysely';
import { ActionStore } from './action-store.ts';
import { AgentStore } from './agent-store.ts';
import { ArtifactStore } from './artifact-store.ts';
import { AuditStore } from './audit-store.ts';
import { BreachStore } from './breach-store.ts';
import { DocumentStore, type DocumentWrites } from './document-store.ts';
import { EventStore } from './event-store.ts';
import { IncidentStore } from './incident-store.ts';
import { migrate } from './migrations.ts';
import { openNodeSqlite } from './node-sqlite.ts';
import { ProbeStore } from './probe-store.ts';
import { RedactionStore } from './redaction-store.ts';
import { RuleChanges } from './rule-changes.ts';
import { RuleStore } from './rule-store.ts';
import { SettingsStore } from './settings-store.ts';
import type { Database, Tables } from './tables.ts';
import { VersionRows } from './version-rows.ts';

export interface StoreParts { readonly rules: RuleStore; readonly agents: AgentStore; readonly audit: AuditStore; readonly breaches: BreachStore; readonly settings: SettingsStore; readonly redaction: RedactionStore; readonly artifacts: ArtifactStore; readonly actions: ActionStore; readonly incidents: IncidentStore; readonly probes: ProbeStore; readonly documents: DocumentStore; readonly events: EventStore }

export interface Store extends StoreParts {
  /** All or nothing. Inside `work` use the parts it is given, never the store itself: there is one connection. */
  transaction<T>(work: (parts: StoreParts) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Opens and migrates. `path` is a file in a directory that exists, or ':memory:'. */
export async function openStore(path: string): Promise<Store> {
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openNodeSqlite(path) }) });
  try {
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  const [versions, changes, writes] = [new VersionRows(), new RuleChanges(), { stamp: 0 }];
  return {
    ...partsOf(database, versions, changes, writes),
    transaction: (work) => database.transaction().execute((transaction) => work(partsOf(transaction, versions, changes, writes))),
    close: () => database.destroy(),
  };
}

const partsOf = (db: Database, versions: VersionRows, changes: RuleChanges, writes: DocumentWrites): StoreParts =>
  ({ rules: new RuleStore(db, versions, changes), agents: new AgentStore(db), audit: new AuditStore(db), breaches: new BreachStore(db), settings: new SettingsStore(db), redaction: new RedactionStore(db), artifacts: new ArtifactStore(db), actions: new ActionStore(db), incidents: new IncidentStore(db), probes: new ProbeStore(db), documents: new DocumentStore(db, writes), events: new EventStore(db) });
