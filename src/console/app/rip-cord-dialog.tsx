// Pulls the rip cord, or releases it, after it said what stops, for how many, and what stays.
import { useState } from 'react';
import { explainFailure, isProbeIn, isUnderWay, useActions, useAgents, useNets, useProbes, usePullRipCord, useReleaseRipCord, useRipCord, useRules, useSession } from '../api/index.ts';
import { isDynamic } from '../../model/index.ts';
import { endRipCordWish } from '../state/index.ts';
import { Button, Dialog, Input, plural, Select, Time } from '../ui/index.ts';

export function RipCordDialog({ wish }: { readonly wish: 'pull' | 'release' }) { return wish === 'pull' ? <PullDialog /> : <ReleaseDialog />; }

const everywhere = 'all';

function PullDialog() {
  const [agent, setAgent] = useState(everywhere);
  const [reason, setReason] = useState('');
  const pull = usePullRipCord();
  const environment = useSession().data?.environment ?? 'the fleet';
  const agents = useAgents().data?.filter(({ kind }) => kind === 'weir') ?? [];
  const chosen = agents.find(({ id }) => id === agent);
  const go = () => pull.mutate({ agents: chosen === undefined ? [] : [chosen.id], reason }, {
    // The banner says the rest, on every view.
    onSuccess: () => endRipCordWish(),
  });
  return (
    <Dialog open onOpenChange={endRipCordWish} icon="cord" danger title={`Pull the rip cord on ${chosen?.name ?? environment}?`} footer={<><Button kbd="Esc" onClick={endRipCordWish}>Cancel</Button><Button variant="danger" icon="cord" onClick={go} disabledReason={pull.isPending ? 'It is being pulled.' : null}>Pull the rip cord</Button></>}>
      <form className="col gap3" onSubmit={event => { event.preventDefault(); go(); }}>
        <Stops agent={chosen?.id ?? null} agents={chosen === undefined ? agents.length : 1} />
        {agents.length > 1 && <div className="field"><label>Where</label><Select label="Where" value={agent} options={[{ value: everywhere, label: `The whole fleet, ${plural(agents.length, 'agent')}, and those that come` }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]} onChange={setAgent} /></div>}
        <Input autoFocus label="Why" placeholder="for the audit; may stay empty" value={reason} onChange={event => setReason(event.target.value)} />
        <Failure error={pull.error} />
      </form>
    </Dialog>
  );
}

/** What runs now and would not any more. */
function Stops({ agent, agents }: { readonly agent: string | null; readonly agents: number }) {
  const deployed = (useRules().data ?? []).filter(({ state }) => state === 'deployed');
  const rules = deployed.filter(({ kind }) => kind !== 'redaction-policy').length;
  const nets = useNets().data?.length ?? 0;
  const probes = (useProbes({ state: 'in' }).data?.probes ?? []).filter(probe => isProbeIn(probe) && isDynamic(probe.what.kind) && (agent === null || probe.agent.id === agent)).length;
  const actions = (useActions().data?.actions ?? []).filter(run => isUnderWay(run) && (agent === null || run.agent.id === agent)).length;
  const policies = deployed.length - rules;
  return (
    <>
      <p>At once, on {plural(agents, 'agent')}: <b className="md">{plural(rules, 'rule')}</b> {rules === 1 ? 'stops' : 'stop'}{nets > 0 && <>, <b className="md">{plural(nets, 'net')}</b> among them</>}; <b className="md">{plural(probes, 'probe')}</b> {probes === 1 ? 'leaves' : 'leave'} the processes; <b className="md">{plural(actions, 'action')}</b> {actions === 1 ? 'is' : 'are'} cancelled. What arrives goes out as it came.</p>
      <p className="t2">Log files, syslog and the journal go on being read. Redaction stays on ({plural(policies, 'policy', 'policies')}). Releasing it brings the rules back; probes and actions do not come back.</p>
    </>
  );
}

function ReleaseDialog() {
  const [reason, setReason] = useState('');
  const release = useReleaseRipCord();
  const state = useRipCord().data;
  const agents = state?.agents.filter(({ ordered }) => ordered !== null).length ?? 0;
  const missing = reason.trim() === '' ? 'Say why: the reason is audited.' : null;
  // The banner goes: that is the answer, and it covers nothing.
  const go = () => missing === null && release.mutate({ agents: [], reason }, { onSuccess: () => endRipCordWish() });
  return (
    <Dialog open onOpenChange={endRipCordWish} icon="cord" title="Release the rip cord?" footer={<><Button kbd="Esc" onClick={endRipCordWish}>Cancel</Button><Button variant="primary" onClick={go} disabledReason={release.isPending ? 'It is being released.' : missing}>Release it</Button></>}>
      <form className="col gap3" onSubmit={event => { event.preventDefault(); go(); }}>
        {state?.fleet != null && <p>Pulled by <b className="md">{state.fleet.by}</b> at <Time at={state.fleet.atUnixMs} show="both" />{state.fleet.reason !== '' && <>: {state.fleet.reason}</>}.</p>}
        <p>Rules and nets run again on {plural(agents, 'agent')}, as deployed. Probes and actions do not come back by themselves.</p>
        <Input autoFocus label="Why" placeholder="what was wrong, and is right again" hint="Needed: the audit keeps it." value={reason} onChange={event => setReason(event.target.value)} />
        <Failure error={release.error} />
      </form>
    </Dialog>
  );
}

function Failure({ error }: { readonly error: unknown }) {
  if (error === null) return null;
  const { title, help } = explainFailure(error);
  return <p className="red prose" role="alert"><b className="md">{title}</b> {help}</p>;
}
