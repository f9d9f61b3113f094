// The lower pane of the editor: what the rule would do to records. Nothing is deployed. Files can be dropped on it.
import { useEffect, useState, type ReactNode } from 'react';
import { parseRule, seriesWarning, type DryRunSample, type RuleEdit } from '../../../../rules/index.ts';
import { toast } from '../../../state/index.ts';
import { HiddenList, hiddenSentence, touchedRecords } from '../../../editor/redact/index.ts';
import { Button, EmptyState, ErrorState, formatBytes, formatDuration, Pane, PaneHeader, plural, Progress, ResizablePanes, Segmented, SkeletonRows } from '../../../ui/index.ts';
import type { TailState } from '../../../workers/tail/index.ts';
import { useTailState } from '../services.tsx';
import { needsMadeUp, testEdit, useRulesWorker } from '../tests/index.ts';
import { named } from '../draft/index.ts';
import { ClauseTable } from './clause-table.tsx';
import { DiffList } from './diff-list.tsx';
import type { DiffView } from './diff-rows.ts';
import { DryRunFigures } from './dry-run-figures.tsx';
import './dry-run.css';
import { ExplainPane } from './explain-pane.tsx';
import { LanguageResult } from './language-result.tsx';
import { MachineResult } from './machine-result.tsx';
import { RangeBar } from './range-bar.tsx';
import { SourceMenu } from './source-menu.tsx';
import { mendedLiteral } from './mended-literal.ts';
import { useBufferSpan } from './use-buffer-span.ts';
import { meaningfulSpanMs, rateSpanMs, resultOf, tellingSpanMs, type DryRun } from './use-dry-run.ts';
import { useRunsAlready } from './use-runs-already.ts';
import { useFileDrop } from './use-file-drop.ts';

const views = [{ value: 'difference', label: 'Difference' }, { value: 'before', label: 'Before' }, { value: 'after', label: 'After' }] as const;

export interface DryRunPaneProps {
  readonly dryRun: DryRun;
  readonly run: () => void;
  /** Why it cannot run now; null when it can. */
  readonly blocked: string | null;
  /** The text has changed since the result. */
  readonly stale: boolean;
  /** The document, and how it is changed: a record becomes one of its tests. */
  readonly text: string;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
}

export function DryRunPane(props: DryRunPaneProps) {
  const { dryRun, run, blocked, stale } = props;
  const [view, setView] = useState<DiffView>('difference');
  const [clear, setClear] = useState(false);
  const masks = redactsRecords(dryRun.rule);
  const canFollow = dryRun.rule === null ? !isScript(props.text) : dryRun.rule.kind !== 'language';
  const tail = useTailState();
  const span = useBufferSpan(tail);
  const drop = useFileDrop(dryRun.controls.read);
  const { source, choose } = dryRun.controls;
  const ran = resultOf(dryRun) !== null;
  return (
    <Pane label="Dry run" className={`grow rules-dry${drop.over ? ' dropping' : ''}`}>
      <div className="col grow" {...drop.handlers}>
        <PaneHeader title="Dry run" meta={<Said dryRun={dryRun} tail={tail} />}>
          <SourceMenu controls={dryRun.controls} label={sourceWords(dryRun, tail, canFollow)} canFollow={canFollow} span={span} />
          {dryRun.result !== null && <Segmented label="What to show" value={view} options={views} onChange={setView} />}
          {dryRun.result !== null && masks && <Button size="s" icon="redact" on={clear} title={clear ? 'Records are shown as they came' : 'Secrets are masked; this shows the records as they came'} onClick={() => setClear(!clear)}>Show in clear</Button>}
          <Button size="s" icon="play" kbd="Ctrl Enter" onClick={run} disabledReason={blocked}>{ran ? 'Run again' : 'Run'}</Button>
        </PaneHeader>
        {source.kind === 'range' && span !== null && <RangeBar key={source.kind} span={span} fromMs={source.fromMs} toMs={source.toMs} onChange={(fromMs, toMs) => choose({ kind: 'range', fromMs, toMs })} />}
        {source.kind === 'records' && <SourceNotes source={source.source} />}
        {dryRun.controls.withDeployed && canFollow && <DeployedNotes {...dryRun.controls} />}
        {dryRun.progress !== null && <Running progress={dryRun.progress} onCancel={dryRun.controls.cancel} />}
        {stale && ran && <StaleBar dryRun={dryRun} text={props.text} blocked={blocked} />}
        <div className={`col grow${stale && ran ? ' rules-stale' : ''}`}><Body {...props} tail={tail} view={view} masked={masks && !clear} /></div>
      </div>
    </Pane>
  );
}

const isScript = (text: string): boolean => /^kind: *language\b/m.test(text);

function sourceWords({ controls: { source, withDeployed } }: DryRun, tail: TailState, canFollow: boolean): string {
  const after = withDeployed && canFollow ? ', after deployed rules' : '';
  if (source.kind === 'records') return `${source.source.name}${after}`;
  if (source.kind === 'range') return `Time range${after}`;
  return `${plural(tail.buffered, 'record')} of the tail${after}`;
}

function Said({ dryRun, tail }: { readonly dryRun: DryRun; readonly tail: TailState }) {
  if (resultOf(dryRun) === null) return <>a trial: nothing reaches the agents</>;
  const live = dryRun.controls.source.kind !== 'records';
  return <>{formatDuration(Math.round(dryRun.coveredMs / 1000) * 1000 || dryRun.coveredMs)} of records{live ? ' before rules' : ''}{live && tail.ratio < 1 ? `, a sample of ${Math.round(tail.ratio * 100)} %` : ''}{dryRun.coveredMs < rateSpanMs ? ': too short for a rate' : ''}</>;
}

function SourceNotes({ source }: { readonly source: { readonly format: string; readonly records: number; readonly bytes: number; readonly skipped: number; readonly firstProblem: string | null; readonly cutOff: boolean; readonly setAside: number; readonly firstSetAside: string | null } }) {
  return (
    <div className={source.skipped > 0 || source.setAside > 0 || source.cutOff ? 'banner' : 'rules-range row t3'} role="status">
      {source.format}, {plural(source.records, 'record')}, {formatBytes(source.bytes)} as it was given.
      {source.skipped > 0 && ` ${plural(source.skipped, 'line')} could not be read and ${source.skipped === 1 ? 'was' : 'were'} left out. ${source.firstProblem ?? ''}`}
      {source.setAside > 0 && ` ${plural(source.setAside, 'value')} did not fit ${source.setAside === 1 ? 'its' : 'their'} column and ${source.setAside === 1 ? 'is an attribute' : 'are attributes'} now. ${source.firstSetAside ?? ''}`}
      {source.cutOff && ' It is too large to be held whole: only its first part was read.'}
    </div>
  );
}

/** What of the deployed rules before it is not as a person may expect. */
function DeployedNotes({ deployed: { off, agent }, ties }: DryRun['controls']) {
  if (off.length + ties.length === 0) return null;
  return (
    <div className="rules-range t2" role="status">
      {off.length > 0 && <>Left out, for {off.length === 1 ? 'it' : 'they'} turned {off.length === 1 ? 'itself' : 'themselves'} off on {agent}: {off.map(({ name }) => name).join(', ')}. </>}
      {ties.length > 0 && <>{ties.join(', ')} {ties.length === 1 ? 'has' : 'have'} the same order and ran first here; agents settle equal orders by id, and this rule gets its id when it is saved.</>}
    </div>
  );
}

/** Long work says how far it is and can be ended; short work says nothing. */
function Running({ progress, onCancel }: { readonly progress: number; readonly onCancel: () => void }) {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return long ? <div className="rules-range"><Progress label="Running" share={progress} left={`${Math.round(progress * 100)} %`} onCancel={onCancel} /></div> : null;
}

/** What stands below is of an older text: it is greyed, and this says why and what comes. */
function StaleBar({ dryRun: { status, givenUp }, text, blocked }: { readonly dryRun: DryRun; readonly text: string; readonly blocked: string | null }) {
  const next = blocked ?? (status === 'running' ? 'It runs again now.' : givenUp === text ? 'You ended its run; press Run again.' : 'It runs again in a moment.');
  return <div className="rules-range row rules-stale-bar" role="status"><b className="amb md nw">From the text before your edit.</b> <span className="t2 ell" title={next}>{next}</span></div>;
}

const redactsRecords = (rule: DryRun['rule']): boolean => rule?.kind === 'redaction-policy' || (rule?.kind === 'query' && rule.plan.sink?.sink === 'redact');

type BodyProps = DryRunPaneProps & { readonly tail: TailState; readonly view: DiffView; readonly masked: boolean };

function Body(props: BodyProps): ReactNode {
  const { dryRun, tail, blocked, run } = props;
  const { result, machine, language, failure } = dryRun;
  if (failure === 'Cancelled.') return <EmptyState title="Cancelled" actions={<Button size="s" onClick={run}>Run again</Button>}>No result was kept.</EmptyState>;
  if (failure !== null) return <ErrorState title="The dry run stopped" details={failure} onRetry={run}>{failure} Nothing was deployed.</ErrorState>;
  if (machine !== null) return <MachineResult result={machine} text={dryRun.text ?? props.text} onShow={dryRun.controls.show} />;
  if (language !== null) return <LanguageResult result={language} bounds={dryRun.rule?.bounds ?? null} />;
  if (result !== null) return <QueryResult {...props} result={result} />;
  if (blocked !== null) return <EmptyState title="Not run yet">{blocked}</EmptyState>;
  if (tail.buffered === 0 && dryRun.controls.source.kind !== 'records') return <Waiting tail={tail} />;
  return <SkeletonRows rows={8} label="Running the rule over records" />;
}

function QueryResult({ dryRun, result, text, onEdit, tail, view, masked }: BodyProps & { readonly result: NonNullable<DryRun['result']> }) {
  const { rule } = dryRun;
  const series = seriesWarning(result);
  // It stays while the run repeats itself over more records: a person is reading.
  const [chosen, setPicked] = useState<DryRunSample | null>(null);
  const live = dryRun.controls.source.kind !== 'records';
  const redacts = redactsRecords(rule);
  const testReason = redacts ? needsMadeUp : null;
  const worker = useRulesWorker();
  const makeTest = (sample: DryRunSample) => {
    if (rule === null) return;
    testEdit(parseRule(named(text).text).document?.tests ?? [], sample, given => worker.expect(rule, given)).then(
      edit => { onEdit([edit]); toast({ title: 'The record is a test of the document now', detail: 'Read what it expects, and save.' }); },
      (error: unknown) => toast({ kind: 'error', title: 'No test was made', detail: error instanceof Error ? error.message : String(error) }),
    );
  };
  const list = rule?.kind === 'redaction-policy' && touchedRecords(result).records === 0 ? <NothingHidden result={result} coveredMs={dryRun.coveredMs} ruleId={live ? dryRun.controls.ruleId : null} /> : result.reached > 0 && result.matched === 0 && view === 'difference' ? <NoMatch result={result} onMend={(wrote, saw) => { const edit = mendedLiteral(text, wrote, saw); if (edit !== null) onEdit([edit]); }} coveredMs={live ? dryRun.coveredMs : Infinity} of={{ live, share: live ? tail.ratio : 1 }} /> : <DiffList result={result} view={view} masked={masked} chosen={chosen} onChoose={setPicked} />;
  return (
    <>
      <DryRunFigures policy={rule?.kind === 'redaction-policy'} result={result} coveredMs={dryRun.coveredMs} share={live ? tail.ratio : 1} />
      {result.hidden.length > 0 && <Hidden result={result} />}
      {series !== null && <div className="banner" role="status"><span><b className={series.kind === 'overflow' ? 'red' : 'amb'}>{series.strong}</b> {series.rest}</span></div>}
      {live && dryRun.coveredMs < meaningfulSpanMs && result.matched > 0 && <p className="rules-range t2" role="status">{plural(result.reached, 'record')} in {formatDuration(dryRun.coveredMs)} so far. It runs again by itself; what it saves is told from {formatDuration(meaningfulSpanMs)} on.</p>}
      {(result.breach ?? result.error) !== null && <div className="banner" role="status">{result.breach ?? `${plural(result.errors + result.malformed, 'error')}: ${result.error}`}</div>}
      {chosen !== null && rule !== null
        ? <ResizablePanes id="rules.explain" label="Explanation" defaultSize={360} minSize={240} maxSize={640} first={<div className="col grow">{list}</div>}
            second={<ExplainPane sample={chosen} rule={rule} ruleId={dryRun.controls.ruleId} others={dryRun.controls.withDeployed ? dryRun.controls.deployed.acting : noRules} agent={dryRun.controls.deployed.attributes} onClose={() => setPicked(null)} onTest={redacts ? null : () => makeTest(chosen)} testReason={testReason} />} />
        : list}
    </>
  );
}
const noRules: readonly never[] = [];

type QueryRun = NonNullable<DryRun['result']>;

/** What it would hide in a sentence, and place by place when it is opened. */
function Hidden({ result }: { readonly result: QueryRun }) {
  return (
    <details className="rules-hidden" open={result.hidden.length <= 4}>
      <summary><b className="md">It {hiddenSentence(result)}</b></summary>
      <div className="scroll" tabIndex={0} role="region" aria-label="What it would hide, place by place"><HiddenList {...result} /></div>
    </details>
  );
}

function NothingHidden({ result: { reached }, coveredMs, ruleId }: { readonly result: QueryRun; readonly coveredMs: number; /** Of the saved policy, where live records are tried. */ readonly ruleId: string | null }) {
  const running = useRunsAlready(ruleId);
  if (running !== null) return <EmptyState title="It runs already">{running} So the records of the tail come masked, and nothing is left for it here. To see the policy itself at work, choose a file or a pasted sample above.</EmptyState>;
  return <EmptyState title="Nothing would be hidden">No entry fits and no detector finds anything in {plural(reached, 'record')} of {formatDuration(coveredMs)}. Records of a leak may be rare: it runs again by itself, and a file or a pasted sample can be chosen above.</EmptyState>;
}

interface NoMatchProps { readonly result: NonNullable<DryRun['result']>; readonly coveredMs: number; readonly of: { readonly live: boolean; readonly share: number }; readonly onMend: (wrote: string, saw: string) => void }

/** So few records, or so short a time, explain nothing. */
const tellingRecords = 100;

function NoMatch({ result, coveredMs, of, onMend }: NoMatchProps) {
  const soFar = `${plural(result.reached, 'record')} so far`;
  if (coveredMs < rateSpanMs || (coveredMs < tellingSpanMs && result.reached < tellingRecords)) return <EmptyState title={soFar}>None matched in {formatDuration(coveredMs)}, which is too little to say why. It runs again by itself as records come.</EmptyState>;
  return <>{coveredMs < tellingSpanMs && <p className="rules-range t2" role="status">{soFar}, none matched in {formatDuration(coveredMs)}; that is little. It runs again by itself as records come.</p>}<ClauseTable result={result} of={of} onMend={onMend} /></>;
}

function Waiting({ tail }: { readonly tail: TailState }) {
  if (tail.status === 'live' && tail.agents === 0) return <EmptyState title="No agent sends records">The dry run reads records as agents receive them, and no agent is connected. Look at Fleet for why, or choose a file or a pasted sample above.</EmptyState>;
  return <EmptyState title={tail.status === 'live' ? 'Waiting for the first records' : 'Opening the tail'}>The dry run reads what agents receive from now on, before any rule; it starts by itself when records arrive, tells rates after {formatDuration(rateSpanMs)} of them, and what would be saved after {formatDuration(meaningfulSpanMs)}. A file can be dropped here too.</EmptyState>;
}
