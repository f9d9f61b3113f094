import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExpression, unknownScope } from './check.ts';

const scope = { names: new Set(['user', 'moves', 'items', 'f']), privateCode: new Set(['secret']) };
const codeOf = (text: string): string | undefined => { const checked = checkExpression(text, scope); return checked.ok ? checked.value.code : checked.error.code; };

it('reads through the reader, names of the frame as they are, others as globals', () => {
  expect(codeOf('user.name')).toBe('$weir=>($weir.get(user,"name"))');
  expect(codeOf('moves + 1')).toBe('$weir=>($weir.binary("+",moves,1))');
  expect(codeOf('process.pid')).toBe('$weir=>($weir.get($weir.global("process",()=>process),"pid"))');
  expect(codeOf('items.map(item => item.id)')).toBe('$weir=>($weir.call(items,"map",[(item)=>($weir.get(item,"id"))]))');
  expect(codeOf('user?.a.b')).toBe('$weir=>($weir.chain($weir.get($weir.get(user,"a",true),"b")))');
  expect(codeOf('this.#count')).toBe('$weir=>((this).#count)');
});

describe.each([
  'user.name = 1', 'moves++', '--moves', 'delete user.name', 'f()', 'user.save()', 'new Date()', 'f`x`', 'await moves', 'import("fs")', '[...items]', 'function () {}', 'user => user', 'items.map(f)()', 'user["save"]()', 'items.push(1)',
  'items.sort()', 'user?.save?.()', '/x+x+y/.test(user)', 'super.name', 'this.#secret', '#count in user', 'class {}', '{ get a() { return 1 } }', '({ get a() { return 1 } })', 'a, b', 'import.meta.url', 'new.target', 'user ||= 1', 'items.map(async i => i)',
  'items.map(i => { i.x = 1 })', 'items.map(({ x }) => x)', 'items.map((x = f()) => x)', 'Object.assign(user)', 'Object.keys(user).length', 'Object.values(user)', 'Object.entries(user)', 'eval("1")', 'x => y', '$weir', 'moves; f()', 'moves) ; f(', 'moves } f() {', '',
])('%s', (text) => {
  it('is refused, with words', () => {
    const checked = checkExpression(text, scope);
    expect(checked.ok ? 'taken' : checked.error.code).toMatch(/^probe\.(?:side-effect|syntax)$/);
    expect(checked.ok ? '' : checked.error.message).toMatch(/\.$/);
  });
});

it('a name that shadows a built-in is not that built-in', () => {
  const shadowed = checkExpression('Object.hasOwn(user, "a")', { names: new Set(['Object', 'user']), privateCode: new Set() });
  expect(shadowed).toMatchObject({ ok: false, error: { code: 'probe.side-effect' } });
  expect(checkExpression('Object.hasOwn(user, "a")', scope).ok).toBe(true);
});

it('any text is answered, and what is taken never writes: it evaluates without touching what it names', () => {
  const piece = fc.constantFrom('user', 'moves', '.', 'name', '(', ')', '[', ']', '=', '+', '++', '=>', ',', '?', ':', '`', '${', '}', '{', '1', '"a"', ' ', 'new ', 'delete ', 'f', '...', ';', '//', '/*', '*/', '\n', 'await ', 'typeof ');
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    const checked = checkExpression(pieces.join(''), scope);
    if (!checked.ok) return;
    const untouched = Object.freeze({ name: 'a' });
    let called = false;
    const reader = new Proxy({}, { get: () => (...given: unknown[]) => given[0] });
    const read = new Function('user', 'moves', 'items', 'f', `return ${checked.value.code}`)(untouched, 1, [], () => { called = true; }) as (reader: unknown) => unknown;
    try { read(reader); } catch { /* A value may not be there. */ }
    expect(called).toBe(false);
  }), { numRuns: 3000 });
});

it('a first look passes private names, for only the place tells whether they are fields', () => {
  expect(checkExpression('this.#count + 1', null).ok).toBe(true);
  expect(checkExpression('this.#count', unknownScope)).toMatchObject({ ok: false, error: { code: 'probe.side-effect' } });
  expect(checkExpression('user.name', unknownScope)).toMatchObject({ ok: true, value: { code: '$weir=>($weir.get($weir.global("user",()=>user),"name"))' } });
});
