// Whether what leaves the rules goes anywhere: an agent without a downstream counts it and throws it away.
import type { AgentSummary } from '../../../../model/index.ts';

/** `some` names agents without a downstream beside others that have one; `unknown` when no agent reports. */
export type Downstream = { readonly kind: 'all' | 'none' | 'unknown' } | { readonly kind: 'some'; readonly without: readonly string[] };

export function downstreamOf(agents: readonly Pick<AgentSummary, 'name' | 'kind' | 'connected' | 'status'>[]): Downstream {
  const reporting = agents.filter(({ kind, connected, status }) => kind === 'weir' && connected && status !== null);
  const without = reporting.filter(({ status }) => status!.exporters.every(({ url }) => url === null)).map(({ name }) => name);
  if (reporting.length === 0) return { kind: 'unknown' };
  return without.length === 0 ? { kind: 'all' } : without.length === reporting.length ? { kind: 'none' } : { kind: 'some', without };
}
