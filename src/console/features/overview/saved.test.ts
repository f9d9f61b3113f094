import { expect, test } from 'vitest';
import type { SavingList } from '../../../model/index.ts';
import { startingPrices, suggest, totalSaving, toSuggestion } from '../../../cost/index.ts';
import { event } from '../../../cost/testing/events.ts';
import { couldBeWords, savedWords } from './saved.ts';

const saving = (patch: Partial<SavingList['savings'][number]>): SavingList['savings'][number] => ({ ruleId: 'r', ruleName: 'r', suggestionId: null, kind: null, deployedAt: null, state: 'deployed', predictedPerMonth: null, predictedBytesPerSecond: null, atTrafficPerMonth: null, atTrafficBytesPerSecond: null, measuredPerMonth: null, measuredBytesPerSecond: null, measuredRecordsPerSecond: null, measuredSeconds: 0, agreement: null, ...patch });
const words = (...savings: SavingList['savings']) => savedWords({ savings, currency: 'EUR', totalPerMonth: 0 });

test('what runs is summed, measured beside predicted; what does not run saves nothing', () => {
  expect(words(saving({ measuredPerMonth: 1200.4, predictedPerMonth: 900, atTrafficPerMonth: 1150 }), saving({ measuredPerMonth: 3 }), saving({ state: 'draft', predictedPerMonth: 900 }))).toEqual({ value: '1,203', unit: 'EUR', note: '1,200 of it predicted 1,150', tab: 'savings' });
});
test('nothing is said to be saved before it is measured', () => {
  expect(words(saving({ predictedPerMonth: 50 }))).toEqual({ value: '–', unit: '', note: 'being measured', tab: 'savings' });
  expect(words(saving({ state: 'disabled', predictedPerMonth: 50 }))).toEqual({ value: '0', unit: 'EUR', note: 'no rule saves yet', tab: 'suggestions' });
});
test('what could be saved leads to the suggestion that safely saves the most', () => {
  const debug = (id: string, perSecond: number) => event(id, { received: { recordsPerSecond: perSecond, bytesPerSecond: perSecond * 300 }, severities: [{ severity: 5, rate: { recordsPerSecond: perSecond, bytesPerSecond: perSecond * 300 } }] });
  const drafts = suggest([debug('small', 20), debug('big', 200), event('all different', { received: { recordsPerSecond: 5000, bytesPerSecond: 1e6 }, fields: [{ place: 'body', key: '', share: 0.5, presence: 1, meanBytes: 40, maxBytes: 40, distinct: 1e6, isText: true }] })], startingPrices, { leastShare: 0 });
  const could = couldBeWords({ suggestions: drafts.map(draft => toSuggestion(draft, () => '')), currency: 'USD', totalPerMonth: totalSaving(drafts) })!;
  const drop = drafts.find(({ durableId, kind }) => durableId === 'big' && kind === 'drop-debug')!;
  expect(could).toMatchObject({ suggestion: drop.id, unit: 'USD/mo', note: `${drafts.length} suggestions` });
  expect(couldBeWords({ suggestions: [], currency: 'USD', totalPerMonth: 0 })).toBeNull();
});
