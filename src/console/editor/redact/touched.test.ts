import { expect, it } from 'vitest';
import type { HiddenCount } from '../../../rules/index.ts';
import { hiddenSentence } from './hidden-list.tsx';
import { touchedRecords } from './touched.ts';

const one = (place: HiddenCount['place'], records: number, more: Partial<HiddenCount> = {}): HiddenCount => ({ detector: 'email', key: 'k', place, action: 'mask', count: records, records, context: '', ...more });

it('counts the records under a resource that changes, which are no changed ones', () => {
  expect(touchedRecords({ hidden: [one('resource', 30)], changed: 0, removed: 0, reached: 40 })).toEqual({ records: 30, exact: true });
  expect(hiddenSentence({ hidden: [one('resource', 30)], hiddenLeftOut: 0, changed: 0, removed: 0, reached: 40 })).toBe('would hide 30 values in 30 of 40 records: email in k 30');
});

it('says a floor where records may be touched both ways', () => {
  expect(touchedRecords({ hidden: [one('resource', 30), one('body', 5)], changed: 5, removed: 0, reached: 40 })).toEqual({ records: 30, exact: false });
  expect(hiddenSentence({ hidden: [one('resource', 30), one('body', 5)], hiddenLeftOut: 0, changed: 5, removed: 0, reached: 40 })).toContain('in at least 30 of 40 records');
  expect(touchedRecords({ hidden: [one('resource', 40), one('body', 5)], changed: 5, removed: 0, reached: 40 })).toEqual({ records: 40, exact: true });
});

it('does not count what is let through', () => expect(touchedRecords({ hidden: [one('resource', 30, { action: 'ignore' })], changed: 2, removed: 1, reached: 40 })).toEqual({ records: 3, exact: true }));
