// The tests of the document: which pass, which fail and how they differ; and a new one from a record of the dry run.
import { useMemo, useState } from 'react';
import { parseRule, type CompiledRule, type DryRunSample, type RuleEdit, type TestReport } from '../../../../rules/index.ts';
import { Button, EmptyState, ErrorState, Icon, Menu, Pane, PaneHeader, Progress, type MenuEntry } from '../../../ui/index.ts';
import '../dry-run/dry-run.css';
import { testEdit } from './test-of-record.ts';
import { testWords, useRuleTests, type DocumentTests, type RuleTests } from './use-rule-tests.ts';

export interface TestsPaneProps {
  /** The document, and what it compiled to; null while it has errors. */
  readonly text: string; readonly compiled: CompiledRule | null;
  /** Records of the last dry run, to make tests of. */
  readonly samples?: readonly DryRunSample[];
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
}

const none: DocumentTests = [];
const noSamples: readonly DryRunSample[] = [];

export function TestsPane({ text, compiled, samples = noSamples, onEdit }: TestsPaneProps) {
  const last = useLastTests(text);
  return <TestsView tests={last} running={useRuleTests(compiled, last)} samples={samples} onEdit={onEdit} blocked={compiled === null ? 'The document has errors. Mend them first; the list under the text says where.' : null} />;
}

/** Of the document as it stands; the same list as long as it says the same, so that typing elsewhere starts no run. */
function useLastTests(text: string): DocumentTests {
  const json = useMemo(() => JSON.stringify(parseRule(text).document?.tests ?? none), [text]);
  return useMemo(() => JSON.parse(json) as DocumentTests, [json]);
}

export interface TestsViewProps {
  readonly tests: DocumentTests;
  readonly running: RuleTests;
  /** Records of the last dry run, to make tests of; empty when there are none or the rule is a state machine. */
  readonly samples: readonly DryRunSample[];
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  /** Why tests cannot run now; null when they can. */
  readonly blocked: string | null;
}

const offered = 12;

export function TestsView({ tests, running, samples, onEdit, blocked }: TestsViewProps) {
  const { report, stale, progress, failure, run, cancel } = running;
  const words = testWords(report);
  const failed = report?.results.some(({ ok }) => !ok) === true;
  return (
    <Pane label="Tests" className="grow">
      <PaneHeader title="Tests" meta={<span className={failed ? 'red' : 'acc'}>{words}{stale && words !== '' ? ', before your last edit' : ''}</span>}>
        <FromRecord tests={tests} samples={samples} onEdit={onEdit} />
        <Button size="s" icon="play" onClick={run} disabledReason={blocked ?? (tests.length === 0 ? 'There is no test yet.' : null)}>Run all</Button>
      </PaneHeader>
      {progress !== null && progress > 0 && <div className="rules-range"><Progress label="Running tests" share={progress} onCancel={cancel} /></div>}
      {failure !== null ? <ErrorState title="The tests could not run" onRetry={run}>{failure}</ErrorState>
        : tests.length === 0 ? <EmptyState title="No test yet">A test is a few records and what must come out. Make one from a record, or write <code>tests:</code> in the document.</EmptyState>
        : <Results tests={tests} report={report} />}
    </Pane>
  );
}

function FromRecord({ tests, samples, onEdit }: Pick<TestsViewProps, 'tests' | 'samples' | 'onEdit'>) {
  const entries = samples.slice(0, offered).map((sample): MenuEntry => ({
    label: `${sample.before.durableId || sample.before.service} ${sample.before.summary.slice(0, 60)}`, detail: <span className="t3">{{ removed: 'is taken', changed: 'is changed', unchanged: 'passes' }[sample.kind]}</span>,
    onSelect: () => onEdit([testEdit(tests, sample)]),
  }));
  if (entries.length === 0) return <Button size="s" variant="ghost" icon="plus" disabledReason="Run the dry run first: its records become tests.">From a record</Button>;
  return <Menu entries={entries} align="end" label="Records of the dry run"><Button size="s" variant="ghost" icon="plus" iconAfter="chev">From a record</Button></Menu>;
}

function Results({ tests, report }: { readonly tests: DocumentTests; readonly report: TestReport | null }) {
  const results = new Map(report?.results.map(result => [result.name, result]));
  return <ul className="rules-tests scroll grow" aria-label="Tests of the rule" tabIndex={0}>{tests.map((test, index) => <Result key={`${index} ${test.name}`} name={test.name} result={results.get(test.name) ?? null} />)}</ul>;
}

function Result({ name, result }: { readonly name: string; readonly result: TestReport['results'][number] | null }) {
  const [open, setOpen] = useState(true);
  const failed = result !== null && !result.ok;
  const mark = result === null ? <span className="t3"><Icon name="minus" size="s" /><span className="vh">not run</span></span> : <span className={failed ? 'red' : 'acc'}><Icon name={failed ? 'x' : 'check'} size="s" /><span className="vh">{failed ? 'failed' : 'passed'}</span></span>;
  return (
    <li>
      <div className="test">{mark}<span className="grow ell" title={name}>{name}</span>
        {failed && <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? 'Hide' : 'Why'}</button>}
        {result !== null && <span className="t3 nw">{result.milliseconds < 1 ? '< 1 ms' : `${Math.round(result.milliseconds)} ms`}</span>}
      </div>
      {failed && open && <pre>{result.failures.join('\n')}</pre>}
    </li>
  );
}
