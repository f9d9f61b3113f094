import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useMemo } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PriceTable } from '../../../../model/index.ts';
import { priceTable } from '../../../../model/index.ts';
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
let agent = { id: 'a', ordinal: 1, name: 'cart-1', host: 'h', version: '1', kind: 'weir', connected: true, firstSeenAt: '', lastSeenAt: '', healthy: true, healthMessage: '', effectiveConfigHash: '', intendedConfigHash: '', configStatus: 'applied', configError: '', configAppliedAt: null, attributes: {}, effectiveConfig: config, status: null as unknown };
const plain = agent;
/** As agents report it once a second, with one rule off. */
const offStatus = (id: string) => ({
  version: 1, startedUnixMs: 0, atUnixMs: 1, pid: 1, received: { logs: 0, spans: 0, metrics: 0, bytes: 0, requests: 0 }, refused: { requests: 0, malformed: 0, tooLarge: 0 }, removed: { dropped: 0, sampled: 0, toMetric: 0, recorded: 0 },
  changed: 0, emitted: 0, lostAtCrash: 0, exporters: [], recorders: [], tail: { subscriptions: 0, sentRecords: 0, shedRecords: 0 }, talkers: [], otherRecords: 0, process: { cpuShare: 0, rssBytes: 0, heapUsedBytes: 0, eventLoopDelayP99Ms: 0 },
  rules: [{ id, version: 1, matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, cpuMs: 0, bytesRemoved: 0, lastError: null, disabled: { kind: 'memory', reason: 'It held 40 MiB.', atUnixMs: 1 } }],
});
const signalPrices = { perGb: null, perMillionRecords: null, perGbMonthKept: null, retentionDays: 30, includedDays: 30 };
const unpriced: PriceTable = { currency: 'USD', logs: signalPrices, spans: signalPrices, metrics: signalPrices, perSeriesMonth: null, note: '' };
let prices = unpriced;

beforeEach(() => {
  prices = unpriced;
  agent = plain;
  vi.stubGlobal('ResizeObserver', class { observe() {} unobserve() {} disconnect() {} });
  vi.stubGlobal('fetch', async (path: string, init?: { method?: string; body?: string }) => {
    if (init?.method === 'PUT') prices = priceTable.strip().parse(JSON.parse(init.body ?? '{}'));
    return new Response(JSON.stringify(String(path).includes('/agents') ? { agents: [agent] } : prices), { headers: { 'content-type': 'application/json' } });
  });
  Element.prototype.scrollIntoView ??= () => undefined;
  Element.prototype.hasPointerCapture ??= () => false;
});
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

function show({ id = null as string | null, tail = fakeTail(), worker = fakeRulesWorker(), onEdit = (_edits: readonly RuleEdit[]) => undefined as void } = {}) {
  function Shown() {
    const target = useMemo(() => ({ id, rule, text: 'name: drop-cart\nkql: Logs' }), []);
    const { dryRun, run } = useDryRun(target);
    return <DryRunPane dryRun={dryRun} run={run} blocked={null} stale={false} text={target.text} onEdit={onEdit} />;
  }
  const view = render(<QueryClientProvider client={createQueryClient()}><RulesTailProvider value={tail}><RulesWorkerProvider value={worker}><Shown /></RulesWorkerProvider></RulesTailProvider></QueryClientProvider>);
  return { tail, worker, view };
}
const choose = async (name: RegExp) => { await userEvent.click(await screen.findByRole('button', { name: /^Records from/ })); await screen.findByRole('menu'); await userEvent.click(screen.queryByRole('menuitemcheckbox', { name }) ?? screen.getByRole('menuitem', { name })); };

describe('the dry run pane', () => {
  it('runs over the tail by itself and says what it found', async () => {
    show();
    expect(await screen.findByText('item added sku=MUG-2207')).toBeTruthy();
    expect(screen.getByText('Matched').parentElement!.textContent).toContain('500 of 2,000, 25.0 %');
    expect(screen.getByText('CPU, estimated').parentElement!.textContent).toContain('≈ 0.2 µs a record, < 0.01 % of a core');
  });

  it('tells money once somebody says what a GB costs', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'set a price' }));
    await userEvent.type(await screen.findByRole('textbox', { name: /What a GB of logs costs/ }), '2');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    // 200,000 bytes in 10 s are 52.56 GB in a month of 730 hours.
    await waitFor(() => expect(screen.getByText(/^Saves/).parentElement!.textContent).toContain('105.12 USD a month, 20 kB/s less'));
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

  it('does not explain over a handful of records, and tells no rate of a moment', async () => {
    const tail = fakeTail();
    tail.covered = 28;
    tail.result = dryRunResult({ scanned: 7, reached: 7, matched: 0, removed: 0, clauses: [{ text: 'a', operator: 0, clause: 0, seen: 7, isFalse: 7, isNull: 0, reached: 7, passed: 0, read: 7, examples: [], near: null, blamed: true, reads: [] }] });
    show({ tail });
    expect(await screen.findByText('7 records so far')).toBeTruthy();
    expect(screen.queryByText(/never held/)).toBeNull();
    expect(screen.getByText(/28 ms of records before rules: too short for a rate/)).toBeTruthy();
    expect(screen.getByText('CPU, estimated').parentElement!.textContent).not.toContain('of a core');
  });

  it('says in red that nearly every record makes a series, beside what it saves', async () => {
    const tail = fakeTail();
    tail.result = dryRunResult({ scanned: 54_000, reached: 54_000, matched: 44_400, emitted: 44_400, groups: 44_400, overflowed: 34_400 });
    show({ tail });
    expect((await screen.findByText(/nearly every record makes a series of its own; past 10,000 they share one\. Group by fewer values\./)).textContent).toContain('44,400 series');
    expect(screen.getByText(/^Saves/).parentElement!.textContent).toContain('before 44,400 series');
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

  const deployedAs = (...rules: readonly { id: string; name: string; order: number }[]) => { agent = { ...plain, effectiveConfig: JSON.stringify({ version: 1, revision: 1, rules: rules.map(one => ({ ...one, version: 1, plan: rule.plan })) }) }; };
  const asking = (tail: ReturnType<typeof fakeTail>) => {
    const asked: Parameters<typeof tail.dryRun>[0][] = [];
    const { dryRun } = tail;
    tail.dryRun = async (options, work) => { asked.push(options); return dryRun(options, work); };
    return asked;
  };

  it('is told from others by its id: its name may be another by now, and another rule may have its name', async () => {
    deployedAs({ id: 'mine', name: 'old-name', order: 100 }, { id: 'other', name: 'drop-cart', order: 100 });
    const tail = fakeTail();
    const asked = asking(tail);
    const worker = fakeRulesWorker();
    const explained: string[][] = [];
    worker.explain = async rules => { explained.push(rules.map(one => one.id)); return []; };
    show({ id: 'mine', tail, worker });
    await screen.findByText('item added sku=MUG-2207');
    await choose(/With deployed rules/);
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ ruleId: 'mine', others: [{ id: 'mine' }, { id: 'other' }] }));
    expect(screen.queryByText(/same order/)).toBeNull();
    await userEvent.click(await screen.findByText('item added sku=MUG-2207'));
    await waitFor(() => expect(explained.at(-1)).toEqual(['other', 'mine']));
  });

  it('says how ties break while it is not saved', async () => {
    deployedAs({ id: 'a', name: 'twin', order: 100 }, { id: 'b', name: 'first', order: 1 });
    const tail = fakeTail();
    const asked = asking(tail);
    show({ tail });
    await screen.findByText('item added sku=MUG-2207');
    await choose(/With deployed rules/);
    expect(await screen.findByText(/^twin has the same order and ran first here; agents settle equal orders by id/)).toBeTruthy();
    expect(asked.at(-1)).not.toHaveProperty('ruleId');
  });

  it('leaves out what turned itself off on that agent, and says so', async () => {
    deployedAs({ id: 'a', name: 'greedy', order: 1 }, { id: 'b', name: 'steady', order: 2 });
    agent = { ...agent, status: offStatus('a') };
    const tail = fakeTail();
    const asked = asking(tail);
    show({ tail });
    await screen.findByText('item added sku=MUG-2207');
    await choose(/With deployed rules/);
    await waitFor(() => expect(asked.at(-1)!.others?.map(({ name }) => name)).toEqual(['steady']));
    expect(screen.getByText(/Left out, for it turned itself off on cart-1: greedy/)).toBeTruthy();
  });

  it('lets go of records that nobody looks at any more', async () => {
    const late = Promise.withResolvers<void>();
    const released: number[] = [];
    const worker = fakeRulesWorker();
    const { readText } = worker;
    worker.release = id => { released.push(id); };
    let reads = 0;
    worker.readText = async (text, name) => { const id = ++reads; if (id === 2) await late.promise; return { ...await readText(text, name), id }; };
    const { view } = show({ worker });
    const paste = async () => { await choose(/pasted sample/); fireEvent.change(await screen.findByRole('textbox', { name: 'Records' }), { target: { value: '{}' } }); await userEvent.click(screen.getByRole('button', { name: 'Run over it' })); };
    await paste();
    await screen.findByText(/JSON records, 40 records/);
    await paste();
    await waitFor(() => expect(reads).toBe(2));
    expect(released).toEqual([]);
    view.unmount();
    expect(released).toEqual([1]);
    late.resolve();
    await waitFor(() => expect(released).toEqual([1, 2]));
  });

  it('shows no progress of a run that has ended', async () => {
    const tail = fakeTail();
    const told: ((share: number) => void)[] = [];
    const { dryRun } = tail;
    let runs = 0;
    tail.dryRun = (options, work) => { if (work?.progress !== undefined) told.push(work.progress); runs++; return runs === 1 ? dryRun(options) : new Promise(() => undefined); };
    show({ tail });
    await screen.findByText('item added sku=MUG-2207');
    await userEvent.click(screen.getByRole('button', { name: /Run again/ }));
    expect(await screen.findByText('0 %')).toBeTruthy();
    act(() => { told[0]!(0.9); });
    expect(screen.queryByText('90 %')).toBeNull();
    act(() => { told[1]!(0.4); });
    expect(await screen.findByText('40 %')).toBeTruthy();
  });
});
