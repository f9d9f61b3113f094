// The next step about the chosen source: one sentence, and the button that does it.
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RedactionSourceDetail, SourceAgent } from '../../../../model/index.ts';
import { Button, formatCount, plural, Time } from '../../../ui/index.ts';
import { ExportMenu } from '../export-menu.tsx';
import { hideSearchOf } from '../words/hide-search.ts';
import type { RangeSeconds } from '../words/ranges.ts';
import { tailSearchOf } from '../words/source-words.ts';
import { nextStep, type NextStep } from './next-step.ts';
import { residualOf } from './source-flow.ts';

export function NextStepBar({ detail, seconds }: { readonly detail: RedactionSourceDetail; readonly seconds: RangeSeconds }) {
  const step = nextStep(detail);
  return (
    <div className="row redact-next">
      <b className="md nw">Next step</b>
      <span className="t2 grow redact-next-words"><Words step={step} detail={detail} /></span>
      <Buttons step={step} detail={detail} seconds={seconds} />
    </div>
  );
}

function Words({ step, detail: { source, agents } }: { readonly step: NextStep; readonly detail: RedactionSourceDetail }): ReactNode {
  switch (step.kind) {
    case 'hide': return <>No rule hides <b className="md t1">{source.detector}</b> in {source.key === '' ? 'this record' : <span className="mono">{source.key}</span>}: it leaves {source.service} as it is.</>;
    case 'off': return <><span className="mono">{step.rule.name} v{step.rule.version}</span> hid it and does not run any more: it leaves {source.service} as it is.</>;
    case 'missing': return <><AgentNames agents={step.agents} /> {step.agents.length === 1 ? 'has' : 'have'} not applied <span className="mono">{step.rule.name} v{step.rule.version}</span>. <Away agents={step.agents} /></>;
    case 'gap': return <><span className="mono">{step.rule.name} v{step.rule.version}</span> runs on <AgentNames agents={step.agents} /> and {formatCount(step.agents.reduce((sum, agent) => sum + residualOf(agent), 0))} still left: its key, place, service or detectors miss some.</>;
    case 'ignored': return <>Nothing to do while the reason holds: {step.rule === undefined ? 'a policy' : <span className="mono">{step.rule.name} v{step.rule.version}</span>} lets it pass by name.</>;
    case 'clean': return source.cleanSince === null ? <>It was hidden on {plural(agents.length, 'agent')} from the first time it was seen. Keep the proof.</> : <>Nothing left {plural(agents.length, 'agent')} since <Time at={source.cleanSince} millis />. Keep the proof.</>;
  }
}

function AgentNames({ agents }: { readonly agents: readonly SourceAgent[] }) {
  const [first, second] = agents.map(({ agent }) => agent.name);
  return <b className="md t1">{agents.length === 1 ? first : agents.length === 2 ? `${first} and ${second}` : `${first} and ${agents.length - 1} more agents`}</b>;
}

function Away({ agents }: { readonly agents: readonly SourceAgent[] }) {
  const away = agents.filter(({ agent }) => !agent.connected);
  if (away.length === 0) return <>See why there.</>;
  const [first] = away;
  return away.length === 1 ? <>It is away, last seen <Time at={first!.agent.lastSeenAt} show="relative" />, and gets it when it is back.</> : <>{plural(away.length, 'of them is', 'of them are')} away and get it when they are back.</>;
}

function Buttons({ step, detail: { source }, seconds }: { readonly step: NextStep; readonly detail: RedactionSourceDetail; readonly seconds: RangeSeconds }) {
  const navigate = useNavigate();
  const openRule = (id: string) => () => void navigate({ to: '/rules/$ruleId', params: { ruleId: id } });
  switch (step.kind) {
    case 'hide': return <><Button icon="tail" onClick={() => void navigate({ to: '/tail', search: tailSearchOf(source) })}>Pick it in the tail</Button><Button variant="primary" icon="redact" onClick={() => void navigate({ to: '/rules/new', search: hideSearchOf(source) })}>Hide it</Button></>;
    case 'off': return <Button variant="primary" icon="rules" onClick={openRule(step.rule.id)}>Open {step.rule.name}</Button>;
    case 'missing': return <><Button icon="rules" onClick={openRule(step.rule.id)}>Open rule</Button><Button variant="primary" icon="fleet" onClick={() => void navigate({ to: '/fleet', search: { agent: step.agents[0]!.agent.id } })}>Open {step.agents[0]!.agent.name}</Button></>;
    case 'gap': return <Button variant="primary" icon="edit" onClick={openRule(step.rule.id)}>Edit {step.rule.name}</Button>;
    case 'ignored': return step.rule === undefined ? null : <Button icon="edit" onClick={openRule(step.rule.id)}>Open {step.rule.name}</Button>;
    case 'clean': return <ExportMenu seconds={seconds} />;
  }
}
