import { describe, expect, it } from 'vitest';
import { parseRule } from '../../../../rules/index.ts';
import { named } from './nameless.ts';
import { newQueryText } from './rule-draft.ts';

const kql = 'Logs\n| where EventName == "LogLaunch"\n| invoke drop()';

describe('a rule without a name', () => {
  it.each([['quoted', newQueryText({ name: '', description: '', kql })], ['empty', `name:\nkql: |\n  ${kql.replaceAll('\n', '\n  ')}\n`], ['with a space', `name: \nkql: Logs\n`], ['absent', 'kql: Logs | invoke drop()\n']])('%s, is read as if it had one', (_, text) => {
    expect(parseRule(text).document).toBeNull();
    const read = named(text);
    expect(parseRule(read.text).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const at = text.indexOf('Logs');
    expect(read.back(read.text.indexOf('Logs'))).toBe(at);
  });
  it('gets the name that the picture would give it', () => expect(parseRule(named(newQueryText({ name: '', description: '', kql })).text).document?.name).toBe('drop-log-launch'));
  it.each([['name: x\nkql: Logs\n'], ['name: Wrong Name\nkql: Logs\n'], ['']])('leaves %j alone', (text) => expect(named(text).text).toBe(text));
});
