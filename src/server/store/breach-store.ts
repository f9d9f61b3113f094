// Agents that turned a rule off because it passed a bound: once per rule, deployment and agent, also across restarts.
import type { AgentId, BreachKind, RuleId } from '../../model/index.ts';
import type { Database, RuleBreachesTable } from './tables.ts';

export interface StoredBreach {
  readonly ruleId: RuleId; readonly deployment: number; readonly agentId: AgentId;
  /** Its name at the time. */
  readonly agent: string;
  readonly kind: BreachKind; readonly reason: string; readonly at: string;
}

export class BreachStore {
  readonly #db: Database;
  constructor(db: Database) { this.#db = db; }

  /** False when this agent's breach of this deployment is known already. */
  async add(breach: StoredBreach): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db.insertInto('rule_breaches').values({
      rule_id: breach.ruleId, deployment: breach.deployment, agent_id: breach.agentId, agent: breach.agent, kind: breach.kind, reason: breach.reason, at: breach.at,
    }).onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Of the deployments that run now, newest first. */
  async current(): Promise<StoredBreach[]> {
    const rows = await this.#db.selectFrom('rule_breaches')
      .innerJoin('rules', (join) => join.onRef('rules.id', '=', 'rule_breaches.rule_id').onRef('rules.deployment', '=', 'rule_breaches.deployment'))
      .selectAll('rule_breaches').where('rules.deployed_version', 'is not', null).orderBy('rule_breaches.at', 'desc').execute();
    return rows.map(fromRow);
  }

  /** Of one rule, every deployment, from `since` (ISO time, inclusive), oldest first. */
  async ofRule(id: RuleId, since: string): Promise<StoredBreach[]> {
    const rows = await this.#db.selectFrom('rule_breaches').selectAll().where('rule_id', '=', id).where('at', '>=', since).orderBy('at').execute();
    return rows.map(fromRow);
  }
}

const fromRow = (row: RuleBreachesTable): StoredBreach =>
  ({ ruleId: row.rule_id as RuleId, deployment: row.deployment, agentId: row.agent_id as AgentId, agent: row.agent, kind: row.kind, reason: row.reason, at: row.at });
