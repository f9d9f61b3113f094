// The tests of the document: which pass, which fail and how they differ, each to be opened and changed; and a new one from a
// record of the dry run or of the tail.
import { useMemo, useState } from 'react';
import { parseRule, type CompiledRule, type DryRunSample, type MachineStep, type RuleEdit, type TestReport } from '../../../../rules/index.ts';
import type { RuleKind } from '../../../../model/index.ts';
import { toast, useRecordInHand } from '../../../state/index.ts';
import { Button, EmptyState, ErrorState, Input, MaskedText, Menu, Pane, PaneHeader, Progress, type MenuEntry } from '../../../ui/index.ts';
import '../dry-run/dry-run.css';
import { useRulesWorker } from './rules-worker.tsx';
import { FromSteps } from './from-steps.tsx';
import { testEdit, testEditOfRecord, testEditOfSteps, variedSamples, type Expecting } from './test-of-record.ts';
import { TestRow } from './test-row.tsx';
import { testWords, useRuleTests, type DocumentTests, type RuleTests } from './use-rule-tests.ts';

export interface TestsPaneProps {
  /** The document, and what it compiled to; null while it has errors. */
  readonly text: string; readonly compiled: CompiledRule | null;
  /** Records of the last dry run, to make tests of. */
  readonly samples?: readonly DryRunSample[];
  /** Of the replay of a net; null before it ran. */
  readonly steps?: readonly MachineStep[] | null;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
}

const none: DocumentTests = [];
const noSamples: readonly DryRunSample[] = [];

export function TestsPane({ text, compiled, samples = noSamples, steps = null, onEdit }: TestsPaneProps) {
  const last = useLastTests(text);
  const worker = useRulesWorker();
  const expecting = useMemo(() => compiled === null ? null : (given: Parameters<Expecting>[0]) => worker.expect(compiled, given), [compiled, worker]);
  return <TestsView tests={last} kind={kindOf(text, compiled)} running={useRuleTests(compiled, last)} samples={samples} steps={steps} says={text} onEdit={onEdit} expecting={expecting} blocked={compiled === null ? 'The document has errors. Mend them first; the list under the text says where.' : null} />;
}

const kindOf = (text: string, compiled: CompiledRule | null): RuleKind => compiled?.kind ?? parseRule(text).document?.kind ?? 'query';

/** Of the document as it stands; the same list as long as it says the same, so that typing elsewhere starts no run. */
export function useLastTests(text: string): DocumentTests {
  const json = useMemo(() => JSON.stringify(parseRule(text).document?.tests ?? none), [text]);
  return useMemo(() => JSON.parse(json) as DocumentTests, [json]);
}

export interface TestsViewProps {
  readonly tests: DocumentTests;
  readonly kind: RuleKind;
  readonly running: RuleTests;
  /** Records of the last dry run, to make tests of; empty when there are none or the rule is a state machine. */
  readonly samples: readonly DryRunSample[];
  /** Steps of a net's last replay; null before it ran, and of a query. */
  readonly steps?: readonly MachineStep[] | null;
  /** The text of the document. */
  readonly says?: string;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  /** Asks the rule what it makes of records; null while it has errors. */
  readonly expecting: Expecting | null;
  /** Why tests cannot run now; null when they can. */
  readonly blocked: string | null;
}

/** Below so many tests a search field is in the way. */
const searchFrom = 4;

export function TestsView(props: TestsViewProps) {
  const { tests, running, blocked, onEdit } = props;
  const { report, stale, progress, failure, run, cancel } = running;
  const [wanted, setWanted] = useState('');
  const [choosing, setChoosing] = useState(false);
  const add = useAdd(onEdit);
  const words = testWords(report);
  const ofSteps = (chosen: readonly MachineStep[]) => { setChoosing(false); if (props.expecting !== null) add(testEditOfSteps(tests, chosen, props.says ?? '', props.expecting), chosen.length); };
  const failed = report?.results.some(({ ok }) => !ok) === true;
  return (
    <Pane label="Tests" className="grow rules-tests-pane">
      <PaneHeader title="Tests" meta={<span className={stale ? 't3' : failed ? 'red' : 'acc'}>{words}{stale && words !== '' ? ', before your last edit' : ''}</span>}>
        {tests.length >= searchFrom && <Input small aria-label="Search tests" placeholder="Search tests" value={wanted} onChange={event => setWanted(event.target.value)} />}
        {props.kind !== 'state-machine' ? <FromRecord {...props} /> : <FromReplay {...props} open={choosing} onOpen={setChoosing} />}
        <Button size="s" icon="play" onClick={run} disabledReason={blocked ?? (tests.length === 0 ? 'There is no test yet.' : null)}>Run all</Button>
      </PaneHeader>
      <FromTail tests={tests} kind={props.kind} expecting={props.expecting} onEdit={onEdit} />
      {choosing && <FromSteps steps={props.steps ?? []} onMake={ofSteps} onClose={() => setChoosing(false)} />}
      {progress !== null && progress > 0 && <div className="rules-range"><Progress label="Running tests" share={progress} onCancel={cancel} /></div>}
      {failure !== null ? <ErrorState title="The tests could not run" onRetry={run}>{failure}</ErrorState>
        : tests.length === 0 ? <EmptyState title="No test yet">A test is a few records and what must come out. Make one from a record, or write <code>tests:</code> in the document.</EmptyState>
        : <Results {...props} report={report} wanted={wanted} />}
    </Pane>
  );
}

/** Adds the test, or says why the rule cannot take the record. */
function useAdd(onEdit: TestsViewProps['onEdit']) {
  return (edit: Promise<RuleEdit>, records = 1) => void edit.then(
    made => { onEdit([made]); toast({ title: records === 1 ? 'The record is a test of the document now' : `The ${records} records are a test of the document now`, detail: 'Read what it expects, and save.' }); },
    (error: unknown) => toast({ kind: 'error', title: 'No test was made', detail: error instanceof Error ? error.message : String(error) }),
  );
}

function FromRecord({ tests, kind, samples, expecting, onEdit }: TestsViewProps) {
  const add = useAdd(onEdit);
  const entries = variedSamples(samples).map((sample): MenuEntry => ({
    label: <><b>{sample.before.durableId || sample.before.service}</b> <MaskedText text={sample.before.summary.slice(0, 60)} /></>, detail: <span className="t3">{{ removed: 'is taken', changed: 'is changed', unchanged: 'passes' }[sample.kind]}</span>,
    onSelect: () => { if (expecting !== null) add(testEdit(tests, sample, expecting)); },
  }));
  const reason = kind === 'redaction-policy' ? needsMadeUp : entries.length === 0 ? 'Run the dry run first: its records become tests.' : expecting === null ? 'The document has errors. Mend them first.' : null;
  if (reason !== null) return <Button size="s" variant="ghost" icon="plus" disabledReason={reason}>From a record</Button>;
  return <Menu entries={entries} align="end" label="Records of the dry run"><Button size="s" variant="ghost" icon="plus" iconAfter="chev">From a record</Button></Menu>;
}

/** Why no record becomes a test of a redaction. */
export const needsMadeUp = 'A test of a redaction needs a made-up secret; here secrets are masked already. Write one in the document.';

/** Of a net: opens the steps of its replay, to choose from. */
function FromReplay({ steps = null, expecting, open, onOpen }: Pick<TestsViewProps, 'steps' | 'expecting'> & { readonly open: boolean; readonly onOpen: (open: boolean) => void }) {
  const reason = expecting === null ? 'The document is being checked, or has errors.' : steps === null ? 'Run the dry run first: the records it replays become tests.' : steps.length === 0 ? 'No record came to the net in the dry run. Choose other records for it.' : null;
  return <Button size="s" variant="ghost" icon="plus" aria-expanded={open} disabledReason={open ? null : reason} onClick={() => onOpen(!open)}>From records</Button>;
}

/** A record that the person brought from the tail. */
function FromTail({ tests, kind, expecting, onEdit }: Pick<TestsViewProps, 'tests' | 'kind' | 'expecting' | 'onEdit'>) {
  const { record, put } = useRecordInHand();
  const add = useAdd(onEdit);
  if (record === null) return null;
  const take = () => { if (expecting !== null) { add(testEditOfRecord(tests, record, expecting)); put(null); } };
  return (
    <div className="banner" role="status">
      <span className="ell">From the tail: <b>{record.durableId || record.service}</b> <MaskedText text={record.summary.slice(0, 80)} /></span>
      <span className="row end"><Button size="s" variant="primary" onClick={take} disabledReason={kind === 'redaction-policy' ? needsMadeUp : expecting === null ? 'The document is being checked, or has errors.' : null}>Make it a test</Button><Button size="s" onClick={() => put(null)}>Not this one</Button></span>
    </div>
  );
}

function Results({ tests, kind, report, wanted, onEdit }: TestsViewProps & { readonly report: TestReport | null; readonly wanted: string }) {
  const [open, setOpen] = useState<number | null>(null);
  const results = new Map(report?.results.map(result => [result.name, result]));
  const word = wanted.trim().toLowerCase();
  const shown = tests.flatMap((test, index) => (word === '' || JSON.stringify(test).toLowerCase().includes(word) ? [index] : []));
  if (shown.length === 0) return <EmptyState title="No test says that">The search looks at names, records and what is expected.</EmptyState>;
  return <ul className="rules-tests scroll grow" aria-label="Tests of the rule" tabIndex={0}>{shown.map(index => <TestRow key={index} tests={tests} index={index} kind={kind} result={results.get(tests[index]!.name) ?? null} open={open === index} onOpen={is => setOpen(is ? index : null)} onEdit={onEdit} />)}</ul>;
}
