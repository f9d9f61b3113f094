// Programs that hold too much, have put their own functions in place of the built-in ones, or name files that are not theirs.
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../actions/testing/actions-here.ts';
import { nodePrograms } from '../../actions/testing/targets.ts';
import { Proc } from '../../processes/index.ts';
import { codeReader, ScriptBook } from './scripts/index.ts';
import { mayRead } from './scripts/process-rights.ts';
import { logpointsHere } from './testing/here.ts';
import { asked, running, written } from './testing/programs.ts';

vi.setConfig({ testTimeout: 120_000 });

async function hitsOf(program: string, text: string, line: number, expressions: readonly string[], more: Record<string, unknown> = {}) {
  const [here, target] = [await logpointsHere(), await running(program, written('program.cjs', text))];
  const { seen, inserted } = await here.insert(target.process, { at: { file: 'program.cjs', line }, expressions: expressions.map((expression) => ({ expression })), ...more });
  return { here, target, seen, inserted };
}

describe.each(nodePrograms)('in %s', (program) => {
  it('an object of very many keys is listed once, then no more; long bigints and bytes are not spelled', async () => {
    const text = `const dict = {}; for (let i = 0; i < 20000; i++) dict['k' + i] = i;
const rows = Array.from({ length: 50 }, () => dict), big = 3n ** 4000n, bytes = Buffer.from('hello');
function work(dict, rows, big, bytes) {
  return [dict, rows, big, bytes];
}
setInterval(work, 20, dict, rows, big, bytes); console.log('ready');`;
    const { seen, inserted } = await hitsOf(program, text, 4, ['dict', 'rows', 'String(big)', 'big * big', 'bytes', '[bytes]'], { bounds: { depth: 3 } });
    await expect.poll(() => seen.hits.length).toBeGreaterThan(2);
    const notOpened = '[Object, not opened: one here had 20000 keys]';
    expect(seen.hits[0]?.values['dict']).toMatchObject({ k0: 0, k1: 1 });
    const rows = Array.from({ length: 20 }, () => notOpened);
    await expect.poll(() => seen.hits.slice(1).map(({ values }) => values)).toContainEqual({ 'dict': notOpened, rows, 'String(big)': '[a bigint of more than 300 digits]', 'big * big': '[a bigint of more than 300 digits]', 'bytes': '[Buffer(5)]', '[bytes]': ['[Buffer(5)]'] });
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });

  // Node itself writes arrays when an inspector asks for the console's functions; that is left out.
  it('what a program has put in place of built-in functions is not run', async () => {
    const text = `const ran = { __proto__: null };
const own = (on, name) => { const was = on[name]; Object.defineProperty(on, name, { value(...given) { if (armed) ran[String(name)] = 1; return Reflect.apply(was, this, given); }, configurable: true, writable: true }); };
let armed = false; globalThis.told = () => { armed = false; return Object.keys(ran).join(); };
globalThis.arm = () => {
for (const name of ['map', 'filter', 'slice', 'includes', 'find', 'findIndex', 'splice', Symbol.iterator]) own(Array.prototype, name);
for (const name of ['has', 'get', 'set', 'delete', 'keys']) own(Map.prototype, name);
own(String.prototype, 'toUpperCase'); own(String.prototype, 'charCodeAt'); own(Symbol, 'for'); own(JSON, 'stringify');
Object.prototype.toJSON = function () { if (armed) ran.toJSON = 1; return 'x'; }; Array.prototype.toJSON = Object.prototype.toJSON;
Object.defineProperty(Array.prototype, '0', { set() { if (armed && !new Error('').stack.includes('installConsoleExtensions')) ran.setter = 1; }, get() { return undefined; }, configurable: true });
Object.defineProperty(Object.prototype, 'inherited', { get() { if (armed) ran.getter = 1; return 7; }, configurable: true });
armed = true; };
function work(text, items) {
  return items.length;
}
const items = JSON.parse('[1,2,3]'); setInterval(() => work('abc', items), 20); console.log('ready');`;
    const [here, target] = [await logpointsHere(), await running(program, written('program.cjs', text))];
    const at = { file: 'program.cjs', line: 13 };
    const list = ['text', 'items', 'items.map(i => i + 1)', 'text.toUpperCase()', 'inherited', 'Math.max(1, 2)'].map((expression) => ({ expression }));
    const look = await here.door.attach(target.process, AbortSignal.timeout(20_000));
    if (!look.ok) throw new Error(look.error.message);
    await look.value.session.evaluate('arm()');
    const { seen, inserted } = await here.insert(target.process, { at, expressions: list, does: 'snapshot' });
    expect(inserted.ok ? null : inserted.error).toBeNull();
    await expect.poll(() => seen.hits.length).toBeGreaterThan(5);
    expect(await look.value.session.evaluate<string>('told()')).toBe('');
    await look.value.close();
    expect(seen.hits.at(-1)?.values).toMatchObject({ 'text': 'abc', 'items': [1, 2, 3], 'inherited': '[getter]', 'Math.max(1, 2)': 2 });
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });

  it('is refused within `with`; reads private fields; asks before it reads a name of a script that is too long to parse', async () => {
    const text = `let ran = 0; const scope = { get user() { ran++; return 1; } };
function inWith(n) { with (scope) {
  n++;
} }
class Box { #held = 5; get #half() { ran++; return 1; } open(n) {
  return n + this.#held; } }
Object.defineProperty(globalThis, 'lazy', { get() { ran++; return 1; }, configurable: true }); globalThis.told = () => ran;
const box = new Box(); setInterval(() => { inWith(1); box.open(2); }, 20); console.log('ready');`;
    const { here, target, seen, inserted } = await hitsOf(program, text, 6, ['this.#held', 'n']);
    expect(inserted.ok ? null : inserted.error).toBeNull();
    await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
    expect(seen.hits[0]?.values).toEqual({ 'this.#held': 5, 'n': 2 });
    const from = await asked<number>(here, target, 'told()');
    expect((await here.insert(target.process, { at: { file: 'program.cjs', line: 3 }, expressions: [{ expression: 'user' }] }, 'k2')).inserted).toMatchObject({ ok: false, error: { code: 'probe.side-effect', message: expect.stringContaining('with') } });
    expect((await here.insert(target.process, { at: { file: 'program.cjs', line: 6 }, expressions: [{ expression: 'this.#half' }] }, 'k3')).inserted).toMatchObject({ ok: false, error: { code: 'probe.side-effect' } });
    expect(await asked<number>(here, target, 'told()')).toBe(from);
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
    const long = await hitsOf(program, `${text}\n/*${'x'.repeat(2.2e6)}*/`, 6, ['lazy', 'n']);
    await expect.poll(() => long.seen.hits.length).toBeGreaterThan(0);
    expect(long.seen.hits[0]?.values).toEqual({ lazy: '[getter]', n: 2 });
    expect(long.inserted.ok && await long.inserted.value.remove()).toBe(true);
  });

  it('a context whose globals are a Proxy is refused in words, and its traps have no effect', async () => {
    const inner = written('inner.js', 'function inner(n) {\n  return n + 1;\n}\nthis.inner = inner;');
    const text = `const vm = require('vm'); let traps = 0; globalThis.told = () => traps;
const names = ['get', 'has', 'set', 'getOwnPropertyDescriptor', 'defineProperty', 'deleteProperty', 'ownKeys'];
const counting = (name) => (...given) => { traps++; return Reflect[name](...given); };
const proxy = new Proxy({}, Object.fromEntries(names.map((name) => [name, counting(name)])));
const pure = new Proxy({}, { has: () => true, get: (on, name) => on[name] });
const contexts = [proxy, Object.create(proxy), pure].map((globals) => vm.createContext(globals));
const inners = contexts.map((context, at) => { vm.runInContext(require('fs').readFileSync(${JSON.stringify(inner)}, 'utf8'), context, { filename: '/app/inner' + at + '.js' }); return context.inner; });
traps = 0; setInterval(() => { for (const inner of inners) inner(1); }, 20); console.log('ready');`;
    const [here, target] = [await logpointsHere(), await running(program, written('program.cjs', text))];
    for (const at of [0, 1, 2]) {
      const spec = { at: { file: `inner${at}.js`, line: 2 }, expressions: [{ expression: 'n' }, { expression: 'globalThing' }] };
      expect((await here.preview(target.process, spec)).problems, String(at)).toMatchObject([{ code: 'probe.not-readable', message: expect.stringContaining('Proxy') }]);
      expect((await here.insert(target.process, spec)).inserted).toMatchObject({ ok: false, error: { code: 'probe.not-readable' } });
    }
    // Node itself asks for Error where V8 does not refuse by the stack alone: once a look.
    expect(await asked<number>(here, target, 'told()')).toBeLessThanOrEqual(4);
  });

  it('says why in its own words, which hold no value of the program', async () => {
    const text = "function work(token) {\n  return token.length;\n}\nsetInterval(work, 10, 'quite-a-' + 'secret'); console.log('ready');";
    const { seen, inserted } = await hitsOf(program, text, 2, ['1'], { condition: '(null)[token] === 1' });
    await expect.poll(() => seen.end).toBe('fault');
    expect(seen.why?.message).toContain('a property of null');
    expect(JSON.stringify(seen.why)).not.toContain('secret');
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });
});

it('a source map that names one source many times is read in a moment', async () => {
  const book = new ScriptBook({ call: async () => ({}) as never }, async () => null);
  const map = { version: 3, sources: Array.from({ length: 60_000 }, () => '/a.ts'), names: [], mappings: 'AAAA' };
  book.parsed({ scriptId: '1', url: 'file:///app/b.js', executionContextId: 1, sourceMapURL: `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}` });
  expect((await book.files(false)).map(({ path, in: places }) => [path, places.length])).toEqual([['/a.ts', 1], ['/app/b.js', 1]]);
});

it('keeps the scripts of the program when there are too many', () => {
  const book = new ScriptBook({ call: async () => ({}) as never }, async () => null);
  const parsed = (id: number, url: string): void => { book.parsed({ scriptId: String(id), url, executionContextId: 1 }); };
  parsed(0, 'file:///app/own.js');
  for (let id = 1; id <= 20_010; id++) parsed(id, id % 2 === 0 ? `node:internal/${id}` : `file:///app/node_modules/${id}.js`);
  expect([book.scripts()[0]?.url, book.scripts().length, book.dropped]).toEqual(['file:///app/own.js', 20_000, 11]);
});

it('keeps so much of URLs and of source maps that stand in the text, and counts what it left out', async () => {
  const book = new ScriptBook({ call: async () => ({}) as never }, async () => null);
  const parsed = (scriptId: string, url: string, sourceMapURL?: string): void => { book.parsed({ scriptId, url, executionContextId: 1, ...(sourceMapURL === undefined ? {} : { sourceMapURL }) }); };
  parsed('0', `data:text/javascript,${'x'.repeat(5000)}`);
  expect([book.scripts(), book.dropped]).toEqual([[], 1]);
  // The same text in each: the test needs little memory, the book counts it each time.
  const map = `data:application/json,${'y'.repeat(15 * 2 ** 20)}`;
  for (let id = 1; id <= 6; id++) parsed(String(id), `file:///app/${id}.js`, map);
  expect([book.scripts().map(({ mapUrl }) => mapUrl.length > 0), book.dropped]).toEqual([[true, true, true, true, false, false], 3]);
  const long = `file:///app/node_modules/${'z'.repeat(4000)}`;
  for (let id = 10; id < 10 + 4500; id++) parsed(String(id), `${long}${id}.js`);
  expect(book.scripts().reduce((sum, { url }) => sum + url.length, 0)).toBeLessThanOrEqual(16 * 2 ** 20);
  expect([book.scripts()[0]?.url, book.dropped > 100]).toEqual(['file:///app/1.js', true]);
});

describe('a file of a process', () => {
  it('is reached through links by hand, and only what is a plain file of code', async () => {
    const [folder, read] = [temporaryFolder(), codeReader(new Proc(), process.pid)];
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real/a.ts'), 'const a = 1;');
    symlinkSync('real', join(folder, 'link'));
    symlinkSync(join(folder, 'real'), join(folder, 'absolute'));
    symlinkSync('round', join(folder, 'round'));
    for (const name of ['real', 'link', 'absolute', 'real/../link']) expect(await read(join(folder, name).replace('real/../link', 'link') + '/a.ts', 100), name).toBe('const a = 1;');
    expect(await Promise.all([join(folder, 'round/a.ts'), join(folder, 'none/a.ts'), join(dirname(folder), 'x'), join(folder, 'real/a.ts/b.ts')].map((path) => read(path, 100)))).toEqual([null, null, null, null]);
    expect(await read(join(folder, 'real/a.ts'), 3)).toBeNull();
  });

  it('is read with the rights of the process, not of Weir', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    for (const name of ['open.ts', 'closed/a.ts']) writeFileSync(join(folder, name), 'x', { mode: 0o644 });
    writeFileSync(join(folder, 'mine.ts'), 'x', { mode: 0o600 });
    const stranger = Object.assign(new Proc(), { status: async () => new Map([['Uid', '65534\t65534\t65534\t65534'], ['Gid', '65534\t65534\t65534\t65534'], ['Groups', '']]) });
    const read = codeReader(stranger, process.pid);
    expect(await Promise.all(['open.ts', 'closed/a.ts', 'mine.ts'].map((name) => read(join(folder, name), 100)))).toEqual(['x', null, null]);
    expect([mayRead({ uid: 1, gid: 2, mode: 0o040 }, { user: 5, groups: new Set([2]) }), mayRead({ uid: 5, gid: 2, mode: 0o044 }, { user: 5, groups: new Set([2]) })]).toEqual([true, false]);
  });
});
