// A probe that has ended, once more: the same place, values and limits. Where its process is gone, the way to another one.
import { Link, useNavigate } from '@tanstack/react-router';
import { explainFailure, isProbeIn, useProbes, useStartProbe } from '../../api/index.ts';
import type { FleetProbe } from '../../../model/index.ts';
import { Button, Icon, toast } from '../../ui/index.ts';
import { placeSearch } from './open-place.ts';
import { plainWords } from './said.tsx';

export interface InsertAgainProps { readonly probe: FleetProbe; /** Of the one that went in; without it that is shown in the list. */ readonly onInserted?: (id: string) => void }

export function InsertAgain({ probe, onInserted }: InsertAgainProps) {
  const start = useStartProbe();
  const navigate = useNavigate();
  const same = useProbes({ state: 'in' }).data?.probes.find(one => isSameProbe(one, probe));
  if (isProbeIn(probe)) return null;
  if (probe.end === 'process-gone' && probe.target?.pid !== undefined) return <Link className="btn s" to="/probes/new" search={placeSearch(probe)}><Icon name="refresh" size="s" />Insert into another process</Link>;
  const { agent, name, what, target, limits, reason } = probe;
  const run = () => start.mutate({ agent: agent.id, name, what, target, limits, reason }, {
    onSuccess: ({ id }) => { if (onInserted === undefined) void navigate({ to: '/probes', search: { probe: id } }); else onInserted(id); },
    onError: error => { const { title, help } = explainFailure(error); toast({ kind: 'error', title: plainWords(title), detail: help === undefined ? undefined : plainWords(help) }); },
  });
  return <Button size="s" icon="refresh" onClick={run} disabledReason={start.isPending ? 'It is on its way.' : !agent.connected ? `${agent.name} is away.` : same !== undefined ? `${same.name} is in and does exactly this.` : null}>Insert again</Button>;
}

export const isSameProbe = (one: FleetProbe, other: FleetProbe): boolean => one.agent.id === other.agent.id && JSON.stringify([one.what, one.target]) === JSON.stringify([other.what, other.target]);
