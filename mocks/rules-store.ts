// The mock backend's rules: immutable versions, deploy, disable, expire, order, as the BFF does it, in memory.
import { editRule, expiresAfterMs, parseRule } from '../src/rules/index.ts';
import type { RuleDetail, RuleDiagnostic, RuleDocument, RuleHistory, RuleMode, RuleSummary, RuleVersion } from '../src/model/index.ts';
import { outline, type RuleShape } from './outline.ts';

type Breach = RuleSummary['breaches'][number];
export type RuleMark = RuleHistory['marks'][number];

export interface StoredRule {
  readonly id: string; readonly createdAt: string; readonly versions: RuleVersion[]; readonly marks: RuleMark[];
  state: RuleDetail['state']; updatedAt: string; deployedVersion: number | null; deployedAt: string | null; mode: RuleMode | null; expiresAt: string | null;
  breaches: readonly Breach[];
  ended: RuleSummary['ended'];
  /** Matched by the last deployment when it ended. */
  matchedAtEnd: number;
}

/** Eight hex digits that change with the text. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export interface DeployedRule { readonly id: string; readonly version: number; readonly document: RuleDocument; readonly shape: RuleShape; readonly sinceMs: number; readonly mode: RuleMode; /** Agents that turned it off. */ readonly offOn: readonly string[] }

/** What a text is as a rule; null document when it is none. */
export function readRule(text: string): { readonly document: RuleDocument | null; readonly diagnostics: readonly RuleDiagnostic[] } {
  const { document, problems } = parseRule(text);
  const diagnostics = problems.map(({ path, fixes, ...rest }) => ({ ...rest, path: [...path], ...(fixes !== undefined && { fixes: [...fixes] }) }));
  const fault = document === null ? null : outline(document).fault;
  return { document, diagnostics: fault === null ? diagnostics : [...diagnostics, { severity: 'error', code: 'mock', message: fault, start: 0, end: text.length, path: ['kql'] }] };
}

export const latestOf = (rule: StoredRule): RuleVersion => rule.versions[rule.versions.length - 1] as RuleVersion;
export const isBroken = (version: RuleVersion): boolean => version.diagnostics?.some(({ severity }) => severity === 'error') ?? false;

export class RulesStore {
  readonly rules = new Map<string, StoredRule>();
  #nextId = 1;
  #deployed: readonly DeployedRule[] | null = null;

  /** The text must be a rule document. */
  create(text: string, note: string, at: string): StoredRule {
    const rule: StoredRule = { id: `rule-${this.#nextId++}`, state: 'draft', deployedVersion: null, deployedAt: null, createdAt: at, updatedAt: at, versions: [], marks: [], mode: null, expiresAt: null, breaches: [], ended: null, matchedAtEnd: 0 };
    this.addVersion(rule, text, note, at);
    this.rules.set(rule.id, rule);
    return rule;
  }

  addVersion(rule: StoredRule, text: string, note: string, at: string): void {
    const { document, diagnostics } = readRule(text);
    if (document === null) throw new Error(`This is no rule document: ${diagnostics[0]?.message ?? text}`);
    rule.versions.push({ version: rule.versions.length + 1, document, text, createdAt: at, author: 'you', contentHash: digest(text), note, diagnostics: [...diagnostics] });
    rule.updatedAt = at;
  }

  deploy(rule: StoredRule, version: number, mode: RuleMode, at: string, wanted?: string): void {
    const document = rule.versions[version - 1]?.document;
    const endsAfterMs = document === undefined ? null : expiresAfterMs(document);
    const endsMs = Math.min(endsAfterMs === null ? Infinity : Date.parse(at) + endsAfterMs, wanted === undefined ? Infinity : Date.parse(wanted));
    Object.assign(rule, { state: 'deployed', deployedVersion: version, deployedAt: at, mode, breaches: [], ended: null, expiresAt: endsMs === Infinity ? null : new Date(endsMs).toISOString() } satisfies Partial<StoredRule>);
    this.#mark(rule, at, mode === 'shadow' ? 'shadow' : 'deploy', `${document?.name ?? ''} v${version} deployed${mode === 'shadow' ? ' in shadow' : ''}`);
  }

  end(rule: StoredRule, kind: 'disable' | 'expire', at: string, matched: number): void {
    const ended = { at, by: kind === 'expire' ? 'weir' : 'you', reason: kind === 'expire' ? 'expired' as const : 'disabled' as const, version: rule.deployedVersion ?? 1, mode: rule.mode ?? 'live' as const };
    Object.assign(rule, { state: 'disabled', deployedVersion: null, ended, mode: null, expiresAt: null, breaches: [], matchedAtEnd: matched } satisfies Partial<StoredRule>);
    this.#mark(rule, at, kind, `${latestOf(rule).document.name} ${kind === 'expire' ? 'ended by itself' : 'disabled'}`);
  }

  breach(rule: StoredRule, breach: Breach): void {
    rule.breaches = [breach, ...rule.breaches];
    this.#mark(rule, breach.at, 'breach', `Turned off on ${breach.agent}: ${breach.reason}`);
  }

  /** A new version with another order, running if the rule runs. */
  place(rule: StoredRule, order: number, at: string): void {
    const latest = latestOf(rule);
    const edited = editRule(latest.text, [{ path: ['order'], value: order }]);
    if (!edited.ok || latest.document.order === order) return;
    this.addVersion(rule, edited.value, `order ${latest.document.order} -> ${order}`, at);
    if (rule.deployedVersion !== null) rule.deployedVersion = rule.versions.length;
    this.#deployed = null;
  }

  delete(rule: StoredRule): void { this.#deployed = null; this.rules.delete(rule.id); }

  /** The deployed versions as agents run them, redaction first and equal orders by id; read often, so kept until a rule changes. */
  deployedRules(): readonly DeployedRule[] { return (this.#deployed ??= this.#readDeployed()); }

  #mark(rule: StoredRule, at: string, kind: RuleMark['kind'], label: string): void {
    this.#deployed = null;
    rule.marks.push({ t: Date.parse(at), kind, label });
  }

  #readDeployed(): readonly DeployedRule[] {
    return [...this.rules.values()].flatMap(rule => {
      const version = rule.versions.find(each => each.version === rule.deployedVersion);
      return version && rule.deployedAt && rule.mode ? [{ id: rule.id, version: version.version, document: version.document, shape: outline(version.document), sinceMs: Date.parse(rule.deployedAt), mode: rule.mode, offOn: rule.breaches.map(({ agent }) => agent) }] : [];
    }).toSorted((a, b) => Number(b.shape.sink === 'redact') - Number(a.shape.sink === 'redact') || a.document.order - b.document.order || (a.id < b.id ? -1 : 1));
  }
}
