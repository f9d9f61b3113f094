// The next step about the chosen source: one sentence, and the button that does it.
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RedactionOverview, RedactionSourceDetail, SourceAgent } from '../../../../model/index.ts';
import { useRules } from '../../../api/index.ts';
import { Button, formatCount, plural, Time } from '../../../ui/index.ts';
import { ExportMenu } from '../export-menu.tsx';
import { FullScan } from '../full-scan.tsx';
import { hideSearchOf } from '../words/hide-search.ts';
import type { RangeSeconds } from '../words/ranges.ts';
import { countedWords, tailSearchOf } from '../words/source-words.ts';
import { TakenOff } from '../words/taken-off.tsx';
import { useRedaction } from '../words/use-redaction.ts';
import { residualOf } from './agent-stand.ts';
import { nextStep, type NextStep } from './next-step.ts';
import { PutBack } from './put-back.tsx';
import { scannedShare } from './tiles.tsx';

export interface NextStepBarProps { readonly detail: RedactionSourceDetail; readonly seconds: RangeSeconds; readonly overview: RedactionOverview | undefined }

export function NextStepBar({ detail, seconds, overview }: NextStepBarProps) {
  const detectors = useRedaction().data?.detectorList;
  const step = nextStep(detail, { scanned: overview?.scanned, scannable: detectors?.some(({ name }) => name === detail.source.detector) ?? null });
  return (
    <div className="row redact-next">
      <b className="md nw">Next step</b>
      <span className="t2 grow redact-next-words"><Words step={step} detail={detail} scanned={overview?.scanned} downstream={overview?.downstream !== false} /></span>
      <Buttons step={step} detail={detail} seconds={seconds} overview={overview} />
    </div>
  );
}

const Named = ({ rule: { name, version } }: { readonly rule: { readonly name: string; readonly version: number } }) => <span className="mono">{name} v{version}</span>;

function Words({ step, detail: { source, agents }, scanned, downstream }: { readonly step: NextStep; readonly detail: RedactionSourceDetail; readonly scanned: RedactionOverview['scanned'] | undefined; readonly downstream: boolean }): ReactNode {
  switch (step.kind) {
    case 'hide': return <>No rule hides <b className="md t1">{source.detector}</b> in {source.key === '' ? 'this record' : <span className="mono">{source.key}</span>}: it {leaves(source.service, downstream)}.</>;
    case 'off': return source.endedBy === undefined ? <><Named rule={step.rule} /> hid it and does not run any more: it {leaves(source.service, downstream)}.</> : <><TakenOff source={source} />: it {leaves(source.service, downstream)}.</>;
    case 'missing': return <><AgentNames agents={step.agents} /> {step.agents.length === 1 ? 'has' : 'have'} not applied <Named rule={step.rule} />. <Away agents={step.agents} /></>;
    case 'gap': return <><Named rule={step.rule} /> runs on <AgentNames agents={step.agents} /> and {countedWords(step.agents.reduce((sum, agent) => sum + residualOf(agent), 0), source.residualIsFloor)} still left: its key, place, service or detectors miss some.</>;
    case 'ignored': return <>Nothing to do while the reason holds: {step.rule === undefined ? 'a policy' : <Named rule={step.rule} />} lets it pass by name.</>;
    case 'unproved': return <><b className="md amb">Not proved.</b> {unprovedWords(step)}</>;
    case 'clean': return source.neverLeft === true ? <>It never left: a rule hid it on {plural(agents.length, 'agent')}, and <b className="md acc">all that left was scanned</b> since it was first seen. Keep the proof.</> : source.cleanSince === null ? <>A rule hid it on {plural(agents.length, 'agent')} from the first time it was seen{step.sampled && <>; <Share scanned={scanned} /></>}. Keep the proof.</> : <>None was seen leaving {plural(agents.length, 'agent')} since <Time at={source.cleanSince} millis />{step.sampled ? <>; <Share scanned={source.scannedSince ?? scanned} since={source.scannedSince !== undefined} />. Scan all for a proof without a gap, or keep this one.</> : <>, and <b className="md acc">{wholeWords(source.scannedSince)}</b>: a proof without a gap. Keep it.</>}</>;
  }
}

type Scanned = { readonly records: number; readonly ofRecords: number };
/** Never silent about what nobody looked at. `since`: of what left since it stopped, not of the whole range. */
const Share = ({ scanned, since = false }: { readonly scanned: Scanned | undefined; readonly since?: boolean }) => <b className="md amb">only {scanned === undefined ? 'a part' : scannedShare(scanned)} of {since && scanned !== undefined ? `the ${plural(scanned.ofRecords, 'record')} that left since` : 'what left'} was looked at</b>;

/** "all 11,013 records that left since were scanned". */
const wholeWords = (scanned: Scanned | undefined): string => (scanned === undefined || scanned.ofRecords === 0 ? 'all that left was scanned' : `all ${plural(scanned.ofRecords, 'record')} that left since ${scanned.ofRecords === 1 ? 'was' : 'were'} scanned`);

/** Where nothing is sent on, it went through the rules and nowhere. */
const leaves = (service: string, downstream: boolean): string => (downstream ? `leaves ${service} as it is` : `left the rules of ${service} as it is; there is no downstream, so it went nowhere`);

function unprovedWords({ rule, scannable }: NextStep & { readonly kind: 'unproved' }): ReactNode {
  const what = rule === undefined ? <>No rule is known to hide it</> : <><Named rule={rule} /> hid it and is not known to run</>;
  return scannable ? <>{what}, and too little was looked at to say whether it leaves. A full scan tells.</> : <>{what}, and the independent scan cannot see it. Only a rule that runs proves that it stays.</>;
}

function AgentNames({ agents }: { readonly agents: readonly SourceAgent[] }) {
  const [first, second] = agents.map(({ agent }) => agent.name);
  return <b className="md t1">{agents.length === 1 ? first : agents.length === 2 ? `${first} and ${second}` : `${first} and ${formatCount(agents.length - 1)} more agents`}</b>;
}

function Away({ agents }: { readonly agents: readonly SourceAgent[] }) {
  const away = agents.filter(({ agent }) => !agent.connected);
  if (away.length === 0) return <>See why there.</>;
  const [first] = away;
  return away.length === 1 ? <>It is away, last seen <Time at={first!.agent.lastSeenAt} show="relative" />, and gets it when it is back.</> : <>{plural(away.length, 'of them is', 'of them are')} away and get it when they are back.</>;
}

function Buttons({ step, detail: { source }, seconds, overview }: NextStepBarProps & { readonly step: NextStep }) {
  const navigate = useNavigate();
  const taken = new Set(useRules().data?.map(({ name }) => name));
  const openRule = (id: string) => () => void navigate({ to: '/rules/$ruleId', params: { ruleId: id } });
  const hide = <Button variant="primary" icon="redact" onClick={() => void navigate({ to: '/rules/new', search: hideSearchOf(source, taken) })}>Hide it</Button>;
  switch (step.kind) {
    case 'hide': return <><Button icon="tail" onClick={() => void navigate({ to: '/tail', search: tailSearchOf(source) })}>Pick it in the tail</Button>{hide}</>;
    case 'off': return <><Button icon="rules" onClick={openRule(step.rule.id)}>Open {step.rule.name}</Button><PutBack rule={step.rule} /></>;
    case 'missing': return <><Button icon="rules" onClick={openRule(step.rule.id)}>Open rule</Button><Button variant="primary" icon="fleet" onClick={() => void navigate({ to: '/fleet', search: { agent: step.agents[0]!.agent.id } })}>Open {step.agents[0]!.agent.name}</Button></>;
    case 'gap': return <Button variant="primary" icon="edit" onClick={openRule(step.rule.id)}>Edit {step.rule.name}</Button>;
    case 'ignored': return step.rule === undefined ? null : <Button icon="edit" onClick={openRule(step.rule.id)}>Open {step.rule.name}</Button>;
    case 'unproved': return <>{step.scannable && <FullScan overview={overview} size="m" />}{step.rule === undefined ? hide : <Button variant="primary" icon="rules" onClick={openRule(step.rule.id)}>Open {step.rule.name}</Button>}</>;
    case 'clean': return <>{step.sampled && <FullScan overview={overview} size="m" />}<ExportMenu seconds={seconds} /></>;
  }
}
