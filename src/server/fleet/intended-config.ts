// The configuration that every Weir agent should run, with the bytes and the hash that OpAMP offers.
import { agentConfigFile, type AgentConfig, type AgentRule } from '../../model/index.ts';
import type { AgentRemoteConfig } from '../../model/opamp/index.ts';
import { configText, planScope, policySink, sha256, type PlanScope } from '../rules/index.ts';
import type { Plan } from '../../kql/index.ts';

export interface IntendedConfig {
  readonly config: AgentConfig;
  /** SHA-256 of the canonical JSON, hex. */
  readonly hash: string;
  readonly offer: AgentRemoteConfig;
  readonly byId: ReadonlyMap<string, AgentRule>;
  readonly rules: readonly { readonly id: string; readonly name: string; readonly sink: string; readonly scope: PlanScope }[];
}

export function intend(config: AgentConfig): IntendedConfig {
  const text = configText(config);
  const hash = sha256(text);
  const file = { body: Buffer.from(text), contentType: 'application/json' };
  return {
    config, hash,
    offer: { config: { configMap: new Map([[agentConfigFile, file]]) }, configHash: Buffer.from(hash, 'hex') },
    byId: new Map(config.rules.map((rule) => [rule.id, rule])),
    rules: config.rules.map(lineOf),
  };
}

/** Policies, machines and scripts take no line of code away, so they cover none. The server compiled every plan in a configuration itself. */
function lineOf({ id, name, plan, policy }: AgentRule): IntendedConfig['rules'][number] {
  if (policy !== null) return { id, name, sink: policySink, scope: new Map() };
  const query = plan as Plan | null;
  return query === null ? { id, name, sink: '', scope: new Map() } : { id, name, sink: query.sink?.sink ?? '', scope: planScope(query) };
}
