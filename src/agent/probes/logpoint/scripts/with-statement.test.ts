import { expect, it } from 'vitest';
import fc from 'fast-check';
import { around, offsetOf } from './syntax.ts';
import { mayBeInWith } from './with-statement.ts';

const at = (text: string, isModule = false): Promise<boolean> => { const place = text.indexOf('HERE'); return mayBeInWith(text, isModule, place < 0 ? null : place); };

it.each([
  ['with (scope) { HERE }', true], ['with (scope) HERE;', true], ['function f() { with (scope) { if (a) { b(`${c}`); HERE } } }', true], ['with (a) { } with (b) { HERE }', true], ['with/* odd */(a) { HERE }', true],
  ['with (a) x(); HERE', true], ['function f() { with (a) x(); } HERE', false], ['with (a) { x({ y: [1] }); } HERE', false], ['function f() { with (a) { } HERE }', false],
  ['list.with(0, 1); HERE', false], ['list?.with(0, 1); HERE', false], ['// come with (me)\nHERE', false], ['const text = "with (x) {"; HERE', false], ['const form = /with (/; HERE', true], ['HERE; with (a) { }', false], ['const width = 1; HERE', false],
])('%s', async (text, expected) => { expect(await at(text)).toBe(expected); });

it('in doubt it may be: where nobody knows the place, or the text is no JavaScript; never in a module', async () => {
  expect([await at('with (a) { "x" '), await at('with (a) { @@ HERE'), await at('with (a) { HERE }', true), await at('nothing')]).toEqual([true, true, false, false]);
});

it('is found beyond the length that is parsed', async () => {
  const filler = `${'call(1, [2], { three: "with (" });\n'.repeat(80_000)}`;
  expect(filler.length).toBeGreaterThan(2 ** 21);
  const [within, outside] = [`${filler}with (scope) {\nHERE\n}`, `with (scope) { }\n${filler}HERE`];
  expect([around(within, false, 80_001, 0), around(outside, false, 80_001, 0)]).toEqual([null, null]);
  expect([await at(within), await at(outside)]).toEqual([true, false]);
});

it('says no only where the parser says no', async () => {
  const part = fc.constantFrom('with (a) {', 'with (a) b();', '{', '}', 'x(1);', 'if (a) {', 'y.with(2);', 'z = [`${{ q: 1 }.q}`];', 'function f() {');
  await fc.assert(fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.array(part, { maxLength: 6 }), async (before, after) => {
    const text = [...before, 'HERE();', ...after].join('\n');
    const seen = around(text, false, before.length, 0);
    if (seen?.inWith === true) expect(await mayBeInWith(text, false, offsetOf(text, before.length, 0))).toBe(true);
  }), { numRuns: 300 });
});
