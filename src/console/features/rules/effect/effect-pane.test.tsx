import { cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AgentStatus, RuleDetail } from '../../../../model/index.ts';
import { agent, FakeServer, ruleDetail } from '../testing/fakes.ts';
import { renderRules } from '../testing/render.tsx';
import { downstreamOf } from './downstream.ts';

vi.mock('../../../ui/charts/engine.ts', () => ({ init: () => ({ setOption() {}, resize() {}, dispose() {} }) }));
afterEach(() => { cleanup(); vi.unstubAllGlobals(); });

const reporting = (name: string, ...urls: (string | null)[]) => agent({ id: name, name, status: { exporters: urls.map(url => ({ name: 'x', url })) } as unknown as AgentStatus }); // nothing else is read

describe('downstream', () => {
  it('is where what leaves the rules goes, agent by agent', () => {
    expect(downstreamOf([agent()])).toEqual({ kind: 'unknown' });
    expect(downstreamOf([reporting('a', null, 'http://x')])).toEqual({ kind: 'all' });
    expect(downstreamOf([reporting('a', null), reporting('b')])).toEqual({ kind: 'none' });
    expect(downstreamOf([reporting('a', null), reporting('b', 'http://x')])).toEqual({ kind: 'some', without: ['a'] });
  });
});

describe('the measured effect', () => {
  const effect = { ...ruleDetail('x').effect, matchedPerSecond: 40, removedPerSecond: 30, bytesRemovedPerSecond: 2048, emittedPerSecond: 0, fleetInPerSecond: 400, fleetOutPerSecond: 370, matched: 900, removed: 700 };
  const show = async (rule: Partial<RuleDetail>) => {
    const server = new FakeServer();
    server.fleet = { in: 400, dropped: 30, emitted: 0, out: 0 };
    server.add(ruleDetail('x', { deployedAt: '2026-03-12T14:00:00.000Z', ...rule }));
    renderRules('/rules/id-x', { server });
    await userEvent.click(await screen.findByRole('tab', { name: 'Effect' }));
    return screen.findByRole('region', { name: 'Measured effect' });
  };

  it('is what this rule does now, beside what comes in', async () => {
    const pane = await show({ state: 'deployed', deployedVersion: 1, mode: 'live', effect });
    await waitFor(() => expect(pane.textContent).toContain('40/s of 400/s in'));
    for (const text of ['− 30/s, 2.05 kB/s', '400/s in → 370/s left by the rules', '900 matched, 700 removed']) expect(pane.textContent).toContain(text);
    expect(pane.textContent).not.toMatch(/before/i);
  });

  it('is marked when the rule makes nearly as much as it takes, or its series are too many', async () => {
    const pane = await show({ state: 'deployed', deployedVersion: 1, mode: 'live', sink: 'to_metric', effect: { ...effect, matched: 900, emitted: 880, overflowed: 12 } });
    expect(pane.textContent).toContain('Too many series. 12 records had no series of their own and share one.');
  });

  it('says when and how the rule ended', async () => {
    const pane = await show({ state: 'disabled', ended: { at: '2026-03-12T15:00:00.000Z', by: 'weir', reason: 'expired', version: 1, mode: 'live' }, effect: { ...effect, matchedPerSecond: null } });
    expect(pane.textContent).toMatch(/Expired.*ended by itself 15:00:00.*Before that it matched 900 records and removed 700/);
    expect(screen.getByRole('button', { name: 'Enable again until…' })).toBeTruthy();
  });
});
