// Incidents, their timelines, what nets fired, and the fleet's rates during them.
import { sql } from 'kysely';
import type { Incident, IncidentEntry } from '../../model/index.ts';
import type { Database, IncidentEntriesTable, IncidentRatesTable, IncidentsTable } from './tables.ts';

export interface StoredIncident extends Pick<Incident, 'id' | 'number' | 'title' | 'state' | 'openedAt' | 'closedAt' | 'openedBy' | 'agents' | 'services' | 'triggers' | 'imported'> {
  /** When a net last fired into it. */
  readonly lastTriggerAt: string | null;
}
export type RatePoint = Omit<IncidentRatesTable, 'incident'>;
/** Rates of this Weir's own fleet. */
export const ownRates = '';

export class IncidentStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  async nextNumber(): Promise<number> {
    const { last } = await this.#db.selectFrom('incidents').select(({ fn }) => fn.max('number').as('last')).executeTakeFirstOrThrow();
    return (last ?? 0) + 1;
  }

  /** Inserts, or replaces all but id and number. */
  async put(incident: StoredIncident): Promise<void> {
    const { id, number, ...changing } = toRow(incident);
    await this.#db.insertInto('incidents').values({ id, number, ...changing }).onConflict((conflict) => conflict.column('id').doUpdateSet(changing)).execute();
  }

  async get(id: string): Promise<StoredIncident | null> {
    const row = await this.#db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  }

  /** Open ones first, then newest first; and how many fit in all. `q` looks in titles, agents and services, whatever the case. */
  async list(filter: { readonly state?: Incident['state'] | undefined; readonly q?: string | undefined }, limit: number): Promise<{ readonly incidents: StoredIncident[]; readonly count: number }> {
    const like = `%${(filter.q ?? '').toLowerCase().replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`;
    const where = this.#db.selectFrom('incidents').$if(filter.state !== undefined, (query) => query.where('state', '=', filter.state ?? 'open'))
      .$if(filter.q !== undefined && filter.q !== '', (query) => query.where(sql<boolean>`lower(title || ' ' || agents || ' ' || services) like ${like} escape '\\'`));
    const rows = await where.selectAll().orderBy(sql`case when state = 'open' then 0 else 1 end`).orderBy('number', 'desc').limit(limit).execute();
    const { count } = await where.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return { incidents: rows.map(fromRow), count };
  }

  /** Newest first; those that came from elsewhere take nothing in. */
  async open(): Promise<StoredIncident[]> {
    return (await this.#db.selectFrom('incidents').selectAll().where('state', '=', 'open').where('imported', 'is', null).orderBy('number', 'desc').execute()).map(fromRow);
  }

  /** Those that were brought in a bundle of that incident of another Weir, oldest first. */
  async importedFrom(id: string): Promise<StoredIncident[]> {
    return (await this.#db.selectFrom('incidents').selectAll().where(sql<boolean>`json_extract(imported, '$.was.id') = ${id}`).orderBy('number').limit(100).execute()).map(fromRow);
  }

  /** The newest open one that this rule fired into. */
  async openOfRule(rule: string): Promise<StoredIncident | null> {
    const row = await this.#db.selectFrom('incidents').selectAll().where('state', '=', 'open').where('imported', 'is', null)
      .where((eb) => eb.or([eb('rule', '=', rule), eb('id', 'in', eb.selectFrom('incident_entries').select('incident').where('kind', '=', 'trigger').where('rule', '=', rule))]))
      .orderBy('number', 'desc').limit(1).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  }

  /** Oldest first. */
  async entries(incident: string): Promise<IncidentEntry[]> {
    return this.#db.selectFrom('incident_entries').select(['id', 'at', 'kind', 'text', 'by', 'agent', 'action', 'artifact', 'rule']).where('incident', '=', incident).orderBy('at').orderBy('id').execute();
  }

  async countEntries(incident: string): Promise<number> {
    return (await this.#db.selectFrom('incident_entries').select(({ fn }) => fn.countAll<number>().as('count')).where('incident', '=', incident).executeTakeFirstOrThrow()).count;
  }

  async hasEntry(incident: string, id: string): Promise<boolean> {
    return (await this.#db.selectFrom('incident_entries').select('id').where('incident', '=', incident).where('id', '=', id).executeTakeFirst()) !== undefined;
  }

  /** Inserts, or replaces the entry of that id. */
  async putEntry(incident: string, entry: IncidentEntry): Promise<void> {
    const row: IncidentEntriesTable = { incident, ...entry };
    await this.#db.insertInto('incident_entries').values(row).onConflict((conflict) => conflict.columns(['incident', 'id']).doUpdateSet(entry)).execute();
  }

  /** The incident that a firing went into; null when it is new. */
  async firing(agentId: string, id: string): Promise<string | null> {
    return (await this.#db.selectFrom('net_firings').select('incident').where('agent_id', '=', agentId).where('id', '=', id).executeTakeFirst())?.incident ?? null;
  }
  async addFiring(agentId: string, id: string, incident: string, at: string): Promise<void> { await this.#db.insertInto('net_firings').values({ agent_id: agentId, id, incident, at }).execute(); }
  /** Firings and actions of before `at` (ISO time) that no agent keeps any more. */
  async forgetFirings(before: string): Promise<void> { await this.#db.deleteFrom('net_firings').where('at', '<', before).execute(); }

  async addAction(action: string, incident: string): Promise<void> { await this.#db.insertInto('incident_actions').values({ action, incident }).onConflict((conflict) => conflict.column('action').doNothing()).execute(); }
  async incidentOfAction(action: string): Promise<string | null> {
    return (await this.#db.selectFrom('incident_actions').select('incident').where('action', '=', action).executeTakeFirst())?.incident ?? null;
  }

  async putRates(incident: string, points: readonly RatePoint[]): Promise<void> {
    for (let i = 0; i < points.length; i += 500) {
      await this.#db.insertInto('incident_rates').values(points.slice(i, i + 500).map((point) => ({ incident, ...point })))
        .onConflict((conflict) => conflict.columns(['incident', 't']).doUpdateSet((eb) => ({ received: eb.ref('excluded.received'), sent: eb.ref('excluded.sent'), removed: eb.ref('excluded.removed') }))).execute();
    }
  }
  /** In [fromMs, toMs), oldest first. */
  async rates(incident: string, fromMs: number, toMs: number): Promise<RatePoint[]> {
    return this.#db.selectFrom('incident_rates').select(['t', 'received', 'sent', 'removed']).where('incident', '=', incident).where('t', '>=', fromMs).where('t', '<', toMs).orderBy('t').execute();
  }
  async forgetRates(beforeMs: number): Promise<void> { await this.#db.deleteFrom('incident_rates').where('incident', '=', ownRates).where('t', '<', beforeMs).execute(); }
}

const toRow = ({ openedAt, closedAt, openedBy, agents, services, imported, lastTriggerAt, ...same }: StoredIncident): IncidentsTable => ({
  ...same, opened_at: openedAt, closed_at: closedAt, opened_by: JSON.stringify(openedBy), rule: openedBy.rule, last_trigger_at: lastTriggerAt,
  agents: JSON.stringify(agents), services: JSON.stringify(services), imported: imported === null ? null : JSON.stringify(imported),
});
const fromRow = ({ id, number, title, state, triggers, opened_at: openedAt, closed_at: closedAt, opened_by: openedBy, last_trigger_at: lastTriggerAt, agents, services, imported }: IncidentsTable): StoredIncident => ({
  id, number, title, state, triggers, openedAt, closedAt, lastTriggerAt, openedBy: JSON.parse(openedBy) as Incident['openedBy'], agents: JSON.parse(agents) as string[], services: JSON.parse(services) as string[],
  imported: imported === null ? null : JSON.parse(imported) as Incident['imported'],
});
