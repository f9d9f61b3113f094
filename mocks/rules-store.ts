// The mock backend's rules: immutable versions, deploy, disable, delete, as the BFF does it, in memory.
import type { RuleDetail, RuleDocument, RuleVersion } from '../src/model/index.ts';

export interface StoredRule { readonly id: string; state: RuleDetail['state']; deployedVersion: number | null; deployedAt: string | null; readonly createdAt: string; updatedAt: string; readonly versions: RuleVersion[] }

export interface RuleShape { readonly sink: string; readonly table: string; readonly durableId: string | null; readonly ratio: number }

/** The sink of a text, and the durable id it names: enough to play its effect, not a compiler. */
export function outline(kql: string): RuleShape {
  const sink = /\binvoke\s+(\w+)\s*\(\s*([0-9.]+)?/.exec(kql);
  const named = /\b(?:DurableId|EventName|Name)\s*==\s*"([^"]*)"/.exec(kql);
  return { sink: sink?.[1] ?? '', table: /^\s*(Logs|Spans|Metrics|source)\b/.exec(kql)?.[1] ?? '', durableId: named?.[1] ?? null, ratio: sink?.[2] === undefined ? 1 : Number(sink[2]) };
}

/** Eight hex digits that change with the text. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export interface DeployedRule { readonly id: string; readonly document: RuleDocument; readonly shape: RuleShape; readonly sinceMs: number }

export class RulesStore {
  readonly rules = new Map<string, StoredRule>();
  #nextId = 1;
  #deployed: readonly DeployedRule[] | null = null;

  create(document: RuleDocument, note: string, at: string): StoredRule {
    const rule: StoredRule = { id: `rule-${this.#nextId++}`, state: 'draft', deployedVersion: null, deployedAt: null, createdAt: at, updatedAt: at, versions: [] };
    this.rules.set(rule.id, rule);
    this.addVersion(rule, document, note, at);
    return rule;
  }

  addVersion(rule: StoredRule, document: RuleDocument, note: string, at: string): void {
    rule.versions.push({ version: rule.versions.length + 1, document, createdAt: at, author: 'you', contentHash: digest(JSON.stringify(document)), note });
    rule.updatedAt = at;
  }

  deploy(rule: StoredRule, version: number, at: string): void {
    this.#deployed = null;
    rule.state = 'deployed';
    rule.deployedVersion = version;
    rule.deployedAt = at;
  }

  delete(rule: StoredRule): void { this.#deployed = null; this.rules.delete(rule.id); }

  disable(rule: StoredRule): void { this.#deployed = null; rule.state = 'disabled'; rule.deployedVersion = null; }

  /** The deployed versions; read often, so kept until a rule changes. */
  deployedDocuments(): readonly DeployedRule[] { return (this.#deployed ??= this.#readDeployed()); }

  #readDeployed(): readonly DeployedRule[] {
    return [...this.rules.values()].flatMap(rule => {
      const version = rule.versions.find(each => each.version === rule.deployedVersion);
      return rule.state === 'deployed' && version && rule.deployedAt ? [{ id: rule.id, document: version.document, shape: outline(version.document.kql), sinceMs: Date.parse(rule.deployedAt) }] : [];
    });
  }
}
