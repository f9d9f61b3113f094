// Beside the table of a rule: whose records it gets.
import { useAgents } from '../../../api/index.ts';
import { plural } from '../../../ui/index.ts';
import { readTargets } from './targets.ts';

/** "frontend, 3 agents"; agents that are away count, for the rule waits for them. Empty while nothing is known. */
export function useTableNote(targets: string): string {
  const agents = useAgents().data;
  const ours = agents?.filter(({ kind }) => kind === 'weir').length;
  const chosen = readTargets(targets);
  const whose = chosen === null ? 'by its targets' : [...chosen.services, ...chosen.hosts].join(', ') || 'every service';
  return ours === undefined ? '' : `${whose}, ${plural(ours, 'agent')}`;
}
