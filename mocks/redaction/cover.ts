// Which rule hides a secret on which agent since when. Read from the rules that are deployed in the mock now.
import type { RedactionAction, RedactionPolicy, RuleDocument } from '../../src/model/index.ts';
import type { MockBackend } from '../backend.ts';
import type { DeployedRule } from '../rules-store.ts';
import type { ShopSecret } from './shop-secrets.ts';

/** How long after the deployment the first record was hidden there. The agent that is away has not got it. */
const delaysMs: Readonly<Record<string, number>> = { 'shop-1': 6_204, 'shop-2': 19_031 };

export interface Cover { readonly rule: { readonly id: string; readonly name: string; readonly version: number; readonly action: RedactionAction }; readonly sinceMs: number; /** When it was taken off, and by whom; null: it runs. */ readonly ended: { readonly ms: number; readonly by: string } | null }

/** The first live rule that hides it; else the one that did and was taken off last; null: nothing ever did. */
export function coverOf(backend: MockBackend, secret: ShopSecret): Cover | null {
  const { formerly } = secret;
  if (formerly !== undefined) return { rule: { id: 'rule-gone', name: formerly.rule, version: 2, action: 'mask' }, sinceMs: backend.startedMs - secret.sinceMinutes * 60_000 - 30_000, ended: { ms: backend.startedMs - formerly.endedMinutes * 60_000, by: formerly.by } };
  for (const rule of backend.store.deployedRules()) {
    const action = rule.mode === 'live' ? actionOf(rule.document, secret) : null;
    if (action !== null && action !== 'ignore') return { rule: { id: rule.id, name: rule.document.name, version: rule.version, action }, sinceMs: firstDeployed(backend, rule), ended: null };
  }
  return endedCover(backend, secret);
}

function endedCover(backend: MockBackend, secret: ShopSecret): Cover | null {
  const covers = [...backend.store.rules.values()].flatMap((rule): readonly Cover[] => {
    const { ended, deployedVersion, id, marks, versions } = rule;
    const document = versions.find(({ version }) => version === ended?.version)?.document;
    const action = ended === null || deployedVersion !== null || ended.mode !== 'live' || document === undefined ? null : actionOf(document, secret);
    if (ended === null || document === undefined || action === null || action === 'ignore') return [];
    return [{ rule: { id, name: document.name, version: ended.version, action }, sinceMs: marks.find(({ kind }) => kind === 'deploy')?.t ?? 0, ended: { ms: Date.parse(ended.at), by: ended.by } }];
  });
  return covers.toSorted((a, b) => b.ended!.ms - a.ended!.ms)[0] ?? null;
}

/** Nothing hides it now. */
export const isBare = (cover: Cover | null): boolean => cover === null || cover.ended !== null;

/** Null: it never stopped there. */
export function stoppedMs(cover: Cover | null, agent: string): number | null {
  const delay = delaysMs[agent];
  return cover === null || delay === undefined ? null : cover.sinceMs + delay;
}

/** A new version of a rule goes on where the one before it was. */
const firstDeployed = (backend: MockBackend, rule: DeployedRule): number => backend.store.rules.get(rule.id)?.marks.find(({ kind }) => kind === 'deploy')?.t ?? rule.sinceMs;

function actionOf(document: RuleDocument, secret: ShopSecret): RedactionAction | null {
  if (document.kind === 'redaction-policy') return targeted(document.targets, secret) ? policyAction(document, secret) : null;
  if (document.kind !== 'query') return null;
  const [, detectors, mode] = /invoke redact\("([^"]*)"(?:,\s*"(\w+)")?/.exec(document.kql) ?? [];
  if (detectors === undefined || !fits(detectors.split(/,\s*/), secret.detector)) return null;
  const named = [...document.kql.matchAll(/(?:ServiceName|DurableId|EventName|Name) == "([^"]*)"/g)].map(([, name]) => name);
  return named.every(name => name === secret.service || name === secret.durableId) ? mode === 'hash' || mode === 'remove' ? mode : 'mask' : null;
}

function policyAction(policy: RedactionPolicy, secret: ShopSecret): RedactionAction | null {
  const entry = policy.entries.find(({ key, service, detectors, in: places }) => globFits(key, secret.key) && globFits(service, secret.service) && (detectors === undefined || fits(detectors, secret.detector)) && (places === undefined || places.includes(secret.place)));
  if (entry !== undefined) return entry.do;
  return fits(policy.detectors, secret.detector) && !fits(policy.except ?? [], secret.detector) ? policy.mode : null;
}

const targeted = (targets: string, { service }: ShopSecret): boolean => targets === '' || targets.includes(`"${service}"`);
const fits = (names: readonly string[], detector: string): boolean => names.includes('*') || names.includes(detector);

/** A star at the end, or the whole name; enough for the mock. */
const globFits = (glob: string | undefined, name: string): boolean => glob === undefined || glob === name || (glob.endsWith('*') && name.startsWith(glob.slice(0, -1)));
