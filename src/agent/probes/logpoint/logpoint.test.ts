// Logpoints in real Node processes that know nothing of them; of the Node that runs the tests, and of the machine's own where that is another.
import { describe, expect, it, vi } from 'vitest';
import { nodePrograms } from '../../actions/testing/targets.ts';
import { logpointsHere } from './testing/here.ts';
import { asked, game, globals, ports, running, wait, written } from './testing/programs.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(nodePrograms)('a logpoint in %s', (program) => {
  it('tells the values of an unmodified program, and leaves nothing', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const before = await asked<string[]>(here, target, globals);
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 5 }, expressions: [{ expression: 'user.name', name: 'who' }, { expression: 'moves' }, { expression: 'left * 2' }], condition: 'moves % 2 === 1' });
    if (!inserted.ok) throw new Error(inserted.error.message);
    expect([inserted.value.means, inserted.value.code, inserted.value.resolved]).toEqual(['V8 breakpoint', { file: target.path, line: 5, function: 'move' }, expect.stringMatching(/game\.cjs:5:\d+$/)]);
    expect(inserted.value.expectedCostMs).toBeGreaterThan(0);
    await expect.poll(() => seen.hits.length).toBeGreaterThan(9);
    expect(seen.hits.slice(0, 3).map(({ values }) => values)).toEqual(expect.arrayContaining([{ who: 'Ada', moves: 3, 'left * 2': 4 }]));
    expect(seen.hits.every(({ values }) => Number(values['moves']) % 2 === 1)).toBe(true);
    expect(Math.abs(Number((seen.hits[0]?.unixNano ?? 0n) / 1_000_000n) - Date.now())).toBeLessThan(60_000);
    expect(seen.costMs).toBeGreaterThan(0);
    expect(await inserted.value.remove()).toBe(true);
    const count = seen.hits.length;
    expect([await ports(target.child.pid), await asked<string[]>(here, target, globals)]).toEqual([[], before]);
    expect(seen.hits.length).toBe(count);
    expect(await ports(target.child.pid)).toEqual([]);
  });

  it('never stops the program, not at `debugger;` either', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const { inserted, seen } = await here.insert(target.process, { at: { file: 'game.cjs', line: 3 }, expressions: [{ expression: 'user' }] });
    await expect.poll(() => seen.hits.length).toBeGreaterThan(10);
    await asked(here, target, 'told.reset()');
    const from = await asked<number>(here, target, 'told.moves()');
    await wait(1000);
    expect(await asked<number>(here, target, 'told.moves()') - from).toBeGreaterThan(30);
    // A pause would last until somebody resumes it; what is left is the work of ten hits at once.
    expect(await asked<number>(here, target, 'told.slowest()')).toBeLessThan(1000);
    expect(seen.end).toBeNull();
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });

  it('runs no getter, no trap and no conversion of the program', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const texts = ['user', 'user.secret', 'user.traps.x', 'user.traps', '`${user}`', 'user + 1', 'JSON.stringify(user)', '"x" in user.traps', 'user instanceof user.traps', 'user == 1', 'user.toString()', 'String(user)', 'user.traps?.y', '({ a: user.traps })'];
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 5 }, expressions: texts.map((expression) => ({ expression })) });
    await expect.poll(() => seen.hits.length).toBeGreaterThan(0);
    expect(await asked<number>(here, target, 'told.traps()')).toBe(0);
    expect(seen.hits[0]?.values).toMatchObject({ user: { '[class]': 'User', name: 'Ada', traps: '[Proxy]' }, 'user.secret': '[getter]', 'user.traps.x': '[a Proxy]', 'JSON.stringify(user)': '{"[class]":"User","name":"Ada","traps":"[Proxy]"}', 'user.toString()': expect.stringContaining('not a pure built-in') });
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });

  it('captures within bounds: four times what is shown, for secrets are looked for in what is whole', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 5 }, expressions: [{ expression: 'big' }], bounds: { depth: 2, entries: 5, characters: 32, bytes: 400 } });
    expect(inserted.ok ? null : inserted.error).toBeNull();
    // On a busy machine a hit may take so long that its objects stay closed.
    const opened = () => seen.hits.find(({ values }) => typeof values['big'] === 'object');
    await expect.poll(opened).toBeDefined();
    expect(opened()).toMatchObject({ bytesCut: true, values: { big: { deep: { deeper: '[Object]' }, list: [0, 1, 2, 3, 4], text: `${'x'.repeat(2048)}…` } } });
    expect(Buffer.byteLength(JSON.stringify(opened()?.values))).toBeLessThan(8192);
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
  });

  it('counts, measures, times from line to line, and takes a snapshot of locals and stack; all by one session', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const at = { file: 'game.cjs', line: 5 };
    const all = await Promise.all([
      here.insert(target.process, { at, does: 'count' }, 'count'), here.insert(target.process, { at, does: 'metric', expressions: [{ expression: 'moves' }, { expression: 'user.name' }] }, 'metric'),
      here.insert(target.process, { at: { file: 'game.cjs', line: 3 }, until: at, does: 'timer', key: 'moves' }, 'timer'), here.insert(target.process, { at, does: 'snapshot' }, 'snapshot'),
    ]);
    const [count, metric, timer, snapshot] = all.map(({ seen }) => seen);
    expect(all.map(({ inserted }) => inserted.ok)).toEqual([true, true, true, true]);
    await expect.poll(() => all.every(({ seen }) => seen.hits.length > 5)).toBe(true);
    expect(count?.hits[0]).toMatchObject({ measure: 1, values: {} });
    await expect.poll(() => metric?.hits.map(({ measure }) => measure)).toContain(7);
    expect(metric?.hits[0]?.values).toEqual({ 'user.name': 'Ada' });
    for (const { measure } of timer!.hits) expect(measure).toBeGreaterThanOrEqual(0);
    expect(snapshot?.hits[0]?.values).toMatchObject({ user: { name: 'Ada' }, moves: expect.any(Number), left: expect.any(Number), big: { list: expect.any(Array) } });
    expect(snapshot?.hits[0]?.stack?.slice(0, 2)).toEqual([`move (${target.path}:5)`, `play (${target.path}:9)`]);
    for (const { inserted } of all) expect(inserted.ok && await inserted.value.remove()).toBe(true);
    expect(await ports(target.child.pid)).toEqual([]);
  });

  it('a name that V8 did not keep is not available here, and the others are told; one that is declared later is refused', async () => {
    const text = 'function maker(unkept) {\n  return (n) => {\n    const early = n + 1;\n    const late = early * 2;\n    return late;\n  };\n}\nconst work = maker(7); let i = 0; setInterval(() => work(i++), 20); console.log("ready");\n';
    const [here, target] = [await logpointsHere(), await running(program, written('later.cjs', text))];
    const at = { file: 'later.cjs', line: 4 };
    const { seen, inserted } = await here.insert(target.process, { at, expressions: [{ expression: 'early' }, { expression: 'unkept' }] });
    await expect.poll(() => seen.hits.length).toBeGreaterThan(1);
    expect(seen.hits[0]?.values).toEqual({ early: expect.any(Number), unkept: '[not available here]' });
    expect(inserted.ok && await inserted.value.remove()).toBe(true);
    expect((await here.preview(target.process, { at, expressions: [{ expression: 'late > 1' }] })).problems).toMatchObject([{ code: 'probe.declared-later', message: expect.stringContaining('late is declared') }]);
    expect((await here.insert(target.process, { at: { ...at, line: 5 }, expressions: [{ expression: 'late' }] })).inserted).toMatchObject({ ok: true });
  });

  it('ends with words when its condition can never be read', async () => {
    const [here, target] = [await logpointsHere(), await game(program)];
    const { seen, inserted } = await here.insert(target.process, { at: { file: 'game.cjs', line: 5 }, condition: 'user.secret === 1' });
    await expect.poll(() => seen.end).toBe('fault');
    expect(seen.why).toMatchObject({ code: 'probe.not-readable', message: expect.stringMatching(/getter/) });
    expect([seen.hits, inserted.ok && await inserted.value.remove()]).toEqual([[], true]);
  });
});
