// What the fleet should run: the deployed rules as one configuration, and its bytes and hash as OpAMP offers them.
import { meaningsOf, namedIds, namesUsed, resolveNames, type Plan } from '../../kql/index.ts';
import type { TemplateBook } from '../../mining/index.ts';
import type { AgentConfig, AgentRule, NameBook } from '../../model/index.ts';
import { storedNames } from '../durability/index.ts';
import { definedRecorders } from '../recorders/index.ts';
import type { StoredRule, StoredVersion, StoreParts } from '../store/index.ts';
import { canonicalJson, sha256 } from './canonical.ts';

/** Of what the fleet knows of templates, that by which lines get these ids. */
export type TemplatesOf = (ids: readonly string[]) => TemplateBook;

/** By `order`, then by id, as agents run them (redaction goes before all others there). Every agent gets every rule: `targets` are decided by records.
 *  Names that survive renames are written out as what they mean now, and redact rules take along the templates that they name. */
export async function deployedConfig(parts: StoreParts, templatesOf: TemplatesOf): Promise<AgentConfig> {
  const book = await storedNames(parts);
  const versions = await parts.rules.deployedVersions();
  const rules = (await parts.rules.list()).flatMap((rule) => {
    const version = versions.get(rule.id);
    return version === undefined ? [] : [withTemplates(withNames(agentRule(rule, version), book), templatesOf)];
  });
  rules.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  const recorders = await definedRecorders(parts);
  return { version: 1, revision: await configRevision(parts), rules, ...(recorders.length > 0 && { recorders: resolveNames(recorders, book) }) };
}

/** The digest is of what the names mean, so that agents know the same rule by other names. */
function withNames(rule: AgentRule, book: NameBook): AgentRule {
  const { events, fields } = namesUsed(rule);
  if (events.length === 0 && fields.length === 0) return rule;
  const meant = { events: events.map((name) => [name, meaningsOf(book.events, name)]), fields: fields.map((name) => [name, meaningsOf(book.fields, name)]) };
  return { ...resolveNames(rule, book), names: sha256(canonicalJson(meant)).slice(0, 16) };
}

/** An agent must know them before the first record comes. */
function withTemplates(rule: AgentRule, templatesOf: TemplatesOf): AgentRule {
  const plan = rule.plan as Plan | null;
  const mined = plan?.sink?.sink === 'redact' ? namedIds(plan)?.mined ?? [] : [];
  const templates = mined.length === 0 ? null : templatesOf(mined);
  return templates === null || templates.templates.length === 0 ? rule : { ...rule, templates };
}

function agentRule(rule: StoredRule, { version, compiled }: StoredVersion): AgentRule {
  // Deploying stored what the agents run; a rule without any of it cannot run anywhere.
  if (compiled === null) throw new Error(`Rule ${rule.name} is deployed at version ${version}, which has nothing that agents run.`);
  return {
    id: rule.id, name: rule.name, version, order: compiled.order, ...(compiled.location === 'in-process' && { location: compiled.location }),
    plan: compiled.kind === 'query' ? compiled.plan : null, policy: compiled.kind === 'redaction-policy' ? compiled.policy : null,
    ...(compiled.kind === 'language' && { language: compiled.language }), ...(compiled.kind === 'state-machine' && { machine: compiled.machine }), targets: compiled.targets, bounds: compiled.bounds,
    mode: rule.mode ?? 'live', expiresAtUnixMs: rule.expiresAt === null ? null : Date.parse(rule.expiresAt), deployment: rule.deployment,
  };
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
