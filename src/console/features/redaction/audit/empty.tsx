// What the table of sources says when it has no row: nothing was found, or the filter hides all.
import { useNavigate } from '@tanstack/react-router';
import type { RedactionOverview } from '../../../../model/index.ts';
import { useAgents } from '../../../api/index.ts';
import { Button, EmptyState, formatCount } from '../../../ui/index.ts';
import { rangeWords, type RangeSeconds } from '../words/ranges.ts';

export function NothingFound({ seconds, scanned }: { readonly seconds: RangeSeconds; readonly scanned: RedactionOverview['scanned'] | undefined }) {
  const agents = useAgents().data;
  const navigate = useNavigate();
  if (agents?.length === 0) return <EmptyState title="No agent has ever connected">Secrets are looked for on the agents. Start one with <span className="mono t1">weir agent</span>, or run <span className="mono t1">weir up</span>, which starts one beside the server.</EmptyState>;
  if (scanned === undefined || scanned.ofRecords === 0) return <EmptyState title={`No record has left in the last ${rangeWords(seconds)}`} actions={<Button size="s" icon="fleet" onClick={() => void navigate({ to: '/fleet' })}>See the agents</Button>}>So there was nothing to look at. See that something sends telemetry, or choose a longer range.</EmptyState>;
  return <EmptyState title={`Nothing was found in the last ${rangeWords(seconds)}`}>The independent scan looked at {formatCount(scanned.records)} of {formatCount(scanned.ofRecords)} records that left. A full residual scan looks at them all; the canary shows that a secret would be found.</EmptyState>;
}

export const NoneHere = ({ onClear }: { readonly onClear: () => void }) => <EmptyState title="No source fits the filter" actions={<Button size="s" onClick={onClear}>Show all sources</Button>}>There are others in this range.</EmptyState>;
