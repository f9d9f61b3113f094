import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueryTest } from '../../../../model/index.ts';
import type { MachineStep, RuleEdit } from '../../../../rules/index.ts';
import { useRecordInHand } from '../../../state/index.ts';
import { compiledQuery, dryRunRecord, sample } from '../testing/dry-runs.ts';
import { fakeRulesWorker } from '../testing/fake-rules-worker.ts';
import { failureLine } from './failure-lines.ts';
import { RulesWorkerProvider } from './rules-worker.tsx';
import { testEdit, testEditOfSteps, testOf, variedSamples } from './test-of-record.ts';
import { TestsView } from './tests-pane.tsx';
import { useRuleTests } from './use-rule-tests.ts';

afterEach(cleanup);
const tests: readonly QueryTest[] = [{ name: 'errors go', given: [{}], expect: { dropped: 1 } }, { name: 'others stay', given: [{}], expect: { matched: 0 } }];
const rule = compiledQuery();

function show(more: { readonly samples?: Parameters<typeof TestsView>[0]['samples']; readonly tests?: readonly QueryTest[]; readonly kind?: 'query' | 'state-machine'; readonly steps?: readonly MachineStep[] | null; readonly onEdit?: (edits: readonly RuleEdit[]) => void } = {}, worker = fakeRulesWorker()) {
  const given = more.tests ?? tests;
  function Shown() { return <TestsView tests={given} kind={more.kind ?? 'query'} steps={more.steps ?? null} expecting={given => worker.expect(rule, given)} running={useRuleTests(rule, given)} samples={more.samples ?? []} onEdit={more.onEdit ?? (() => undefined)} blocked={null} />; }
  render(<RulesWorkerProvider value={worker}><Shown /></RulesWorkerProvider>);
}

describe('the tests pane', () => {
  it('runs by itself and shows what passes and how the others differ', async () => {
    const worker = fakeRulesWorker();
    worker.report = { rule: 'x', results: [{ name: 'errors go', ok: true, failures: [], milliseconds: 2 }, { name: 'others stay', ok: false, failures: ['matched: expected 0, came 1'], milliseconds: 0.2 }] };
    show({}, worker);
    expect(await screen.findByText('1 of 2 fails')).toBeTruthy();
    expect(screen.getByText('matched').parentElement!.textContent).toBe('matchedexpected 0actual 1');
    expect(screen.getByText('2 ms')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Run all' }));
    await waitFor(() => expect(worker.calls.filter(call => call === 'test').length).toBe(2));
  });

  it('makes a test of a record', async () => {
    const edits: (readonly RuleEdit[])[] = [];
    show({ samples: [sample('removed', dryRunRecord(1, 'gone'))], onEdit: edit => edits.push(edit) });
    await userEvent.click(screen.getByRole('button', { name: 'From a record' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /gone/ }));
    await waitFor(() => expect(edits.length).toBe(1));
    expect(edits).toEqual([[{ path: ['tests', 2], value: { name: 'CartItemAdded is taken', given: [{ Body: 'gone' }], expect: { matched: 1, records: [] } } }]]);
  });

  it('opens a test on a click, changes it, and takes it away', async () => {
    const edits: (readonly RuleEdit[])[] = [];
    show({ onEdit: edit => edits.push(edit) });
    await userEvent.click(screen.getByRole('button', { name: /errors go/ }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'others stay' } });
    expect(screen.getByText('Another test has this name.')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: 'Name' }), { target: { value: 'errors leave' } });
    fireEvent.change(screen.getByRole('textbox', { name: /^Given/ }), { target: { value: '{"EventName":"A"}\n{"EventName":"B"}' } });
    fireEvent.change(screen.getByRole('textbox', { name: /^Expected/ }), { target: { value: '{"dropped":"x"}' } });
    expect(screen.getByText(/^expect\.dropped: /)).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: /^Expected/ }), { target: { value: '{"dropped":2}' } });
    await userEvent.click(screen.getByRole('button', { name: 'Change the test' }));
    expect(edits).toEqual([[{ path: ['tests', 0], value: { name: 'errors leave', given: [{ EventName: 'A' }, { EventName: 'B' }], expect: { dropped: 2 } } }]]);
    await userEvent.click(screen.getByRole('button', { name: /others stay/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete the test' }));
    expect(edits[1]).toEqual([{ path: ['tests', 1], value: undefined }]);
  });

  it('searches names and records', async () => {
    show({ tests: ['one', 'two', 'three', 'four'].map(name => ({ name, given: [{ Body: `from ${name}` }], expect: {} })) });
    await userEvent.type(screen.getByRole('textbox', { name: 'Search tests' }), 'from THREE');
    expect(screen.getAllByRole('listitem').map(item => item.textContent)).toEqual(['not runthree']);
  });

  it('takes a record from the tail, and expects what the rule makes of it', async () => {
    const edits: (readonly RuleEdit[])[] = [];
    const worker = fakeRulesWorker();
    worker.expected = { matched: 1, dropped: 1, changed: 0, metrics: [{ name: 'm', value: 1 }] };
    useRecordInHand.getState().put({ signal: 'logs', service: 'cart', durableId: 'CartItemAdded', summary: 'item added', columns: { EventName: 'CartItemAdded', Timestamp: 5n }, attributes: {}, resource: { 'service.name': 'cart' } });
    show({ onEdit: edit => edits.push(edit) }, worker);
    await userEvent.click(screen.getByRole('button', { name: 'Make it a test' }));
    await waitFor(() => expect(edits.length).toBe(1));
    expect(edits[0]).toEqual([{ path: ['tests', 2], value: { name: 'CartItemAdded is matched', given: [{ EventName: 'CartItemAdded', ServiceName: 'cart' }], expect: worker.expected } }]);
    expect(useRecordInHand.getState().record).toBeNull();
  });

  it('says how to get the first one', () => {
    show({ tests: [] });
    expect(screen.getByText('No test yet')).toBeTruthy();
  });
});

describe('a test of a net', () => {
  const fields = (depth: number) => ({ columns: { EventName: 'QueueDepth', ServiceName: 'cart', TraceId: 'ab' }, attributes: { depth: BigInt(depth) }, resource: { 'service.name': 'cart' } });
  const step = (number: number, seconds: number, more: Partial<MachineStep> = {}): MachineStep => ({ cause: 'record', record: { number, signal: 'logs', service: 'cart', name: 'QueueDepth', summary: `depth ${number}`, fields: fields(number * 100) }, key: 'cart', atUnixNano: BigInt(seconds * 1000) * 1_000_000n, from: 'idle', to: 'idle', via: null, guards: [], events: [], because: null, passedOver: 0, ...more });
  const steps = [step(1, 10), step(2, 12.25), step(3, 13, { to: 'stuck', via: 0, because: 'depth > 200' })];
  const came = { state: 'stuck', transitions: ['idle -> stuck'], actions: ['cpu-sample'] };

  it('is made of the chosen records of the replay, in order, with their times', async () => {
    const edits: (readonly RuleEdit[])[] = [];
    const worker = fakeRulesWorker();
    worker.expected = came as unknown as typeof worker.expected; // of a net
    show({ tests: [], kind: 'state-machine', steps, onEdit: edit => edits.push(edit) }, worker);
    await userEvent.click(screen.getByRole('button', { name: 'From records' }));
    const boxes = screen.getAllByRole('checkbox');
    expect(boxes.map(box => box.getAttribute('aria-checked'))).toEqual(['false', 'false', 'true']);
    await userEvent.click(boxes[1]!);
    await userEvent.click(screen.getByRole('button', { name: 'Make a test of 2 records' }));
    await waitFor(() => expect(edits.length).toBe(1));
    const given = (at: string, depth: number) => ({ at, EventName: 'QueueDepth', Attributes: { depth }, ServiceName: 'cart' });
    expect(edits[0]).toEqual([{ path: ['tests'], value: [{ name: 'QueueDepth leads to stuck', given: [given('0s', 200), given('0.75s', 300)], expect: came }] }]);
    expect(screen.queryByRole('region', { name: 'Records for a test' })).toBeNull();
  });

  it('keeps what the rule asks for, and lets a timer be time that passes', async () => {
    const timer = step(0, 73, { cause: 'timer', record: null, because: '1 m in stuck' });
    const edit = await testEditOfSteps([], [steps[0]!, timer], 'key: [TraceId]', async () => came);
    expect(edit.value).toMatchObject([{ given: [{ at: '0s', TraceId: 'ab' }, { at: '63s' }] }]);
  });

  it('says what is first to do', () => {
    show({ tests: [], kind: 'state-machine', steps: null });
    expect(screen.getByRole('button', { name: 'From records' }).getAttribute('aria-disabled')).toBe('true');
  });
});

describe('a test of a record', () => {
  const before = dryRunRecord(1, 'mail ada@example.org', { attributes: { tier: 'web', n: 12n }, resource: { 'service.name': 'cart' }, columns: { Body: 'mail ada@example.org', EventName: 'E', Timestamp: 5n, ServiceName: 'cart' } });
  it('holds no secret and no time', () => {
    expect(testOf(sample('unchanged', before), []).given).toEqual([{ Body: 'mail ••••', EventName: 'E', Attributes: { tier: 'web', n: 12 }, ServiceName: 'cart' }]);
  });
  it('expects the fields that the rule wrote, under a name of its own', () => {
    const made = testOf(sample('changed', before, { changes: [{ field: 'SeverityText', before: null, after: 'LOUD' }, { field: 'Attributes["tier"]', before: 'web', after: 'edge' }] }), ['CartItemAdded is changed']);
    expect(made).toMatchObject({ name: 'CartItemAdded is changed (2)', expect: { matched: 1, records: [{ SeverityText: 'LOUD', tier: 'edge' }] } });
  });
  it('checks the points that a metric rule makes, and that it matched a record that passes', async () => {
    const kept = { name: 'E passes untouched', expect: { matched: 1, metrics: [{ name: 'seen', value: 1, attributes: { ServiceName: 'cart' } }] } };
    const edit = await testEdit([], sample('unchanged', before), async () => ({ matched: 1, dropped: 0, changed: 0, metrics: kept.expect.metrics }));
    expect(edit).toMatchObject({ path: ['tests'], value: [{ expect: kept.expect }] });
  });
});

it('offers records of each kind before more of one', () => {
  const of = (id: number, name: string) => sample('removed', dryRunRecord(id, name, { durableId: name }));
  const many = [...Array.from({ length: 20 }, (_, i) => of(i, 'A')), of(30, 'B'), of(31, 'C')];
  expect(variedSamples(many, 5).map(({ before }) => before.durableId)).toEqual(['A', 'B', 'C', 'A', 'A']);
});

it('takes failures apart', () => {
  expect(failureLine('record 1: Body: expected "c", came "b"\n  expected {Body: "c"}\n  came     {Body: "b"}')).toEqual({ what: 'record 1: Body', expected: '"c"', came: '"b"', more: ['expected {Body: "c"}', 'came     {Body: "b"}'] });
  expect(failureLine('expected 1 record, none came out\n  the first that is missing: {}')).toMatchObject({ what: 'what comes out', expected: '1 record', came: 'none' });
  expect(failureLine('no data point {name: "m"} came out\n  came     {name: "n"}')).toEqual({ what: 'data points', expected: '{name: "m"}', came: '{name: "n"}', more: [] });
  expect(failureLine('given 2: Timestamp must be a time')).toMatchObject({ what: 'given 2: Timestamp must be a time', expected: null });
});
