// Where people point: TypeScript by source maps, ES modules, scripts of `vm`; and the words when nothing is there.
import { describe, expect, it, vi } from 'vitest';
import { nodePrograms } from '../../actions/testing/targets.ts';
import { logpointsHere } from './testing/here.ts';
import { hanoiText } from './testing/texts.ts';
import { compiledHanoi, game, ports, running, versionOf, written } from './testing/programs.ts';

vi.setConfig({ testTimeout: 120_000 });
const lineOf = (text: string, part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe.each(nodePrograms)('in %s', (program) => {
  it.each([['inline', ['--inlineSourceMap', '--inlineSources']], ['a file beside it', ['--sourceMap']]])('a line of TypeScript is found by the source map: %s', async (_, options) => {
    const [here, target] = [await logpointsHere(), await running(program, compiledHanoi(options))];
    const { files } = await here.scripts(target.process);
    expect(files.find(({ path }) => path.endsWith('src/hanoi.ts'))).toMatchObject({ generated: target.path, kind: 'own' });
    expect(files.some(({ path }) => path === target.path)).toBe(false);
    const line = lineOf(hanoiText, 'return moves + 1');
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'src/hanoi.ts', line }, expressions: [{ expression: 'moves' }, { expression: 'towers[0][0].size' }], does: 'snapshot' });
    if (!inserted.ok) throw new Error(inserted.error.message);
    expect(inserted.value.resolved).toMatch(/dist\/hanoi\.js:\d+:\d+ \(from .*src\/hanoi\.ts:9\)$/);
    expect(inserted.value.code).toMatchObject({ file: expect.stringMatching(/src\/hanoi\.ts$/), line, function: 'solve' });
    await expect.poll(() => seen.hits.length).toBeGreaterThan(2);
    expect(seen.hits.map(({ values }) => values)).toContainEqual({ 'moves': 2, 'towers[0][0].size': 1, 'disks': 2, 'towers': [['[Object]']] });
    expect(seen.hits[0]?.stack?.[0]).toMatch(/^solve \(.*src\/hanoi\.ts:9\)$/);
    const source = await here.source(target.process, 'src/hanoi.ts');
    expect([source.text, source.lines.includes(line), source.lines.includes(1), source.problem]).toEqual([hanoiText, true, false, null]);
    expect(await inserted.value.remove()).toBe(true);
  });

  it('an ES module has its imports and its own names', async () => {
    const text = 'import { pid } from "node:process";\nconst area = (r) => r * r;\nlet n = 0;\nsetInterval(() => area(n++), 50);\nconsole.log("ready");\n';
    const [here, target] = [await logpointsHere(), await running(program, written('area.mjs', text))];
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'area.mjs', line: 2 }, expressions: [{ expression: 'r' }, { expression: 'pid' }, { expression: 'n > 0' }, { expression: 'process.title.length' }] });
    await expect.poll(() => seen.hits.length).toBeGreaterThan(1);
    expect(seen.hits[1]?.values).toMatchObject({ 'r': expect.any(Number), 'n > 0': true });
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });

  it('a script of vm, in a context of its own', async () => {
    const text = `const vm = require('vm');\nconst run = vm.runInNewContext('let n = 0;\\nglobalThis.tick = () => {\\n  n++;\\n  return [n];\\n}; tick', {}, { filename: '/virtual/tick.js' });\nsetInterval(run, 50);\nconsole.log('ready');\n`;
    const [here, target] = [await logpointsHere(), await running(program, written('vm.cjs', text))];
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'virtual/tick.js', line: 4 }, expressions: [{ expression: 'n' }, { expression: '[n].map(i => i + 1)' }] });
    expect(inserted.ok ? null : inserted.error).toBeNull();
    await expect.poll(() => seen.hits.length).toBeGreaterThan(1);
    expect(seen.hits[0]?.values['[n].map(i => i + 1)']).toEqual([Number(seen.hits[0]?.values['n']) + 1]);
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });

  it('says what is near when there is nothing', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const problem = async (file: string, line: number, expression = '1') => { const { inserted } = await here.insert(target.process, { at: { file, line }, expressions: [{ expression }] }); return inserted.ok ? null : inserted.error; };
    expect(await problem('gme.cjs', 1)).toMatchObject({ code: 'probe.file-not-found', message: expect.stringContaining('game.cjs') });
    expect(await problem('game.cjs', 99)).toMatchObject({ code: 'probe.no-place' });
    expect(await problem('node:fs', 1)).toMatchObject({ code: 'probe.runtime-code' });
    expect(await problem('game.cjs', 5, 'mooves')).toMatchObject({ code: 'probe.unknown-name', help: expect.stringContaining('user, moves') });
    expect(await problem('game.cjs', 5, 'user.name = 1')).toMatchObject({ code: 'probe.side-effect' });
    expect(await ports(target.child.pid)).toEqual([]);
  });

  it('a preview says where, what, and at what cost; and leaves nothing', async () => {
    const text = `const { Worker, isMainThread } = require('worker_threads');\nfunction tick(n) {\n  return n + 1;\n}\nif (isMainThread) new Worker(__filename).on('online', () => console.log('ready'));\nsetInterval(tick, 50, 1);\n`;
    const [here, target] = [await logpointsHere(), await running(program, written('threads.cjs', text))];
    const preview = await here.preview(target.process, { at: { file: 'threads.cjs', line: 3 }, condition: 'n > 0', expressions: [{ expression: 'n', name: 'count' }] });
    expect(preview).toMatchObject({ resolved: `${target.path}:3:3`, reads: ['when n > 0', 'count = n', expect.stringContaining('OpenTelemetry')], problems: [] });
    expect(preview.costUs).toBeGreaterThan(1);
    expect(preview.risk.reasons.join()).toContain('1 worker thread:');
    expect(await here.preview(target.process, { at: { file: 'threads.cjs', line: 3 }, expressions: [{ expression: 'n++' }] })).toMatchObject({ problems: [{ code: 'probe.side-effect' }], resolved: null });
    expect(await ports(target.child.pid)).toEqual([]);
  });
});

const stripping = nodePrograms.filter((program) => versionOf(program) >= 24);
it.skipIf(stripping.length === 0)('TypeScript that Node runs itself', async () => {
  const [here, target] = [await logpointsHere(), await running(stripping[0]!, written('hanoi.ts', hanoiText))];
  const { seen, inserted } = await here.insert(target.process, { at: { file: 'hanoi.ts', line: 9 }, expressions: [{ expression: 'moves' }] });
  await expect.poll(() => seen.hits.length).toBeGreaterThan(2);
  expect(inserted.ok && [inserted.value.code?.function, await inserted.value.remove()]).toEqual(['solve', true]);
});

it('reads the active span of OpenTelemetry', async () => {
  const api = import.meta.resolve('@opentelemetry/api');
  const text = `import { createRequire } from 'node:module';\nconst { context, trace } = createRequire(${JSON.stringify(api)})('@opentelemetry/api');\nlet active;\ncontext.setGlobalContextManager({ active: () => active, with: (_, f) => f(), bind: (_, f) => f, enable() { return this; }, disable() { return this; } });\nconst { ROOT_CONTEXT } = createRequire(${JSON.stringify(api)})('@opentelemetry/api');\nactive = trace.setSpanContext(ROOT_CONTEXT, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 });\nfunction tick(n) {\n  return n;\n}\nsetInterval(tick, 50, 1);\nconsole.log('ready');\n`;
  const [here, target] = [await logpointsHere(), await running(process.execPath, written('traced.mjs', text))];
  const { seen, inserted } = await here.insert(target.process, { at: { file: 'traced.mjs', line: 8 } });
  await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
  expect(seen.hits[0]?.trace).toEqual({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
  expect(inserted.ok && await inserted.value.remove()).toBe(true);
});

it('leaves an inspector open that was open before', async () => {
  const { startTarget } = await import('../../actions/testing/targets.ts');
  const { agentProcess } = await import('./testing/here.ts');
  const child = await startTarget(process.execPath, ['--inspect=127.0.0.1:0', written('open.cjs', 'function tick(n) {\n  return n;\n}\nsetInterval(tick, 20, 1);\nconsole.log("ready");\n')]);
  const [here, before] = [await logpointsHere(), await ports(child.pid)];
  const { seen, inserted } = await here.insert(await agentProcess(child.pid), { at: { file: 'open.cjs', line: 2 } });
  await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
  expect(inserted.ok && await inserted.value.remove()).toBe(true);
  expect([before?.length, await ports(child.pid)]).toEqual([1, before]);
});
