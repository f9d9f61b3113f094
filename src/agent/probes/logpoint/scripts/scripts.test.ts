import { isStripped } from './script-book.ts';
import { expect, it } from 'vitest';
import { matchFile } from './match.ts';
import { Places } from './places.ts';
import type { CodeFile } from './script-book.ts';
import { SourceMap } from './source-map.ts';
import { around } from './syntax.ts';

const file = (path: string): CodeFile => ({ path, in: [{ script: { id: path, url: `file://${path}`, mapUrl: '', isModule: false, length: 1, contextId: null }, map: null, source: null }] });
const files = ['/app/src/hanoi.ts', '/app/dist/hanoi.js', '/app/src/a/index.ts', '/app/src/b/index.ts', '/app/node_modules/x/index.ts'].map(file);

it('a file is its path, its URL, or the end of its path', () => {
  for (const asked of ['/app/src/hanoi.ts', 'file:///app/src/hanoi.ts', 'src/hanoi.ts', './hanoi.ts', 'hanoi.ts']) expect(matchFile(asked, files), asked).toMatchObject({ ok: true, value: { path: '/app/src/hanoi.ts' } });
});

it('says which files it may be, which are near, and what it does not touch', () => {
  expect(matchFile('index.ts', files)).toMatchObject({ ok: false, error: { code: 'probe.file-ambiguous', message: expect.stringContaining('/app/src/a/index.ts, /app/src/b/index.ts.') } });
  expect(matchFile('src/hanio.ts', files)).toMatchObject({ ok: false, error: { code: 'probe.file-not-found', message: expect.stringContaining('Nearest: /app/src/hanoi.ts') } });
  expect(matchFile('anoi.ts', files)).toMatchObject({ ok: false });
  expect(matchFile('node:fs', files)).toMatchObject({ ok: false, error: { code: 'probe.runtime-code' } });
});

const text = `import x, { y as z } from 'a';
const top = 1;
export class Box {
  #size = 1;
  get #half() { return 1; }
  fill({ from, rest: [head = 1, ...tail] }, ...more) {
    var early = 1;
    for (const each of more) { let inner = each; if (inner) { call(inner); } }
    try { early++; } catch (problem) { call(problem); }
    return () => early;
  }
}
const area = (r) => r * r;
`;

it('knows the function, the names and the statement of a place', () => {
  const seen = around(text, true, 7, text.split('\n')[7]!.indexOf('call'))!;
  expect([seen.function, seen.inFunction]).toEqual(['fill', true]);
  expect(seen.locals.toSorted()).toEqual(['each', 'early', 'from', 'head', 'inner', 'more', 'tail']);
  expect(['x', 'z', 'top', 'Box', 'area', 'require', 'inner'].filter((name) => !seen.names.has(name))).toEqual([]);
  expect(seen.names.has('problem')).toBe(false);
  expect([...seen.privateCode]).toEqual(['half']);
  expect(text.slice(seen.statement!, seen.statement! + 12)).toBe('call(inner);');
  expect(around(text, true, 8, text.split('\n')[8]!.indexOf('call(problem'))!.locals).toContain('problem');
  expect(around(text, true, 12, text.split('\n')[12]!.indexOf('r * r'))).toMatchObject({ function: 'area', inFunction: true, locals: ['r'] });
  expect(around(text, true, 1, 6)).toMatchObject({ function: null, inFunction: false, locals: [] });
});

it('knows which names have no value yet', () => {
  const body = `function f(a) {
  const one = a; let two = one, three = 3;
  { let one = 4; const four = () => one; call(four); }
  for (const each of [1]) { call(each); let last = each; }
  class Late {} var old = 1; function hoisted() {}
}`;
  const later = (line: number, part: string): string[] => [...around(body, false, line, body.split('\n')[line]!.indexOf(part))!.later].toSorted();
  expect(later(1, 'a;')).toEqual(['Late', 'one', 'three', 'two']);
  expect(later(1, 'one,')).toEqual(['Late', 'three', 'two']);
  expect(later(2, '4;')).toEqual(['Late', 'four', 'one']);
  expect(later(2, 'one; call')).toEqual([]);
  expect(later(2, 'call')).toEqual(['Late']);
  expect(later(3, 'call')).toEqual(['Late', 'last']);
  expect(later(4, 'old')).toEqual([]);
});

it('says that a process does not answer, and not that there is no such line', async () => {
  const failing = (message: string) => new Places({ call: async () => { throw new Error(message); } }).of(files[0]!, { file: 'hanoi.ts', line: 3 });
  for (const message of ['Debugger.getPossibleBreakpoints: no answer within 20 s', 'the inspector closed the connection']) expect(await failing(message)).toMatchObject({ ok: false, error: { code: 'probe.no-answer', message: expect.stringContaining(message), help: expect.stringContaining('stands still') } });
  expect(await failing('Debugger.getPossibleBreakpoints: Could not retrieve script context')).toMatchObject({ ok: false, error: { code: 'probe.no-place' } });
});

it('tells nothing of what it cannot parse', () => {
  expect(around('function (', false, 0, 3)).toBeNull();
  expect(around('a', false, 5, 0)).toBeNull();
});

it('knows which stretches of a script a line became', () => {
  // Two segments of line 1 (columns 0 and 4), then line 3 of the original from column 8 of the script on.
  const map = new SourceMap(JSON.stringify({ version: 3, sources: ['a.ts'], names: [], mappings: 'AAAA,IAAI,IAEJ' }), 'file:///app/dist/a.js');
  expect(map.sources).toEqual(['/app/dist/a.ts']);
  expect(map.stretches(0, 1)).toEqual([{ line: 0, fromColumn: 0, toColumn: 8 }]);
  expect(map.stretches(0, 3)).toEqual([{ line: 0, fromColumn: 8, toColumn: Number.MAX_SAFE_INTEGER }]);
  expect(map.original(1, 9)).toEqual({ source: 0, line: 3 });
});

it('a file with types is what runs without them, as long as nobody changed it', () => {
  expect(isStripped('let a: number = 1;\n', 'let a         = 1;\n')).toBe(true);
  expect(isStripped('let a: number = 1;\n', 'let a         = 1;\n\n\n//# sourceURL=file:///shop/a.ts')).toBe(true);
  expect(isStripped('let a: number = 2;\n', 'let a         = 1;\n')).toBe(false);
  expect(isStripped('let a: number = 1;\n\n', 'let a         = 1;\n')).toBe(false);
});
