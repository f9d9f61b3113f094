import { describe, expect, it } from 'vitest';
import { policyDocument, type PolicyDocument } from '../../../../model/index.ts';
import { editRule, parseRule, type RuleEdit } from '../../../../rules/index.ts';
import { policyFromLink } from '../draft/index.ts';
import { addItem, removeItem, renamePattern, scopeOf, setAction, setField, setItem, setMode, setScope } from './policy-edits.ts';

const start = policyFromLink({ name: 'redact-people' });
function read(text: string): PolicyDocument {
  const { document, problems } = parseRule(text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return policyDocument.parse(document);
}
function after(text: string, edits: readonly RuleEdit[]): string {
  const made = editRule(text, edits);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

describe('edits of a policy', () => {
  it('add entries a line each, change them and take them away', () => {
    const one = after(start, addItem(read(start), 'entries', { key: 'a', do: 'mask' }));
    const two = after(one, addItem(read(one), 'entries', { key: 'b', do: 'partial', keep: 3 }));
    expect(two).toContain('# What happens to a finding');
    expect(two.match(/^ *- /gm)).toHaveLength(2);
    const changed = after(two, [...setAction(1, 'ignore', read(two).entries[1]!), ...setItem('entries', 0, { service: 'cart', detectors: [] })]);
    expect(read(changed).entries).toEqual([{ key: 'a', do: 'mask', service: 'cart' }, { key: 'b', do: 'ignore', reason: 'say why' }]);
    const none = after(after(changed, removeItem(read(changed), 'entries', 1)), removeItem({ ...read(changed), entries: [read(changed).entries[0]!] }, 'entries', 0));
    expect(read(none).entries).toEqual([]);
  });

  it('say what is looked for beyond the entries', () => {
    const nothing = after(start, setScope('nothing', read(start), 'email'));
    expect(scopeOf(read(nothing))).toBe('nothing');
    const some = after(nothing, setScope('some', read(nothing), 'email'));
    expect(read(some)).toMatchObject({ detectors: ['email'] });
    expect(read(some).except).toBeUndefined();
    expect(scopeOf(read(after(some, setScope('all', read(some), 'email'))))).toBe('all');
  });

  it('leave out what holds anyway', () => {
    const off = after(start, [...setField('sensitiveKeys', false), ...setMode('partial', undefined), ...setField('keep', 3)]);
    expect(read(off)).toMatchObject({ sensitiveKeys: false, mode: 'partial', keep: 3 });
    const on = after(off, [...setField('sensitiveKeys', true), ...setMode('mask', 3)]);
    expect(on).toBe(start);
  });

  it('follow the name of a pattern', () => {
    const text = `${start}patterns:\n  - name: ticket\n    pattern: T[0-9]{5}\nexcept: [ticket]\nentries:\n  - detectors: [ticket]\n    do: hash\n`;
    expect(read(after(text, renamePattern(read(text), 0, 'case-id')))).toMatchObject({ patterns: [{ name: 'case-id' }], except: ['case-id'], entries: [{ detectors: ['case-id'] }] });
  });
});
