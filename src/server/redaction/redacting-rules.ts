// Which rules hide something, and which of them an agent runs: by its word on the whole configuration, and by its status, which
// also names the rules that it turned off by itself.
import type { AgentConfig, AgentRule, AgentStatus, RuleStats } from '../../model/index.ts';
import type { Plan } from '../../kql/index.ts';

/** The rules that hide something where they run. The server compiled every plan in a configuration itself. */
export const redacting = ({ rules }: AgentConfig): AgentConfig['rules'] =>
  rules.filter(({ mode, policy, plan }) => mode === 'live' && (policy !== null || (plan as Plan | null)?.sink?.sink === 'redact'));

type Deployed = Pick<AgentRule, 'id' | 'version' | 'deployment'>;
interface AgentWord {
  /** It says that it has applied exactly this configuration. */
  readonly acknowledged: boolean;
  readonly status: AgentStatus | null;
  /** What it was known to run before. */
  readonly known: readonly { readonly ruleId: string; readonly version: number; readonly deployment: number }[];
}

/** Of a configuration that it has not acknowledged, what its status counts or it ran before; and of an earlier one what its status
 *  still counts. */
export function redactingOn(config: AgentConfig, { acknowledged, status, known }: AgentWord): readonly Deployed[] {
  const stats = new Map(status?.rules.map((one) => [one.id, one]));
  const meant = redacting(config);
  const ran = (rule: Deployed): boolean => known.some(({ ruleId, version, deployment }) => ruleId === rule.id && version === rule.version && deployment === rule.deployment);
  const runs = meant.filter((rule) => { const of = statsOf(stats, rule); return of === undefined ? acknowledged || ran(rule) : !isOff(of); });
  if (acknowledged) return runs;
  const before = known.map(({ ruleId, version, deployment }) => ({ id: ruleId, version, deployment }))
    .filter((rule) => { const of = statsOf(stats, rule); return of !== undefined && !isOff(of) && !runs.some(({ id }) => id === rule.id); });
  return [...runs, ...before];
}

const isOff = ({ disabled = null }: RuleStats): boolean => disabled !== null;

/** Of this very deployment; agents of old versions tell the version only. */
function statsOf(stats: ReadonlyMap<string, RuleStats>, { id, version, deployment }: Deployed): RuleStats | undefined {
  const of = stats.get(id);
  return of !== undefined && (of.deployment === undefined ? of.version === version : of.deployment === deployment) ? of : undefined;
}
