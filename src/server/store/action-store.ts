// Action runs: of each the last report, whole, as the agent gave it. Bounded: old ones that are over go first.
import { sql } from 'kysely';
import { actionReport, type ActionReport, type ActionState } from '../../model/index.ts';
import type { ActionRunsTable, Database } from './tables.ts';

export interface StoredRun { readonly report: ActionReport; readonly agent: { readonly id: string; readonly name: string }; readonly reason: string }
export interface RunFilter { readonly state?: ActionState | undefined; readonly agent?: string | undefined; readonly incident?: string | undefined }
export interface RunCount { readonly incident: string; readonly state: ActionState; readonly count: number }

/** States that nothing follows. */
const over: readonly ActionState[] = ['done', 'failed', 'cancelled', 'refused'];

export class ActionStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  /** Inserts, or replaces all but the id. */
  async put({ report, agent, reason }: StoredRun): Promise<void> {
    const changing = { agent_id: agent.id, agent_name: agent.name, state: report.state, incident: report.incident, reason, requested_ms: report.requestedUnixMs, report: JSON.stringify(report) };
    await this.#db.insertInto('action_runs').values({ id: report.id, ...changing }).onConflict((conflict) => conflict.column('id').doUpdateSet(changing)).execute();
  }

  async get(id: string): Promise<StoredRun | null> {
    const row = await this.#db.selectFrom('action_runs').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  }

  /** Newest first, and how many fit in all. */
  async list(filter: RunFilter, limit: number): Promise<{ readonly runs: StoredRun[]; readonly count: number }> {
    const rows = await this.#where(filter).selectAll().orderBy('requested_ms', 'desc').orderBy('id').limit(limit).execute();
    const { count } = await this.#where(filter).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return { runs: rows.map(fromRow), count };
  }

  #where({ state, agent, incident }: RunFilter) {
    return this.#db.selectFrom('action_runs').$if(state !== undefined, (query) => query.where('state', '=', state ?? 'done'))
      .$if(agent !== undefined, (query) => query.where('agent_id', '=', agent ?? '')).$if(incident !== undefined, (query) => query.where('incident', '=', incident ?? ''));
  }

  /** Those that are not over. */
  async unfinished(): Promise<StoredRun[]> { return (await this.#db.selectFrom('action_runs').selectAll().where('state', 'not in', over).orderBy('requested_ms').execute()).map(fromRow); }

  async countsOf(incidents: readonly string[]): Promise<RunCount[]> {
    if (incidents.length === 0) return [];
    const rows = await this.#db.selectFrom('action_runs').select(({ fn }) => ['incident', 'state', fn.countAll<number>().as('count')]).where('incident', 'in', incidents).groupBy(['incident', 'state']).execute();
    return rows.map(({ incident, state, count }) => ({ incident: incident ?? '', state, count }));
  }

  /** What no longer has a place among the newest `keep`; never one that is not over. */
  async trim(keep: number): Promise<void> {
    await this.#db.deleteFrom('action_runs').where('state', 'in', over)
      .where('id', 'in', (eb) => eb.selectFrom('action_runs').select('id').orderBy('requested_ms', 'desc').limit(sql<number>`-1`).offset(keep)).execute();
  }
}

const fromRow = (row: ActionRunsTable): StoredRun =>
  ({ report: actionReport.parse(JSON.parse(row.report)), agent: { id: row.agent_id, name: row.agent_name }, reason: row.reason });
