// A secret that is known by its name is hidden however an expression spells it, and what only compares it is not.
import { describe, expect, it } from 'vitest';
import { valueRedactor } from '../../governed/index.ts';
import { checkExpression, type Scope } from './index.ts';

const scope: Scope = { names: new Set(['user', 'password', 'users', 'headers', 'flag']), privateCode: new Set() };
const redact = valueRedactor();
const secret = ['plain', 'looking', 'words'].join(' ');

function shown(expression: string, value: unknown, name = expression): unknown {
  const checked = checkExpression(expression, scope);
  if (!checked.ok) throw new Error(checked.error.message);
  return redact.values({ [name]: value }, { [name]: checked.value.origin })[name];
}

describe.each([
  ['user.password', secret], ['[user.password]', [secret]], ['user.password+""', secret], ['"" + user.password', secret], ['user["password"]', secret], ['user["pass" + "word"]', secret], ['user[`password`]', secret], ['user.password.slice(0,30)', secret],
  ['user?.password ?? ""', secret], ['flag ? user.password : ""', secret], ['`${user.password}`', secret], ['String(user.password)', secret], ['JSON.stringify([user.password])', secret], ['users.map(u => u.password)', [secret]], ['headers.get("authorization")', secret],
  ['this.#password', secret], ['(user.password)', secret], ['user.password.length + user.password', secret], ['[{ a: user.password }]', [{ a: secret }]], ['password.at(0)', secret], ['+user.password', 4711], ['user.password && flag', true],
])('%s', (expression, value) => {
  it('is hidden, also under another name', () => {
    for (const name of [expression, 'p']) expect(JSON.stringify(shown(expression, value, name)), name).not.toMatch(/plain|4711|true/);
  });
});

it('of an object that the expression makes, each property is judged for itself', () => {
  expect(shown('{ p: user.password, n: user.id, deep: { q: user.password, ok: user.password === "a" } }', { p: secret, n: 7, deep: { q: secret, ok: false } }, 'x')).toEqual({ p: '••••', n: 7, deep: { q: '••••', ok: false } });
  expect(JSON.stringify(shown('{ [user.id]: user.password }', { 7: secret }, 'x'))).not.toContain('plain');
});

it.each([['user.password === "a"', true], ['user.password.length', 12], ['user.password.startsWith("a")', false], ['typeof user.password', 'string'], ['!user.password', false], ['user.id', 7], ['users.map(u => u.id)', [1, 2]]])('%s is told', (expression, value) => {
  expect(shown(expression, value, 'x')).toEqual(value);
});
