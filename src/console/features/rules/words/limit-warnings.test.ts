// Limits that contradict what a net is for.
import { expect, it } from 'vitest';
import type { MachineDocument } from '../../../../model/index.ts';
import { parseRule } from '../../../../rules/index.ts';
import { newMachineText } from '../draft/index.ts';
import { limitedOfDocument, limitWarnings } from './limit-warnings.ts';

const net = (after: Record<string, string>, limits: { actions?: number; cooldown?: string }, ...actions: ('cpu-sample' | 'collect-state')[]) =>
  limitWarnings(limitedOfDocument({ states: { calm: {}, caught: { enter: actions.map(action => ({ action })), after } }, limits }));

it('are said when a firing could do only part, or nothing', () => {
  expect(net({ '5m': 'calm' }, { cooldown: '10m' }, 'cpu-sample')).toEqual(['caught is left after 5 m, and 10 m must lie between two actions of a kind: a firing in between starts nothing.']);
  expect(net({ '10m': 'calm' }, { cooldown: '10m' }, 'cpu-sample')).toEqual([]);
  expect(net({}, { actions: 1 }, 'cpu-sample', 'collect-state')).toEqual(['caught starts 2 actions, and at most 1 may start in 1 h: a firing does only part.']);
  expect(net({ '5m': 'calm' }, {})).toEqual([]);
});

it('are not those of the net that one begins with', () => {
  const { document } = parseRule(newMachineText('new'));
  expect(limitWarnings(limitedOfDocument(document as MachineDocument))).toEqual([]);
});
