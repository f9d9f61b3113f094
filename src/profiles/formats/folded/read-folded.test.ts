import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../base/index.ts';
import { toFolded } from '../../export/index.ts';
import { wholeProfile } from '../../tree/call-tree.ts';
import { functionOf, weightByPath } from '../testing/described.ts';
import { readFolded } from './read-folded.ts';

const read = (text: string) => readFolded(encodeUtf8(text), 'a.folded');
const profileOf = (text: string) => { const result = read(text); if (!result.ok) throw new Error(result.error.message); return result.value; };

test('spaces of all kinds, decimals, exponents, comments, repeated stacks', () => {
  const profile = profileOf('# by hand\n\nmain;a b;c 1\r\nmain ; a b;c\t2.5  \n  main;;x   1e2\nmain 7');
  expect(weightByPath(profile)).toEqual({ 'main;a b;c': 3.5, 'main;x': 100, main: 7 });
  expect([...profile.samples.counts!]).toEqual([1, 1, 100, 7]);
});

test('suffixes of stackcollapse: kernel, inlined, compiled', () => {
  const profile = profileOf('main;read_[k] 1\nmain;fast_[i] 2\nmain;jitted_[j] 3\n');
  expect(Object.keys(weightByPath(profile))).toEqual(['main;read', 'main;fast', 'main;jitted']);
  expect(functionOf(profile, 'read')['package']).toBe('kernel');
});

test('names with a place, as py-spy writes them; signatures are none', () => {
  const profile = profileOf('<module> (shop/main.py:3);Cart.total (shop/cart.py:41) 5\n<module> (shop/main.py:3);Cart.total (shop/cart.py:44) 2\nstd::get (int):4 1\n');
  expect(weightByPath(profile)).toEqual({ '<module>@3;Cart.total@41': 5, '<module>@3;Cart.total@44': 2, 'std::get (int):4': 1 });
  expect(functionOf(profile, 'Cart.total')).toMatchObject({ file: 'shop/cart.py', line: 0 });
});

test('a name may begin with "#"; only a line without a number is a comment', () => {
  const profile = profileOf('# stacks of the shop\n#<Thread:0x1 run>;work 7\n#load 2\nmain;#priv 1\n');
  expect(weightByPath(profile)).toEqual({ '#<Thread:0x1 run>;work': 7, '#load': 2, 'main;#priv': 1 });
  expect(profile.notes).toEqual([]);
  expect(weightByPath(profileOf([...toFolded(profile, wholeProfile)].join('')))).toEqual(weightByPath(profile));
});

test('lines without a number are counted; a file of nothing else is refused with the line', () => {
  expect(profileOf('main;a 1\nmain;b\n').notes).toEqual(['Lines without a number at their end, left out: 1']);
  expect(read('# x\nmain;b\n')).toMatchObject({ ok: false, error: { code: 'profile.malformed', message: 'a.folded looks like folded stacks, but line 2 has no number at its end.' } });
});

test('a stack of a hundred thousand functions, and one line of a megabyte', () => {
  expect(profileOf(`${'f;'.repeat(100_000)}g 1`).stacks.count).toBe(100_001);
  expect(read('x'.repeat(1_000_000)).ok).toBe(false);
});
