import { expect, it } from 'vitest';
import fc from 'fast-check';
import { splitExpressions } from './split-expressions.ts';

it.each([
  ['user, moves', ['user', 'moves']], ['f(a, b), [c, d], { e: 1, g: 2 }', ['f(a, b)', '[c, d]', '{ e: 1, g: 2 }']], ['"x,y", \'it\\\'s, so\'', ['"x,y"', '\'it\\\'s, so\'']],
  ['`${f(a, `b,c`)}, d`, e', ['`${f(a, `b,c`)}, d`', 'e']], [' a ,, b ,', ['a', 'b']], ['', []], ['f(a, b', ['f(a, b']], ['a), b', ['a)', 'b']],
])('splits %s', (text, parts) => { expect(splitExpressions(text)).toEqual(parts); });

it('gives back what was joined, and ends on any text', () => {
  const expression = fc.constantFrom('user', 'f(a, b)', '[1, 2]', '"a,b"', '`x,${y}`', 'o.p?.["q,r"]');
  fc.assert(fc.property(fc.array(expression, { maxLength: 8 }), (all) => { expect(splitExpressions(all.join(', '))).toEqual(all); }));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('(', ')', '"', '`', '$', '{', '}', ',', '\\', 'a') }), (text) => { splitExpressions(text); }));
});
