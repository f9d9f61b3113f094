import { describe, expect, it } from 'vitest';
import type { KqlDiagnostic } from '../../../../model/index.ts';
import { placesOf, type RuleProblem } from '../../../../rules/index.ts';
import { besideDocument, besideKql, beyondDocument, beyondKql, worstFirst } from './problem-list.ts';

const text = 'name: a\nexpires: soon\nkql: |\n  Logs\n  | where x ==\n';
const wrong: KqlDiagnostic = { severity: 'error', code: 'KS1', message: 'A value is missing.', start: 14, end: 16 };
const expires: RuleProblem = { severity: 'error', code: 'rule/value', message: 'Write a duration.', path: ['expires'], start: 17, end: 21 };
const refused: RuleProblem = placesOf(text).place(['kql'], { severity: 'error', code: 'weir/engine', message: 'Too much.', start: 5, end: 16 });

describe('what two checks found', () => {
  it('is listed together, each once: a wrong field does not hide the KQL', () => {
    expect(besideKql([expires], [wrong]).map(each => [each.in, each.code])).toEqual([['kql', 'KS1'], ['document', 'rule/value']]);
    expect(besideDocument([expires], [wrong]).map(each => [each.in, each.code])).toEqual([['document', 'rule/value'], ['kql', 'KS1']]);
    const placed = placesOf(text).place(['kql'], wrong);
    expect(besideDocument([expires, placed], [wrong])).toHaveLength(2);
    expect(beyondDocument([placed], [wrong])).toEqual([]);
  });

  it('is placed in the KQL when only the document was asked', () => {
    expect(beyondKql(text, [expires, refused], [wrong])).toEqual([{ severity: 'error', code: 'weir/engine', message: 'Too much.', start: 5, end: 16 }]);
  });

  it('has errors first', () => {
    expect(worstFirst([{ ...wrong, severity: 'hint', in: 'kql' }, { ...wrong, in: 'kql' }, { ...wrong, severity: 'warning', in: 'kql' }]).map(({ severity }) => severity)).toEqual(['error', 'warning', 'hint']);
  });
});
