// Rules, their immutable versions and the history of their deployments.
import type { Selectable } from 'kysely';
import type { RuleDocument, RuleId, RuleMode } from '../../model/index.ts';
import type { CompiledRule, RuleProblem } from '../../rules/index.ts';
import type { Database, DeploymentsTable, RulesTable } from './tables.ts';
import type { RuleChanges } from './rule-changes.ts';
import { checkToRow, type VersionRows } from './version-rows.ts';

export interface StoredRule {
  readonly id: RuleId; readonly name: string; readonly state: RulesTable['state']; readonly latestVersion: number; readonly deployedVersion: number | null;
  readonly createdAt: string; readonly updatedAt: string; readonly deployedAt: string | null;
  /** Of the deployed version; null when none is, or when it never ends. */
  readonly mode: RuleMode | null; readonly expiresAt: string | null;
  /** The configuration revision at which the rule was last deployed; 0: never. */
  readonly deployment: number;
}
/** What the checker made of a version's text. Problems are placed in the text. */
export interface StoredCheck { readonly compiled: CompiledRule | null; readonly diagnostics: readonly RuleProblem[]; readonly checker: number }
export interface StoredVersion extends StoredCheck {
  readonly ruleId: RuleId; readonly version: number; readonly document: RuleDocument; readonly text: string;
  readonly contentHash: string; readonly author: string; readonly note: string; readonly createdAt: string;
}
export interface StoredDeployment {
  readonly ruleId: RuleId; readonly ruleName: string; readonly action: DeploymentsTable['action']; readonly version: number | null; readonly revision: number;
  readonly author: string; readonly at: string;
  /** Of a deployment; null for an end. */
  readonly mode: RuleMode | null;
  /** Of an end: what the rule had done; null for a deployment. */
  readonly totals: unknown;
}

export class RuleStore {
  readonly #db: Database;
  readonly #versions: VersionRows;
  readonly #changes: RuleChanges;
  constructor(db: Database, versions: VersionRows, changes: RuleChanges) {
    this.#db = db;
    this.#versions = versions;
    this.#changes = changes;
  }

  /** Grows with everything that is written about rules, in transactions under way, too: what was read at another stamp may be old. */
  get stamp(): number { return this.#changes.stamp; }
  /** Rules that were written after that stamp, deleted ones too. */
  changedSince(stamp: number): readonly RuleId[] { return this.#changes.since(stamp); }

  /** Rules that are not deleted, by name. */
  async list(): Promise<StoredRule[]> {
    return (await this.#db.selectFrom('rules').selectAll().where('deleted_at', 'is', null).orderBy('name').execute()).map(ruleFromRow);
  }

  async get(id: string): Promise<StoredRule | null> {
    const row = await this.#db.selectFrom('rules').selectAll().where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst();
    return row === undefined ? null : ruleFromRow(row);
  }

  async findByName(name: string): Promise<StoredRule | null> {
    const row = await this.#db.selectFrom('rules').selectAll().where('name', '=', name).where('deleted_at', 'is', null).executeTakeFirst();
    return row === undefined ? null : ruleFromRow(row);
  }

  /** Inserts, or replaces everything but the id and the time of creation. */
  async put(rule: StoredRule): Promise<void> {
    this.#changes.note(rule.id);
    const changing = {
      name: rule.name, state: rule.state, latest_version: rule.latestVersion, deployed_version: rule.deployedVersion,
      updated_at: rule.updatedAt, deployed_at: rule.deployedAt, mode: rule.mode, expires_at: rule.expiresAt, deployment: rule.deployment,
    };
    await this.#db.insertInto('rules').values({ id: rule.id, created_at: rule.createdAt, deleted_at: null, ...changing })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(changing)).execute();
  }

  /** The rule leaves every list and its name is free; its versions and deployments stay. */
  async markDeleted(id: RuleId, at: string): Promise<void> {
    this.#changes.note(id);
    await this.#db.updateTable('rules').set({ deleted_at: at, state: 'disabled', deployed_version: null, mode: null, expires_at: null, updated_at: at }).where('id', '=', id).execute();
  }

  /** Throws when the version exists already: versions never change. */
  async addVersion(version: StoredVersion): Promise<void> {
    this.#changes.note(version.ruleId);
    await this.#db.insertInto('rule_versions').values({
      rule_id: version.ruleId, version: version.version, document: JSON.stringify(version.document), text: version.text, content_hash: version.contentHash,
      ...checkToRow(version), author: version.author, note: version.note, created_at: version.createdAt,
    }).execute();
  }

  /** What the checker makes of the same text may change with the checker; the text never does. */
  async renewCheck(id: RuleId, version: number, check: StoredCheck): Promise<void> {
    this.#changes.note(id);
    await this.#db.updateTable('rule_versions').set(checkToRow(check)).where('rule_id', '=', id).where('version', '=', version).execute();
  }

  /** Newest first. */
  async versions(id: RuleId): Promise<StoredVersion[]> {
    return (await this.#db.selectFrom('rule_versions').selectAll().where('rule_id', '=', id).orderBy('version', 'desc').execute()).map((row) => this.#versions.read(row));
  }

  async version(id: RuleId, version: number): Promise<StoredVersion | null> {
    const row = await this.#db.selectFrom('rule_versions').selectAll().where('rule_id', '=', id).where('version', '=', version).executeTakeFirst();
    return row === undefined ? null : this.#versions.read(row);
  }

  /** The latest version of every living rule, by rule id. */
  latestVersions(): Promise<ReadonlyMap<RuleId, StoredVersion>> { return this.#versionsBy('rules.latest_version'); }
  /** The deployed version of every deployed rule, by rule id. */
  deployedVersions(): Promise<ReadonlyMap<RuleId, StoredVersion>> { return this.#versionsBy('rules.deployed_version'); }

  async #versionsBy(column: 'rules.latest_version' | 'rules.deployed_version'): Promise<ReadonlyMap<RuleId, StoredVersion>> {
    const rows = await this.#db.selectFrom('rule_versions').innerJoin('rules', (join) => join.onRef('rules.id', '=', 'rule_versions.rule_id').onRef(column, '=', 'rule_versions.version'))
      .selectAll('rule_versions').where('rules.deleted_at', 'is', null).execute();
    return new Map(rows.map((row) => [row.rule_id as RuleId, this.#versions.read(row)]));
  }

  /** Versions of living rules whose stored check has another format. */
  async checkedBefore(checker: number): Promise<StoredVersion[]> {
    const rows = await this.#db.selectFrom('rule_versions').innerJoin('rules', 'rules.id', 'rule_versions.rule_id')
      .selectAll('rule_versions').where('rules.deleted_at', 'is', null).where('rule_versions.checker', '!=', checker).execute();
    return rows.map((row) => this.#versions.read(row));
  }

  /** The newest deployment of every rule that has one, by rule id. */
  lastDeployments(of?: RuleId): Promise<ReadonlyMap<RuleId, StoredDeployment>> { return this.#newest(['deploy'], of); }
  /** The newest end (disabled, expired) of every rule that has one, by rule id. */
  lastEnds(of?: RuleId): Promise<ReadonlyMap<RuleId, StoredDeployment>> { return this.#newest(['disable', 'expire'], of); }

  /** Of all rules, or of one. */
  async #newest(actions: readonly DeploymentsTable['action'][], of: RuleId | undefined): Promise<ReadonlyMap<RuleId, StoredDeployment>> {
    const newest = this.#db.selectFrom('deployments').select(({ fn }) => fn.max('id').as('id')).where('action', 'in', actions).$if(of !== undefined, (query) => query.where('rule_id', '=', of ?? '')).groupBy('rule_id');
    const rows = await this.#db.selectFrom('deployments').selectAll().where('id', 'in', newest).execute();
    return new Map(rows.map((row) => [row.rule_id as RuleId, deploymentFromRow(row)]));
  }

  async addDeployment(deployment: StoredDeployment): Promise<void> {
    this.#changes.note(deployment.ruleId);
    await this.#db.insertInto('deployments').values({
      rule_id: deployment.ruleId, rule_name: deployment.ruleName, action: deployment.action, version: deployment.version, revision: deployment.revision,
      author: deployment.author, at: deployment.at,
      mode: deployment.mode, totals: deployment.totals === null ? null : JSON.stringify(deployment.totals),
    }).execute();
  }

  /** Oldest first, from `since` (ISO time, inclusive). */
  async deploymentsSince(since: string): Promise<StoredDeployment[]> {
    return (await this.#db.selectFrom('deployments').selectAll().where('at', '>=', since).orderBy('id').execute()).map(deploymentFromRow);
  }
}

const ruleFromRow = (row: Selectable<RulesTable>): StoredRule => ({
  id: row.id as RuleId, name: row.name, state: row.state, latestVersion: row.latest_version, deployedVersion: row.deployed_version,
  createdAt: row.created_at, updatedAt: row.updated_at, deployedAt: row.deployed_at, mode: row.mode, expiresAt: row.expires_at, deployment: row.deployment,
});
const deploymentFromRow = (row: Selectable<DeploymentsTable>): StoredDeployment => ({
  ruleId: row.rule_id as RuleId, ruleName: row.rule_name, action: row.action, version: row.version, revision: row.revision,
  author: row.author, at: row.at, mode: row.mode, totals: row.totals === null ? null : JSON.parse(row.totals) as unknown,
});
