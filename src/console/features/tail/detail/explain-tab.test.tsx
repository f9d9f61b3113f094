import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { planVersion } from '../../../../kql/index.ts';
import { createQueryClient } from '../../../api/index.ts';
import { TailClientProvider } from '../services.tsx';
import { fakeTail } from '../testing/fake-tail.ts';
import { ExplainTab } from './explain-tab.tsx';

afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

const plan = { version: planVersion, table: 'Logs', operators: [], sink: { sink: 'drop' } };
const zero = { matched: 0, removed: 0, changed: 0, emitted: 0, errors: 0, cpuMs: 0, bytesRemoved: 0, lastError: null };
const status = (off: boolean) => ({
  version: 1, startedUnixMs: 0, atUnixMs: 1, pid: 1, received: { logs: 0, spans: 0, metrics: 0, bytes: 0, requests: 0 }, refused: { requests: 0, malformed: 0, tooLarge: 0 }, removed: { dropped: 0, sampled: 0, toMetric: 0, recorded: 0 },
  changed: 0, emitted: 0, lostAtCrash: 0, exporters: [], recorders: [], tail: { subscriptions: 0, sentRecords: 0, shedRecords: 0 }, talkers: [], otherRecords: 0, process: { cpuShare: 0, rssBytes: 0, heapUsedBytes: 0, eventLoopDelayP99Ms: 0 },
  rules: [{ id: 'g', version: 1, deployment: 2, ...zero, disabled: off ? { kind: 'memory', reason: 'It held 40 MiB of its 32 MiB.', atUnixMs: 1_773_324_391_000 } : null }, { id: 's', version: 1, deployment: 3, ...zero }],
});
const agent = (name: string, off: boolean) => ({
  id: name, ordinal: 1, name, host: name, version: '1', kind: 'weir', connected: true, firstSeenAt: '', lastSeenAt: '', healthy: true, healthMessage: '', effectiveConfigHash: '', intendedConfigHash: '', configStatus: 'applied', configError: '', configAppliedAt: null, attributes: {}, status: status(off),
  effectiveConfig: JSON.stringify({ version: 1, revision: 1, rules: [{ id: 'g', name: 'greedy', version: 1, order: 1, deployment: 2, plan }, { id: 's', name: 'steady', version: 1, order: 2, deployment: 3, plan }] }),
});

function show(name: string) {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ agents: [agent('cart-1', false), agent('cart-2', true)] }), { headers: { 'content-type': 'application/json' } }));
  const asked: string[][] = [];
  const client = { ...fakeTail(), explain: async (_id: number, rules: readonly { readonly id: string }[]) => { asked.push(rules.map(({ id }) => id)); return []; } };
  render(<QueryClientProvider client={createQueryClient()}><TailClientProvider value={client}><ExplainTab id={1} agent={name} stage="in" record={null} /></TailClientProvider></QueryClientProvider>);
  return asked;
}

it('a rule that turned itself off on the agent of the record is not asked, and is shown as off with its reason', async () => {
  const asked = show('cart-2');
  const off = await screen.findByRole('list', { name: 'Rules that are off on cart-2' });
  expect(off.textContent).toMatch(/greedy.*off since .*: It held 40 MiB of its 32 MiB\./);
  expect(asked.at(-1)).toEqual(['s']);
});

it('on another agent it still acts', async () => {
  const asked = show('cart-1');
  await waitFor(() => expect(asked.at(-1)).toEqual(['g', 's']));
  expect(screen.queryByText(/off since/)).toBeNull();
});
