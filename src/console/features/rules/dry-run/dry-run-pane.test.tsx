import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useMemo } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RuleEdit } from '../../../../rules/index.ts';
import { createQueryClient } from '../../../api/index.ts';
import { RulesTailProvider } from '../services.tsx';
import { RulesWorkerProvider } from '../tests/index.ts';
import { compiledQuery, dryRunRecord, dryRunResult, sample } from '../testing/dry-runs.ts';
import { fakeRulesWorker } from '../testing/fake-rules-worker.ts';
import { fakeTail } from '../testing/fakes.ts';
import { DryRunPane, useDryRun } from './index.ts';

const rule = compiledQuery();
const config = JSON.stringify({ version: 1, revision: 1, rules: [{ id: 'r9', name: 'earlier', version: 1, order: 1, plan: rule.plan }] });
const agent = { id: 'a', ordinal: 1, name: 'cart-1', host: 'h', version: '1', kind: 'weir', connected: true, firstSeenAt: '', lastSeenAt: '', healthy: true, healthMessage: '', effectiveConfigHash: '', intendedConfigHash: '', configStatus: 'applied', configError: '', configAppliedAt: null, attributes: {}, effectiveConfig: config, status: null };
let cost = { pricePerGiB: null as number | null, currency: 'USD' };

beforeEach(() => {
  cost = { pricePerGiB: null, currency: 'USD' };
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
  vi.stubGlobal('fetch', async (path: string, init?: { method?: string; body?: string }) => {
    if (init?.method === 'PUT') cost = JSON.parse(init.body ?? '{}');
    return new Response(JSON.stringify(String(path).includes('/agents') ? { agents: [agent] } : cost), { headers: { 'content-type': 'application/json' } });
  });
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
});
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

function show({ tail = fakeTail(), worker = fakeRulesWorker(), onEdit = (_edits: readonly RuleEdit[]) => undefined as void } = {}) {
  function Shown() {
    const target = useMemo(() => ({ rule, text: 'name: drop-cart\nkql: Logs' }), []);
    const { dryRun, run } = useDryRun(target);
    return <DryRunPane dryRun={dryRun} run={run} blocked={null} stale={false} text={target.text} onEdit={onEdit} />;
  }
  render(<QueryClientProvider client={createQueryClient()}><RulesTailProvider value={tail}><RulesWorkerProvider value={worker}><Shown /></RulesWorkerProvider></RulesTailProvider></QueryClientProvider>);
  return { tail, worker };
}
const choose = async (name: RegExp) => { await userEvent.click(await screen.findByRole('button', { name: /^Records from/ })); await userEvent.click(await screen.findByRole('menuitemcheckbox', { name }).catch(() => screen.findByRole('menuitem', { name }))); };

describe('the dry run pane', () => {
  it('runs over the tail by itself and says what it found', async () => {
    show();
    expect(await screen.findByText('item added sku=MUG-2207')).toBeTruthy();
    expect(screen.getByText('Matched').parentElement!.textContent).toContain('500 of 2,000, 25.0 %');
    expect(screen.getByText('CPU, estimated').parentElement!.textContent).toContain('≈ 0.2 µs a record, < 0.01 % of a core');
  });

  it('tells money once somebody says what a GiB costs', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'set a price' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /What a GiB costs/ }), '2');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    // 200,000 bytes in 10 s are 1.609 GiB a day.
    await waitFor(() => expect(screen.getByText('Saves').parentElement!.textContent).toContain('USD 3.22 a day'));
  });

  it('explains a record, and makes a test of it', async () => {
    const worker = fakeRulesWorker();
    worker.outcomes = [{ rule: 'dry-run', name: 'drop-cart', version: 1, stage: 'rules', did: 'dropped', shadow: false, because: 'EventName == "CartItemAdded" holds: the record stopped here.', changes: [], clauses: [{ text: 'EventName == "CartItemAdded"', operator: 0, clause: 0, outcome: true, reads: [{ name: 'EventName', value: 'CartItemAdded' }], join: null, parts: [] }] }];
    const edits: (readonly RuleEdit[])[] = [];
    show({ worker, onEdit: edit => { edits.push(edit); } });
    await userEvent.click(await screen.findByText('item added sku=MUG-2207'));
    expect(await screen.findByText('drops it')).toBeTruthy();
    expect(screen.getByText('EventName = CartItemAdded')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Make it a test' }));
    expect(edits[0]![0]).toMatchObject({ path: ['tests'] });
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('drops it')).toBeNull();
  });

  it('says which condition is why nothing matched', async () => {
    const tail = fakeTail();
    tail.covered = 60_000;
    tail.result = dryRunResult({ matched: 0, removed: 0, clauses: [
      { text: 'EventName == "LogLaunch"', operator: 0, clause: 0, seen: 2000, isFalse: 2000, isNull: 0, reached: 2000, passed: 0, read: 2000, examples: ['QueueDepth'], near: { name: 'EventName', wrote: 'LogLaunch', saw: 'LogLunch' }, blamed: true, reads: [{ name: 'EventName', values: [{ value: 'QueueDepth', count: 1800 }, { value: 'CartItemAdded', count: 200 }], other: 0, least: null, most: null }] },
    ] });
    show({ tail });
    expect(await screen.findByText('EventName == "LogLaunch" never held in the last 2,000 records looked at. Did you mean "LogLunch"? You wrote "LogLaunch". EventName was QueueDepth 1,800 times, CartItemAdded 200 times.')).toBeTruthy();
    expect(screen.getByText('why')).toBeTruthy();
  });

  it('reads a pasted sample, runs over it, and goes back to the tail', async () => {
    const worker = fakeRulesWorker();
    worker.result = dryRunResult({ samples: [sample('removed', dryRunRecord(1, 'from the paste'))] });
    const { tail } = show({ worker });
    await choose(/pasted sample/);
    fireEvent.change(await screen.findByRole('textbox', { name: 'Records' }), { target: { value: '{"Body":"x"}' } });
    await userEvent.click(screen.getByRole('button', { name: 'Run over it' }));
    expect(await screen.findByText('from the paste')).toBeTruthy();
    expect(screen.getByText(/JSON records, 40 records/)).toBeTruthy();
    const ran = tail.ran.length;
    await choose(/Live tail/);
    await waitFor(() => expect(tail.ran.length).toBeGreaterThan(ran));
    expect(worker.calls).toContain('release');
  });

  it('takes a file that is dropped, and says what is wrong with it', async () => {
    const worker = fakeRulesWorker();
    worker.readFailure = 'This is no OTLP export request: a length is cut off at byte 12.';
    show({ worker });
    const pane = await screen.findByText('item added sku=MUG-2207');
    fireEvent.drop(pane, { dataTransfer: { types: ['Files'], files: [new File(['x'], 'logs.pb')] } });
    expect((await screen.findByRole('alert')).textContent).toContain('a length is cut off at byte 12');
  });

  it('puts deployed rules before it when asked', async () => {
    const tail = fakeTail();
    const asked: unknown[] = [];
    const { dryRun } = tail;
    tail.dryRun = async (options, work) => { asked.push(options.others?.map(other => other.name)); return dryRun(options, work); };
    show({ tail });
    await screen.findByText('item added sku=MUG-2207');
    await choose(/With deployed rules/);
    await waitFor(() => expect(asked.at(-1)).toEqual(['earlier']));
  });
});
