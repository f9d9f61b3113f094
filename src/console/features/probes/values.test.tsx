// What was seen and measured, as it is shown.
import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FleetProbe, ProbePlace } from '../../../model/index.ts';
import { isSameProbe } from './insert-again.tsx';
import { LastValues, newestOf } from './last-values.tsx';
import { bucketsOf, measuredOf } from './measured.tsx';
import { withoutRepeats } from './repeats.ts';
import { plainWords, saidParts } from './said.tsx';
import { summaryOf } from './value-tree.tsx';
import { costWords, tailQuestion } from './words.ts';

const place = (latest: ProbePlace['latest'], more: Partial<ProbePlace> = {}): ProbePlace => ({ process: null, state: 'active', why: null, means: '', resolved: null, hits: 0, emitted: 0, suppressed: 0, trueRate: null, costUs: null, cpuShare: null, pauses: 0, pausedUntilUnixMs: null, firstHitUnixMs: null, lastHitUnixMs: null, latest, ...more });
const game = { '[class]': 'Game', user: 'ada', pegs: [{ disks: [1] }], next: { to: 'left' } };

describe('last values', () => {
  it('open as trees with the stack, and stand still while somebody looks', async () => {
    const first = { unixMs: 1000, values: { moves: 7, game }, stack: ['play (tower.ts:33)', 'answer (tower.ts:40)'] };
    const { rerender } = render(<LastValues places={[place([first])]} />);
    const row = within(screen.getAllByRole('listitem')[0]!);
    expect(row.getByText('Game {user: ada, pegs: [1], next: {…}}')).toBeTruthy();
    expect(row.getByText(/play \(tower.ts:33\)/, { selector: 'summary' }).textContent).toContain('1 caller');
    const tree = row.getByText(/^Game/).closest('details')!;
    tree.open = true;
    tree.dispatchEvent(new Event('toggle'));
    expect(await screen.findByText('held')).toBeTruthy();
    rerender(<LastValues places={[place([first, { unixMs: 2000, values: { moves: 9 } }])]} />);
    expect(screen.getByText('held, 1 newer one')).toBeTruthy();
    expect(screen.queryByText('9')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(screen.getByText('9')).toBeTruthy();
    expect(tree.isConnected && tree.open).toBe(true);
  });
  it('keep their keys while newer ones come', () => {
    const hit = (unixMs: number) => ({ unixMs, values: {} });
    const before = newestOf([place([hit(1), hit(1), hit(2)])]).map(({ key }) => key);
    expect(newestOf([place([hit(1), hit(1), hit(2), hit(3)])]).map(({ key }) => key).slice(1)).toEqual(before);
    expect(new Set(before).size).toBe(3);
  });
  it('are summed up in a line', () => {
    expect([summaryOf([1, 2]), summaryOf([{ a: 1 }, 2]), summaryOf({}), summaryOf({ a: null, b: [1], c: {} })]).toEqual(['[1, 2]', '[2]', '{}', '{a: null, b: [1], c: {…}}']);
    expect(summaryOf({ text: 'x'.repeat(500) }).length).toBeLessThan(120);
  });
});

describe('what was measured', () => {
  const measured = { unit: 'ms', count: 3, sum: 9, min: 1, max: 5, bounds: [0.5, 1, 2, 5], buckets: [0, 1, 0, 2, 0] };
  it('adds up over places', () => {
    expect(measuredOf([place([], { measured }), place([], { measured: { ...measured, max: 8, buckets: [0, 0, 0, 0, 3] } }), place([])])).toEqual({ ...measured, count: 6, sum: 18, max: 8, buckets: [0, 1, 0, 2, 3] });
    expect(measuredOf([place([], { measured: { ...measured, count: 0, min: 0, max: 0 } }), place([], { measured })])).toMatchObject({ min: 1, max: 5 });
    expect(measuredOf([place([])])).toBeNull();
  });
  it('divides into buckets between the first and the last that hold something', () => {
    expect(bucketsOf(measured)).toEqual([{ range: '0.5 to 1 ms', count: 1 }, { range: '1 to 2 ms', count: 0 }, { range: '2 to 5 ms', count: 2 }]);
    expect(bucketsOf({ ...measured, unit: '1', buckets: [1, 0, 0, 0, 1] }).map(({ range }) => range)).toEqual(['up to 0.5', '0.5 to 1', '1 to 2', '2 to 5', 'over 5']);
    expect(bucketsOf({ ...measured, buckets: [0, 0, 0, 0, 0] })).toEqual([]);
  });
});

it('shows code of an agent\'s words as code', () => {
  expect(saidParts('add to `files` in it')).toEqual([{ text: 'add to ', isCode: false, at: 0 }, { text: 'files', isCode: true, at: 7 }, { text: ' in it', isCode: false, at: 14 }]);
  expect([plainWords('`a` and `b`'), plainWords('one ` alone'), plainWords('')]).toEqual(['a and b', 'one ` alone', '']);
});

it('asks the tail for what each kind makes, by id: names may be shared', () => {
  const of = (what: unknown) => tailQuestion({ id: 'p1', what: what as FleetProbe['what'] });
  const q = 'tostring(Attributes["weir.probe.id"]) == "p1"';
  expect(of({ kind: 'logpoint', spec: { does: 'snapshot' } })).toEqual({ q });
  expect(of({ kind: 'uprobe', spec: { does: 'count' } })).toEqual({ q, signals: ['metrics'] });
  expect(of({ kind: 'file', spec: {} })).toEqual({ q });
});

it('says costs to two digits', () => {
  expect([48.2, 261, 0.31, 1999].map(costWords)).toEqual(['48 µs', '260 µs', '0.31 µs', '2,000 µs']);
});

it('shows tries that were refused alike once', () => {
  const probe = (id: string, state: FleetProbe['state'], path = '/a') => ({ id, state, agent: { id: 'a' }, what: { kind: 'file', spec: { paths: [path] } }, target: null, why: { code: 'x' } }) as unknown as FleetProbe;
  expect(withoutRepeats([probe('3', 'refused'), probe('2', 'refused'), probe('1', 'refused', '/b'), probe('0', 'ended'), probe('-1', 'ended')]).map(({ id }) => id)).toEqual(['3', '1', '0', '-1']);
});

it('knows the same probe by what it does and where', () => {
  const one = { agent: { id: 'a' }, what: { kind: 'journald' }, target: { pid: 1 } } as unknown as FleetProbe;
  expect([isSameProbe(one, { ...one }), isSameProbe(one, { ...one, target: { pid: 2 } })]).toEqual([true, false]);
});
