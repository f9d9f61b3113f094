import { expect, test } from 'vitest';
import type { SavingList } from '../../../model/index.ts';
import { savedWords } from './saved.ts';

const saving = (patch: Partial<SavingList['savings'][number]>): SavingList['savings'][number] => ({ ruleId: 'r', ruleName: 'r', suggestionId: null, kind: null, deployedAt: null, state: 'deployed', predictedPerMonth: null, predictedBytesPerSecond: null, atTrafficPerMonth: null, atTrafficBytesPerSecond: null, measuredPerMonth: null, measuredBytesPerSecond: null, measuredRecordsPerSecond: null, measuredSeconds: 0, agreement: null, ...patch });
const words = (...savings: SavingList['savings']) => savedWords({ savings, currency: 'EUR', totalPerMonth: 0 });

test('what runs is summed, measured beside predicted; what does not run saves nothing', () => {
  expect(words(saving({ measuredPerMonth: 1200.4, predictedPerMonth: 900, atTrafficPerMonth: 1150 }), saving({ measuredPerMonth: 3 }), saving({ state: 'draft', predictedPerMonth: 900 }))).toEqual({ value: '1,203', unit: 'EUR', note: '1,200 of it predicted 1,150', tab: 'savings' });
});
test('nothing is said to be saved before it is measured', () => {
  expect(words(saving({ predictedPerMonth: 50 }))).toEqual({ value: '–', unit: '', note: 'being measured', tab: 'savings' });
  expect(words(saving({ state: 'disabled', predictedPerMonth: 50 }))).toEqual({ value: '0', unit: 'EUR', note: 'what could be saved', tab: 'suggestions' });
});
