// What is remembered of agents across restarts of the BFF.
import type { AgentId } from '../../model/index.ts';
import type { Database } from './tables.ts';

export interface StoredAgent {
  readonly id: AgentId; readonly ordinal: number; readonly kind: 'weir' | 'opamp';
  readonly firstSeenAt: string; readonly lastSeenAt: string; readonly report: unknown;
}

export class AgentStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  async list(): Promise<StoredAgent[]> {
    const rows = await this.#db.selectFrom('agents').selectAll().orderBy('ordinal').execute();
    return rows.map((row) => ({
      id: row.id as AgentId, ordinal: row.ordinal, kind: row.kind,
      firstSeenAt: row.first_seen_at, lastSeenAt: row.last_seen_at, report: JSON.parse(row.report) as unknown,
    }));
  }

  /** Inserts or updates; an agent's ordinal and first sight never change. */
  async put(agent: StoredAgent): Promise<void> {
    const changing = { kind: agent.kind, last_seen_at: agent.lastSeenAt, report: JSON.stringify(agent.report) };
    await this.#db.insertInto('agents')
      .values({ id: agent.id, ordinal: agent.ordinal, first_seen_at: agent.firstSeenAt, ...changing })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changing)).execute();
  }
}
