import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRule } from '../../../../rules/index.ts';
import { edited, fieldsOf, kindOf, newMachineText, newQueryText } from './rule-draft.ts';
import { templates } from './templates.ts';

describe('a draft', () => {
  it('is read field by field, also when it is not whole', () => {
    expect(fieldsOf('name: Bad Name\norder: soon\nkql: |\n  Logs\n')).toMatchObject({ kind: 'query', name: 'Bad Name', order: 'soon', kql: 'Logs', location: 'on-box' });
    expect(fieldsOf('')).toMatchObject({ name: '', kql: '' });
    expect(fieldsOf('name: [')).toBeNull();
  });

  it('says its kind also when it is no valid YAML, and does not guess while the word is being written', () => {
    expect(kindOf('kind: state-machine\nname: [')).toBe('state-machine');
    expect(kindOf('kind: query\nname: [')).toBe('query');
    expect(kindOf('name: a\nstates:\n  a: [')).toBe('state-machine');
    expect(kindOf('name: a\nstates: {}\n')).toBe('state-machine');
    expect(kindOf('kind: state-mach\nname: a\n')).toBeNull();
    expect(kindOf('name: [')).toBeNull();
    // It says nothing yet: it stays what it was.
    for (const text of ['', 'weir: 1\n', 'name: a\n', '# only a remark\n']) expect(kindOf(text)).toBeNull();
    expect(kindOf('name: a\nkql: Logs\n')).toBe('query');
  });

  it('keeps comments when a field is edited, and says no to a text that is no YAML', () => {
    expect(edited('# mine\nname: a # here\nkql: Logs\n', [{ path: ['name'], value: 'b' }])).toBe('# mine\nname: b # here\nkql: Logs\n');
    expect(edited('name: [', [{ path: ['name'], value: 'b' }])).toBeNull();
  });

  it('of a new rule shows an empty KQL, and takes any KQL back as it was but for white space at its end', () => {
    expect(fieldsOf(newQueryText({ name: '', description: '', kql: '' }))).toMatchObject({ name: '', kql: '' });
    fc.assert(fc.property(fc.stringMatching(/^[ -~\n]{1,80}$/), (kql) => {
      const text = edited(newQueryText({ name: 'a', description: '', kql: '' }), [{ path: ['kql'], value: kql }]);
      expect(fieldsOf(text ?? '')?.kql).toBe(kql.trimEnd());
    }));
  });

  it('of a new net is a whole document', () => {
    expect(parseRule(newMachineText('queue-stuck')).problems).toEqual([]);
  });
});

describe('templates', () => {
  it('make a document that may be saved, whatever the durable id', () => {
    fc.assert(fc.property(fc.constantFrom(...templates), fc.string({ maxLength: 200, unit: 'binary' }), (template, durableId) => {
      const { document, problems } = parseRule(newQueryText({ description: '', ...template.build(durableId) }));
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(document?.kind === 'query' && document.kql).toContain(JSON.stringify(durableId.replace(/[^ -~]/g, '')).slice(1, 2));
    }), { numRuns: 40 });
  });

  it('keep quotes and backslashes of a durable id inside the text', () => {
    expect(templates[0]!.build('src\\a"b').kql).toContain('DurableId == "src\\\\a\\"b"');
  });
});
