// Probes of the fleet: of each the last report, whole, as the agent gave it. Bounded: old ones that are over go first.
import { sql } from 'kysely';
import { probeReport, type ProbeReport, type ProbeState } from '../../model/index.ts';
import type { Database, ProbesTable } from './tables.ts';

export interface StoredProbe { readonly report: ProbeReport; readonly agent: { readonly id: string; readonly name: string } }
export interface ProbeFilter { readonly state?: 'in' | 'over' | undefined; readonly agent?: string | undefined }

/** States that nothing follows. */
const over: readonly ProbeState[] = ['ended', 'refused', 'failed'];

export class ProbeStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  /** Inserts, or replaces all but the id. */
  async put({ report, agent }: StoredProbe): Promise<void> {
    const changing = { agent_id: agent.id, agent_name: agent.name, state: report.state, created_ms: report.createdUnixMs, report: JSON.stringify(report) };
    await this.#db.insertInto('probes').values({ id: report.id, ...changing }).onConflict((conflict) => conflict.column('id').doUpdateSet(changing)).execute();
  }

  async get(id: string): Promise<StoredProbe | null> {
    const row = await this.#db.selectFrom('probes').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : fromRow(row);
  }

  /** Newest first, and how many fit in all. */
  async list(filter: ProbeFilter, limit: number): Promise<{ readonly probes: StoredProbe[]; readonly count: number }> {
    const rows = await this.#where(filter).selectAll().orderBy('created_ms', 'desc').orderBy('id').limit(limit).execute();
    const { count } = await this.#where(filter).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
    return { probes: rows.map(fromRow), count };
  }

  #where({ state, agent }: ProbeFilter) {
    return this.#db.selectFrom('probes').$if(state !== undefined, (query) => query.where('state', state === 'over' ? 'in' : 'not in', over)).$if(agent !== undefined, (query) => query.where('agent_id', '=', agent ?? ''));
  }

  /** What no longer has a place among the newest `keep`; never one that is not over. */
  async trim(keep: number): Promise<void> {
    await this.#db.deleteFrom('probes').where('state', 'in', over)
      .where('id', 'in', (eb) => eb.selectFrom('probes').select('id').orderBy('created_ms', 'desc').limit(sql<number>`-1`).offset(keep)).execute();
  }
}

const fromRow = (row: ProbesTable): StoredProbe => ({ report: probeReport.parse(JSON.parse(row.report)), agent: { id: row.agent_id, name: row.agent_name } });
