// Does decided changes: one transaction for rules, versions, deployments and audit, with one new revision for all of them;
// then one configuration goes to the fleet.
import type { AgentConfig } from '../../model/index.ts';
import { record } from '../audit/index.ts';
import type { Actor } from '../audit/index.ts';
import type { Store, StoredRule, StoreParts } from '../store/index.ts';
import { configText, deployedConfig, raiseRevision, type TemplatesOf } from './agent-config.ts';
import type { Change } from './change.ts';

/** The fleet as rules need it. */
export interface ConfigTarget {
  publish(config: AgentConfig): void;
  /** What a deployed rule has done by now; null when unknown. */
  totalsOf(rule: StoredRule): unknown;
  readonly templatesOf: TemplatesOf;
}

/** The rules as they are afterwards, in the order of the changes. `at` is ISO 8601 in UTC. */
export async function commit(store: Store, target: ConfigTarget, changes: readonly Change[], actor: Actor, at: string): Promise<StoredRule[]> {
  if (changes.length === 0) return [];
  const moves = changes.some(({ action }) => action !== null);
  const { rules, config } = await store.transaction(async (parts) => {
    const revision = moves ? await raiseRevision(parts) : 0;
    const done: StoredRule[] = [];
    for (const change of changes) done.push(await apply(parts, change, { actor, at, revision, totals: target.totalsOf(change.after) }));
    return { rules: done, config: moves ? within(await deployedConfig(parts, target.templatesOf)) : null };
  });
  if (config !== null) target.publish(config);
  return rules;
}

/** Agents take messages of at most 32 MiB, and say the configuration back. */
const maxConfigLength = 12 * 1024 * 1024;

/** The rules of the whole fleet would be more than an agent takes; nothing was stored. */
export class FleetTooLarge extends Error {}

function within(config: AgentConfig): AgentConfig {
  const { length } = configText(config);
  if (length > maxConfigLength) throw new FleetTooLarge(`All deployed rules together would be ${(length / 1024 / 1024).toFixed(1)} MiB for each agent; ${maxConfigLength / 1024 / 1024} MiB are the limit, so nothing was deployed.`);
  return config;
}

interface Moment { readonly actor: Actor; readonly at: string; readonly revision: number; readonly totals: unknown }

async function apply(parts: StoreParts, change: Change, moment: Moment): Promise<StoredRule> {
  const { action, newVersion, renewed, goesOn = false } = change;
  const after = action === 'deploy' && !goesOn ? { ...change.after, deployment: moment.revision } : change.after;
  await parts.rules.put(after);
  if (newVersion !== undefined) await parts.rules.addVersion(newVersion);
  if (renewed !== undefined) await parts.rules.renewCheck(after.id, renewed.version, renewed);
  if (action !== null) await addDeployment(parts, after, action, moment);
  if (change.deleted === true) await parts.rules.markDeleted(after.id, moment.at);
  for (const { more, ...deed } of change.audit)
    await record(parts, moment.actor, moment.at, { ...deed, subject: `rule:${after.id}`, more: { name: after.name, ...more, ...(action !== null && { revision: moment.revision }) } });
  return after;
}

async function addDeployment(parts: StoreParts, rule: StoredRule, action: NonNullable<Change['action']>, { actor, at, revision, totals }: Moment): Promise<void> {
  await parts.rules.addDeployment({
    ruleId: rule.id, ruleName: rule.name, action, version: rule.deployedVersion, revision, author: actor.user, at,
    mode: action === 'deploy' ? rule.mode : null, totals: action === 'deploy' ? null : totals,
  });
}
