// Runs an action: agent, what, on which process, with which parameters; the agent says what it would cost before anything happens.
import { useState } from 'react';
import { useAgents, usePreview, useProcesses, useStartAction } from '../../../api/index.ts';
import { actionNames, type ActionName, type ActionRun, type AgentProcess, type StartAction } from '../../../../model/index.ts';
import type { DumpsSearch } from '../../../state/index.ts';
import { Button, Dialog, EmptyState, Input, Select, useSettled } from '../../../ui/index.ts';
import { actionWords } from '../words/action-words.ts';
import { tellFailure } from '../words/load-failure.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { aboutProcess, parametersOf, textsOf, type ParameterTexts } from './parameters.ts';
import { PreviewBox } from './preview-box.tsx';
import { ProcessPicker } from './process-picker.tsx';
import '../dumps.css';

export interface RunDialogProps { /** What the address asks for. */ readonly start: DumpsSearch; /** A run that is to be made once more, with changes: its process, where that still runs, and its parameters. */ readonly again?: ActionRun | undefined; readonly onClose: () => void; readonly onStarted: (id: string) => void }

export function RunDialog({ start, again, onClose, onStarted }: RunDialogProps) {
  const agents = (useAgents().data ?? []).filter(({ kind }) => kind === 'weir');
  const [agentId, setAgentId] = useState(start.agent);
  const [action, setAction] = useState<ActionName>(start.run === undefined || start.run === 'any' ? 'cpu-sample' : start.run);
  const [picked, setProcess] = useState<AgentProcess | null | undefined>(undefined);
  const [texts, setTexts] = useState<ParameterTexts>(again === undefined ? {} : textsOf(again.action, again.parameters));
  const [reason, setReason] = useState(again?.reason ?? '');
  const [force, setForce] = useState(false);
  const run = useStartAction();
  const agent = agents.find(({ id }) => id === agentId) ?? agents.find(({ connected }) => connected) ?? agents[0];
  const process = usePicked(picked, again, agent?.id);
  const { parameters, problems } = parametersOf(action, texts);
  const about = aboutProcess[action];
  const target = process === null || about === 'machine' ? null : { pid: process.pid, startTicks: process.startTicks };
  const waitsFor = waiting(agent, about === 'process' && target === null, parameters === null);
  const wish = useSettled(waitsFor === null && parameters !== null ? { action, target, parameters } : null);
  const preview = usePreview(agent?.id, wish);
  const blocked = preview.data?.problems.find(problem => !problem.canForce || !force);
  const why = waitsFor ?? (run.isPending ? 'It is being asked for.' : blocked === undefined ? null : blocked.canForce ? 'Read the warning, and accept what it costs.' : blocked.message);
  const go = () => {
    if (agent === undefined || parameters === null) return;
    run.mutate({ agent: agent.id, action, target, parameters, incident: start.incident ?? null, force, reason: reason.trim() } satisfies StartAction, { onSuccess: ({ id }) => onStarted(id), onError: tellFailure });
  };
  const choose = (next: ActionName) => { setAction(next); setTexts({}); setForce(false); };
  const footer = (
    <>
      {agent !== undefined && <p className="run-target" role="status" aria-label="Where it runs">{onWhat(about, process, agent.name)}</p>}
      <span className="grow"><Input small aria-label="Why, for the audit" placeholder="Why, for the audit" value={reason} onChange={event => setReason(event.target.value)} maxLength={500} /></span>
      <Button kbd="Esc" onClick={onClose}>Cancel</Button>
      <Button variant="primary" disabledReason={why} title="Ctrl+Enter" onClick={go}>Run {actionWords[action].label.toLowerCase()}</Button>
    </>
  );
  return (
    <Dialog open wide onOpenChange={open => { if (!open) onClose(); }} title={start.incident === undefined ? 'Run an action' : 'Run an action for the incident'} icon="bolt" footer={footer} onGo={() => { if (why === null) go(); }}>
      {agents.length === 0 ? <EmptyState title="No agent has ever connected">Actions run on agents. Start one with <span className="mono t1">weir agent</span>.</EmptyState> : (
        <div className={waitsFor === null ? 'run-body' : 'run-body waits'}>
          <div className="run-top">
            <div className="field"><span className="meta t3">Agent</span><Select label="Agent" value={agent?.id ?? ''} onChange={id => { setAgentId(id); setProcess(null); setForce(false); }} options={agents.map(({ id, name, connected }) => ({ value: id, label: name, detail: connected ? undefined : 'away' }))} /></div>
            <div className="field"><span className="meta t3">Action</span><Select label="Action" value={action} onChange={choose} options={actionNames.map(name => ({ value: name, label: actionWords[name].label }))} /></div>
            <p className="grow prose">{actionWords[action].says}</p>
          </div>
          {agent?.connected === true && about !== 'machine' && <ProcessPicker key={agent.id} agent={agent.id} chosen={process} onChoose={next => { setProcess(next); setForce(false); }} optional={about === 'maybe'} />}
          <ParameterForm agent={agent?.connected === true ? agent.id : undefined} action={action} texts={texts} problems={problems} onChange={next => { setTexts(next); setForce(false); }} />
          <PreviewBox waitsFor={waitsFor} preview={wish === null ? undefined : preview.data} error={preview.error} force={force} onForce={setForce} />
        </div>
      )}
    </Dialog>
  );
}

/** What the person picked; until then the process of the run that is made once more, as long as it is the same one. */
function usePicked(picked: AgentProcess | null | undefined, again: ActionRun | undefined, agent: string | undefined): AgentProcess | null {
  const of = picked === undefined && again !== undefined && again.agent.id === agent ? again.process : null;
  const { data } = useProcesses(of === null ? undefined : agent);
  return picked ?? (of === null ? null : data?.processes.find(({ pid, startTicks }) => pid === of.pid && startTicks === of.startTicks) ?? null);
}

/** "on checkout (pid 2406), weir-agent@vm": what the button is about, wherever the list was scrolled to. */
const onWhat = (about: 'process' | 'maybe' | 'machine', process: AgentProcess | null, agent: string): string =>
  about === 'machine' ? `on ${agent}` : process !== null ? `on ${process.service ?? process.name} (pid ${process.pid}), ${agent}` : about === 'maybe' ? `on the machine of ${agent}` : `on ${agent}; no process is chosen`;

/** What is missing before the agent can be asked; null when nothing is. */
function waiting(agent: { readonly name: string; readonly connected: boolean } | undefined, needsProcess: boolean, needsParameters: boolean): string | null {
  if (agent === undefined) return 'No agent is there to run it.';
  if (!agent.connected) return `${agent.name} is away. Choose an agent that is connected.`;
  if (needsProcess) return 'Choose a process: the agent then says what it would cost.';
  return needsParameters ? 'Fill in what is missing: the agent then says what it would cost.' : null;
}
