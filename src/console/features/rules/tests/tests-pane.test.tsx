import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { QueryTest } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { compiledQuery, dryRunRecord, sample } from '../testing/dry-runs.ts';
import { fakeRulesWorker } from '../testing/fake-rules-worker.ts';
import { RulesWorkerProvider } from './rules-worker.tsx';
import { testOf } from './test-of-record.ts';
import { TestsView } from './tests-pane.tsx';
import { useRuleTests } from './use-rule-tests.ts';

afterEach(cleanup);
const tests: readonly QueryTest[] = [{ name: 'errors go', given: [{}], expect: { dropped: 1 } }, { name: 'others stay', given: [{}], expect: { matched: 0 } }];
const rule = compiledQuery();

function show(more: { readonly samples?: Parameters<typeof TestsView>[0]['samples']; readonly tests?: readonly QueryTest[]; readonly onEdit?: (edits: readonly RuleEdit[]) => void } = {}, worker = fakeRulesWorker()) {
  const given = more.tests ?? tests;
  function Shown() { return <TestsView tests={given} running={useRuleTests(rule, given)} samples={more.samples ?? []} onEdit={more.onEdit ?? (() => undefined)} blocked={null} />; }
  render(<RulesWorkerProvider value={worker}><Shown /></RulesWorkerProvider>);
}

describe('the tests pane', () => {
  it('runs by itself and shows what passes and how the others differ', async () => {
    const worker = fakeRulesWorker();
    worker.report = { rule: 'x', results: [{ name: 'errors go', ok: true, failures: [], milliseconds: 2 }, { name: 'others stay', ok: false, failures: ['matched: expected 0, came 1'], milliseconds: 0.2 }] };
    show({}, worker);
    expect(await screen.findByText('1 of 2 fails')).toBeTruthy();
    expect(screen.getByText('matched: expected 0, came 1')).toBeTruthy();
    expect(screen.getByText('2 ms')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Run all' }));
    await waitFor(() => expect(worker.calls.filter(call => call === 'test').length).toBe(2));
  });

  it('makes a test of a record', async () => {
    const edits: (readonly RuleEdit[])[] = [];
    show({ samples: [sample('removed', dryRunRecord(1, 'gone'))], onEdit: edit => edits.push(edit) });
    await userEvent.click(screen.getByRole('button', { name: 'From a record' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /gone/ }));
    expect(edits).toEqual([[{ path: ['tests', 2], value: { name: 'CartItemAdded is taken', given: [{ Body: 'gone' }], expect: { matched: 1, records: [] } } }]]);
  });

  it('says how to get the first one', () => {
    show({ tests: [] });
    expect(screen.getByText('No test yet')).toBeTruthy();
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
});
