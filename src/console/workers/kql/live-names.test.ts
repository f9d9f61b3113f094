// Over the real compiler: what it reads as an attribute, held against the fields of live records.
import { describe, expect, it } from 'vitest';
import type { LiveField } from '../../../kql/index.ts';
import { languageForTests } from '../../../kql/kusto/kusto-for-tests.ts';
import { checkRule } from '../../../rules/index.ts';
import { withLiveNames } from './live-names.ts';

const kql = await languageForTests();
const field = (name: string, column: LiveField['column'] = 'Attributes'): LiveField => ({ name, column, type: 'string', presence: 1, distinct: 1, examples: [] });
const seen = [field('order.tier'), field('depth'), field('service.name', 'Resource'), field('EventName', 'Record')];
const problems = (where: string, fields: readonly LiveField[] = seen) => withLiveNames(kql, () => fields).compile(`Logs\n| where ${where}\n| invoke drop()`, { mode: 'rule' }).diagnostics;
const repaired = (where: string) => { const text = `Logs\n| where ${where}\n| invoke drop()`; const { start, end, text: by } = problems(where)[0]!.fixes![0]!.edits[0]!; return `${text.slice(0, start)}${by}${text.slice(end)}`.split('\n')[1]; };

describe('a name that live records do not have', () => {
  it('is a warning with the name that was meant, of a column and of an attribute', () => {
    expect(problems('EvntName == "x"')).toMatchObject([{ severity: 'warning', help: 'Did you mean EventName?' }]);
    expect(repaired('EvntName == "x"')).toBe('| where EventName == "x"');
    expect(problems('dept > 3')[0]).toMatchObject({ severity: 'warning', help: 'Did you mean depth?' });
    expect(repaired('dept > 3')).toBe('| where Attributes["depth"] > 3');
  });

  it('is found as a key of a bag, however it is written', () => {
    for (const written of ['Attributes["ordr.tier"]', "Attributes['ordr.tier']"]) {
      expect(problems(`${written} == "x"`)).toMatchObject([{ severity: 'warning', code: 'weir/live-name', help: 'Did you mean order.tier?' }]);
      expect(repaired(`${written} == "x"`)).toBe('| where Attributes["order.tier"] == "x"');
    }
    expect(problems('toint(Attributes.dpeth) > 3')[0]?.help).toBe('Did you mean depth?');
  });

  it('is not looked for in text and comments, nor where nothing like it was seen, nor before anything was', () => {
    expect(problems('Body has "Attributes.dpeth" // Attributes.dpeth')).toEqual([]);
    expect(problems('Attributes["somewhere.else"] == "x"')).toEqual([]);
    expect(problems('somewhere == "x"')).toMatchObject([{ severity: 'hint' }]);
    expect(problems('Attributes["ordr.tier"] == "x"', [])).toEqual([]);
  });

  it('leaves a name that they have as it was', () => {
    expect(problems('Attributes["order.tier"] == "x" and Attributes.depth == 3')).toEqual([]);
    expect(problems('depth == 3')).toMatchObject([{ severity: 'hint' }]);
  });

  it('is placed in the document, its repair too', () => {
    const text = 'name: a\nkql: |\n  Logs\n  | where dept == 3\n  | invoke drop()\n';
    const found = checkRule(text, withLiveNames(kql, () => seen)).problems[0]!;
    expect(text.slice(found.start, found.end)).toBe('dept');
    expect(found.fixes?.[0]?.edits).toEqual([{ start: found.start, end: found.end, text: 'Attributes["depth"]' }]);
  });
});
