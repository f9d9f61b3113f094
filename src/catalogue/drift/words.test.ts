import { expect, test } from 'vitest';
import { rateTexts, recordsText } from './words.ts';

test.each([[4.3, 1 / 6, '4.3/s', '0.17/s'], [48, 384, '48/s', '384/s'], [1 / 60, 0.5, '1/min', '30/min'], [1 / 3600, 0, '1/h', '0/h']])('rates of %d and %d a second are told in one unit', (was, now, first, second) => { expect(rateTexts(was, now)).toEqual([first, second]); });
test('one record is one', () => { expect([recordsText(1), recordsText(2)]).toEqual(['1 record', '2 records']); });
