// What the fleet should run: the deployed rules as one configuration, and its bytes and hash as OpAMP offers them.
import type { AgentConfig, AgentRule } from '../../model/index.ts';
import type { StoreParts } from '../store/index.ts';
import { canonicalJson } from './canonical.ts';

/** In the order in which agents run them: by `order`, then by name. */
export async function deployedConfig(parts: StoreParts): Promise<AgentConfig> {
  const rules: AgentRule[] = [];
  for (const rule of await parts.rules.list()) {
    if (rule.deployedVersion === null) continue;
    const version = await parts.rules.version(rule.id, rule.deployedVersion);
    // Deploying stored both; a rule without a plan cannot run anywhere.
    if (version === null || version.plan === null) throw new Error(`Rule ${rule.name} is deployed at version ${rule.deployedVersion}, which has no plan.`);
    rules.push({ id: rule.id, name: rule.name, version: version.version, order: version.document.order, plan: version.plan });
  }
  rules.sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  return { version: 1, revision: await configRevision(parts), rules };
}

const revisionKey = 'config.revision';

const configRevision = async (parts: StoreParts): Promise<number> => Number(await parts.settings.get(revisionKey) ?? 0);

/** The next revision; call in the transaction of the change. */
export async function raiseRevision(parts: StoreParts): Promise<number> {
  const next = await configRevision(parts) + 1;
  await parts.settings.set(revisionKey, String(next));
  return next;
}

export const configText = (config: AgentConfig): string => canonicalJson(config);
