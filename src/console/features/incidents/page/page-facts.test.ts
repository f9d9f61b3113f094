import { describe, expect, it } from 'vitest';
import type { ActionRun, Artifact, IncidentDetail } from '../../../../model/index.ts';
import { entryText, isHeldBack, stateCounts, titleTells } from '../words.ts';
import { titleOf } from '../capture/plan.ts';
import { changesOf } from './changes.ts';
import { figureWords } from './figure-words.ts';
import { narrowed } from './narrow.ts';
import { recordingAt } from './recording-at.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const recorder = (id: string, fromUnixMs: number, toUnixMs: number, agent: string, more: Partial<Artifact> = {}) => ({ id, kind: 'recorder', state: 'stored', fromUnixMs, toUnixMs, createdUnixMs: toUnixMs, agent: { id: agent, name: agent }, ...more }) as Artifact; // nothing else is read

describe('the records of a moment', () => {
  const artifacts = [recorder('wide', 0, 1000, 'a'), recorder('near', 400, 600, 'a'), recorder('other', 490, 510, 'b'), recorder('late', 480, 520, 'a', { state: 'uploading' })];
  it('are in the shortest recorder of its agent', () => expect(recordingAt(artifacts, 500, 'a')?.id).toBe('near'));
  it('are in that of another agent when its own has none', () => expect(recordingAt(artifacts, 500, 'c')?.id).toBe('other'));
  it('may be nowhere', () => expect(recordingAt(artifacts, 2000, 'a')).toBeNull());
});

describe('what changed', () => {
  const opened = 10_000_000;
  const detail = { incident: { openedAt: iso(opened) }, timeline: [{ id: 'd', kind: 'deployment', at: iso(opened + 5), text: 'x v2 deployed', by: 'you', rule: 'r1' }, { id: 'n', kind: 'note', at: iso(opened), text: '', by: null, rule: null }] } as unknown as IncidentDetail; // nothing else is read
  const line = (id: number, at: number, action: string, rule: string) => ({ id, at: iso(at), actor: 'ann', action, subject: `rule:${rule}` });
  it('is what was deployed meanwhile, and in the hour before', () => {
    const audit = [line(1, opened - 60_000, 'rule.deploy', 'r2'), line(2, opened - 4_000_000, 'rule.deploy', 'r2'), line(3, opened + 5, 'rule.deploy', 'r1'), line(4, opened - 10, 'rule.save', 'r2'), line(5, opened - 30_000, 'rule.breach', 'gone')];
    expect(changesOf(detail, audit, rule => (rule === 'r2' ? 'drop-render' : null)).map(({ text, before }) => [text, before])).toEqual([['x v2 deployed', false], ['A rule that is gone turned itself off', true], ['drop-render deployed', true]]);
  });
});

describe('a chosen time', () => {
  it('keeps what was under way in it', () => {
    const run = (id: string, requestedUnixMs: number, finishedUnixMs: number | null) => ({ id, requestedUnixMs, finishedUnixMs }) as ActionRun;
    const detail = { timeline: [{ at: iso(5) }, { at: iso(50) }], actions: [run('over', 0, 9), run('runs', 0, null), run('in', 12, 14)], artifacts: [recorder('a', 0, 12, 'x'), recorder('b', 30, 40, 'x')] } as unknown as IncidentDetail;
    const part = narrowed(detail, { fromMs: 10, toMs: 20 });
    expect([part.timeline.length, part.actions.map(({ id }) => id), part.artifacts.map(({ id }) => id)]).toEqual([0, ['runs', 'in'], ['a']]);
    expect(narrowed(detail, null)).toBe(detail);
  });
});

it('figures are named with their unit', () => expect(figureWords({ pauseMs: 41, peakRssBytes: 96 * 2 ** 20, samples: 9964, bytes: 2048 })).toEqual(['pause 41 ms', 'peak rss 96 MiB', 'samples 9,964', '2 KiB']));

describe('an entry of an action', () => {
  const run = (more: Partial<ActionRun>) => ({ id: 'r', action: 'collect-state', state: 'waiting', process: null, parameters: {}, why: null, agent: { id: 'a', name: 'vm' }, ...more }) as ActionRun; // nothing else is read
  const entry = { kind: 'action', text: 'collect-state on vm is on its way', action: 'r' } as const;
  it('names the process as soon as it is known', () => {
    expect(entryText(entry, [run({ process: { pid: 2406, name: 'node', service: 'checkout' } })])).toBe('collect-state of checkout (pid 2406) on vm is on its way');
    expect(entryText(entry, [run({ state: 'refused', why: { code: 'x', message: 'It ran just now.' }, parameters: { recorder: 'box' } })])).toBe('collect-state of box on vm did not run: It ran just now.');
    expect(entryText(entry, [])).toBe(entry.text);
  });
  it('and a title nobody typed say who or what once', () => {
    expect(titleTells({ title: 'Opened by local', openedBy: { kind: 'person', name: 'local', rule: null } })).toBe(true);
    expect(titleOf([{ name: 'vm' }], [])).toBe('Capture on vm');
    expect(titleOf([{ name: 'a' }, { name: 'b' }], ['cart', 'checkout'])).toBe('Capture of cart, checkout');
  });
});

it('counts what waits apart from what runs, and what was not done', () => {
  const runs = (['running', 'uploading', 'waiting', 'done', 'refused', 'failed'] as const).map(state => ({ state }));
  expect(stateCounts(runs)).toBe('2 running, 1 waiting, 2 not done, ');
  expect(stateCounts([{ state: 'done' }])).toBe('');
});

it('a trigger that could not start all is held back', () => {
  expect(isHeldBack({ kind: 'trigger', text: 'a went from b to c: d; cpu-sample not started: its cooldown' })).toBe(true);
  expect(isHeldBack({ kind: 'trigger', text: 'a went from b to c: d; started cpu-sample' })).toBe(false);
});
